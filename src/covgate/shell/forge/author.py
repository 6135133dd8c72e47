"""Who writes with a token: needed to tell our comment from one that a stranger gave our marker.

A job's own token writes as `github-actions[bot]`, and cannot ask who it is by REST. A token of one's own GitHub App
looks the same and writes as the app. GraphQL tells both apart; it is asked only when somebody else's comment bears our
marker, so that the usual run makes no more requests than it did.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from github import GithubException
from github.Requester import Requester

from covgate.shell.forge.connection import FIRST_SERVER_ERROR, asked
from covgate.shell.forge.words import UnknownAuthorError, is_limit

ACTIONS_BOT = "github-actions[bot]"
GITEA_API = "/api/v1"
GITEA_BOTS = ("gitea-actions", "forgejo-actions")
PERSONAL_TOKENS = ("ghp_", "github_pat_", "gho_")
APP_TOKEN, BOT = "ghs_", "[bot]"
VIEWER = "query { viewer { login } }"


@dataclass(slots=True)
class Author:
    """The token's owner.

    Shape:  `given` is the login that the settings name; nobody is asked then.
    """

    requester: Requester
    token: str
    given: str = ""
    _login: str | None = None

    def own(self, logins: Iterable[str]) -> frozenset[str]:
        """Those of the logins that are the token's, in whatever case they are written.

        Errors: UnknownAuthorError where a person's token may not say whose it is; those of a request.
        """
        seen = {login.casefold(): login for login in logins}
        known = frozenset(seen[name] for name in map(str.casefold, self._known()) if name in seen)
        if known or not seen or self.given:
            return known
        if self._login is None:
            self._login = self._asked()
        if not self._login and self.token.startswith(PERSONAL_TOKENS):
            raise UnknownAuthorError
        own = seen.get(self._login.casefold())
        return frozenset((own,) if own else ())

    def _known(self) -> tuple[str, ...]:
        """Logins that need no asking. On GitHub anybody could be called gitea-actions, so it is none there."""
        if self.given:
            return (self.given,)
        if self.token.startswith(PERSONAL_TOKENS):
            return ()
        return GITEA_BOTS if self._is_gitea else (ACTIONS_BOT,)

    @property
    def _is_gitea(self) -> bool:
        """Gitea and Forgejo have no GraphQL, and tokens that do not tell whether they are a person's."""
        return self.requester.base_url.rstrip("/").endswith(GITEA_API)

    def _as_rest_tells_it(self, login: str) -> str:
        """An app's login ends with `[bot]` in a comment, whatever GraphQL says: without it, it could be a person's."""
        is_app = login and self.token.startswith(APP_TOKEN)
        return f"{login.removesuffix(BOT)}{BOT}" if is_app else login

    def _asked(self) -> str:
        """What the server says, "" where it refuses to. A server in trouble is none that refuses: it is asked again."""
        try:
            if self._is_gitea or self.token.startswith(PERSONAL_TOKENS):
                return str(asked(self.requester, "GET", "/user")[1]["login"])
            answer = asked(self.requester, "POST", self.requester.graphql_url, {"query": VIEWER})[1]
            login = str(((answer.get("data") or {}).get("viewer") or {}).get("login") or "")
            return self._as_rest_tells_it(login)
        except GithubException as error:
            if error.status >= FIRST_SERVER_ERROR or is_limit(error) or error.status == 401:  # noqa: PLR2004
                raise
            return ""
