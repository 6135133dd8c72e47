"""The comment through PyGithub: found on all pages, edited in place, never made twice.

Imported by `github_forge` only, and only when there is something to post.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import github
from github import Github, GithubException, RateLimitExceededException
from github.Issue import Issue
from github.IssueComment import IssueComment
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import RequestException, RetryError, SSLError, Timeout
from requests.utils import parse_header_links
from urllib3.response import BaseHTTPResponse

from covgate.model.place import Place
from covgate.ports import Posted
from covgate.shell.github_forge import LONGEST_WAIT_SECONDS, Deadline, TooLateError

ACTIONS_BOT = "github-actions[bot]"
PERSONAL_TOKENS = ("ghp_", "github_pat_", "gho_")
WRITES = 3
TOO_MANY = 429
FIRST_SERVER_ERROR = 500
PERMISSION = "`permissions: pull-requests: write`"
FORK = "A fork's pull request has a token that only reads: a second workflow posts its comment, with `mode: publish`."
UNCLEAR = "the comment may be missing or old"

DONE = {"created": "comment created", "edited": "comment edited", "unchanged": "comment unchanged, nothing was sent"}

_State = Literal["created", "edited", "unchanged"]


class UnknownAuthorError(Exception):
    """Our comment cannot be told from a stranger's."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as GitHub tells it; `url` is the page's, `api_url` the one to edit it by."""

    id: int
    author: str
    body: str
    url: str
    api_url: str


@dataclass(frozen=True, slots=True)
class Comments:
    """The conversation of the place's pull request."""

    github: Github
    place: Place
    token: str
    author: str
    deadline: Deadline

    def upsert(self, body: str, marker: str, *, create: bool) -> Posted:
        """Makes our comment say `body`.

        Errors: none; a refusal is told in its words.
        """
        try:
            author = self.author or login(self.github, self.token)
            return self._upsert(body, marker, author, create)
        except Exception as error:  # noqa: BLE001  # a verdict outlives whatever PyGithub raises on odd answers
            return Posted("refused", words(error, self.place))

    def _upsert(self, body: str, marker: str, author: str, create: bool) -> Posted:
        """Looks, writes, and looks again when the answer to a write was lost: it may have been done all the same.

        PyGithub's own retry would send a POST again without looking, which ends in two comments.
        """
        sent: _State = "unchanged"
        for attempt in range(WRITES + 1):
            try:
                own = self._own(marker, author)
                if own and same(own[0].body, body):
                    return _posted(sent, own[0], own[1:])
                if not (own or create):
                    return Posted("skipped", "there is no comment to bring up to date, and this result asks for none")
                if attempt < WRITES:
                    self.deadline.check()
                    sent = "edited" if own else "created"
                    return self._edit(own, body) if own else self._create(body, author)
            except Exception as error:  # noqa: BLE001  # `patience` raises what is final
                self.deadline.wait(patience(error, attempt))
        return Posted("refused", f"GitHub took the comment {WRITES} times and does not show it: {UNCLEAR}")

    def _edit(self, own: list[Comment], body: str) -> Posted:
        comment = IssueComment(self.github.requester, {}, {"url": own[0].api_url}, completed=True)
        comment.edit(body)
        if not comment.body:
            raise TypeError("an edited comment is no comment")
        return _posted("edited", own[0], own[1:])

    def _create(self, body: str, author: str) -> Posted:
        new = _comment(self._issue().create_comment(body).raw_data)
        posted = _posted("created", new, [])
        if new.author.casefold() == author.casefold():
            return posted
        advice = line(f"it was written as {new.author}: set `publish.author` to that, else the next run adds another")
        return Posted("created", f"{posted.words}; {advice}", posted.comment_id, posted.url)

    def _own(self, marker: str, author: str) -> list[Comment]:
        """Our comments of this key, the oldest first: the marker stands first in them, and we wrote them.

        A marker alone proves nothing: anybody can write one.
        """
        marked = [comment for comment in self._all() if plain(comment.body).startswith(marker)]
        if marked and not author:
            raise UnknownAuthorError
        return [comment for comment in marked if comment.author.casefold() == author.casefold()]

    def _all(self) -> Iterator[Comment]:
        """All pages. PyGithub's own list takes an answer without content for a list without comments."""
        requester = self.github.requester
        url = f"{self._issue().url}/comments?per_page={requester.per_page}"
        while url:
            headers, rows = requester.requestJsonAndCheck("GET", url)
            if not isinstance(rows, list):
                raise TypeError("a list of comments is no list")
            yield from (_comment(row) for row in rows)
            links = {link.get("rel"): link["url"] for link in parse_header_links(str(headers.get("link", "")))}
            url = links.get("next", "") if rows else ""

    def _issue(self) -> Issue:
        """The pull request as PyGithub's lazy issue: no request is made for it."""
        assert self.place.pull_request is not None
        return self.github.get_repo(self.place.repository).get_issue(self.place.pull_request.number)


def _comment(row: Any) -> Comment:
    """A comment of a deleted account has no user."""
    author = (row["user"] or {}).get("login", "")
    return Comment(int(row["id"]), str(author), str(row["body"] or ""), str(row["html_url"]), str(row["url"]))


def _posted(state: _State, comment: Comment, others: list[Comment]) -> Posted:
    url = line(comment.url)
    more = f"; {len(others)} more of covgate's comments stand below it and are left as they are" if others else ""
    return Posted(state, f"{DONE[state]}: {url}{more}", comment.id, url)


def plain(body: str) -> str:
    """A body without what GitHub may change in it: the ends of lines, and blanks around the text."""
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def same(there: str, wanted: str) -> bool:
    """Whether a comment says already what it should."""
    return plain(there) == plain(wanted)


def login(connection: Github, token: str) -> str:
    """Whom the token writes as; "" where a person's token may not ask. A workflow's token never may."""
    if not token.startswith(PERSONAL_TOKENS):
        return ACTIONS_BOT
    try:
        return connection.get_user().login
    except GithubException as error:
        if error.status in (403, 404):
            return ""
        raise


def connected(api_url: str, token: str, timeout_seconds: int, wait: Callable[[float], None]) -> Github:
    """PyGithub as it should be: lazy, whole pages, reads repeated a little and writes never.

    Shape:  `wait` waits that many seconds, or raises to end everything.
    """

    class Retry(github.GithubRetry):
        def sleep(self, response: BaseHTTPResponse | None = None) -> None:
            asked = self.get_retry_after(response) if response is not None else None
            wait(self.get_backoff_time() if asked is None else asked)

    _silence()
    return Github(
        auth=github.Auth.Token(token),
        base_url=api_url or "https://api.github.com",
        lazy=True,
        per_page=100,
        timeout=timeout_seconds,
        user_agent="covgate",
        seconds_between_requests=None,
        seconds_between_writes=None,
        retry=Retry(
            total=3,
            backoff_factor=1,
            backoff_max=8,
            allowed_methods={"GET", "HEAD"},
            max_rate_limit_wait=LONGEST_WAIT_SECONDS,
        ),
    )


def _silence() -> None:
    """PyGithub logs to stderr as soon as it is imported, urllib3 warns of each retry: the words say it all."""
    for name in ("github", "urllib3"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False


def patience(error: Exception, attempt: int) -> float:
    """Seconds until it may be worth to look again.

    Errors: raises the error itself where it is not: a refusal, or the end of reads that were repeated already.
    """
    odd = (GithubException, RequestException, ValueError, TypeError, LookupError, AssertionError, AttributeError)
    if attempt == WRITES or isinstance(error, RetryError) or not isinstance(error, odd):
        raise error
    if isinstance(error, GithubException) and _is_limit(error):
        return _asked_seconds(error)
    if isinstance(error, GithubException) and error.status < FIRST_SERVER_ERROR:
        raise error
    return float(2**attempt)


def _is_limit(error: GithubException) -> bool:
    limited = error.status == TOO_MANY or "retry-after" in (error.headers or {})
    return limited or isinstance(error, RateLimitExceededException)


def _asked_seconds(error: GithubException) -> float:
    """GitHub's documentation asks for a minute where the answer does not say."""
    asked = (error.headers or {}).get("retry-after", "")
    return float(asked) if asked.isdecimal() else 60.0


def words(error: Exception, place: Place) -> str:
    """What went wrong and what would help, in one line that holds nothing of the token."""
    if isinstance(error, TooLateError):
        return str(error)
    if isinstance(error, UnknownAuthorError):
        return "it cannot be told whose token this is, nor covgate's comment from a stranger's: set `publish.author`"
    if isinstance(error, GithubException):
        return _refusal(error, place)
    host = line(place.api_url or "GitHub")
    for kind, told in NETWORK_WORDS.items():
        if isinstance(error, kind):
            return f"{host} {told}"
    return f"{host} gave an answer that makes no sense ({type(error).__name__}): {UNCLEAR}"


NETWORK_WORDS: dict[type[Exception], str] = {  # the narrower ones first
    SSLError: "has a certificate that is not trusted here: the comment was not written",
    Timeout: f"did not answer in time: {UNCLEAR}",
    RetryError: f"kept answering with errors: {UNCLEAR}",
    NoConnectionError: f"could not be reached, or closed the connection: {UNCLEAR}",
}


def _refusal(error: GithubException, place: Place) -> str:
    """The words for a status, with GitHub's own message."""
    message = line(str(error.data.get("message", ""))) if isinstance(error.data, dict) else ""
    said = f"GitHub answered {error.status}" + (f" (“{message}”)" if message else "")
    if _is_limit(error):
        return f"{said}: it limits requests, run the job again later"
    if "locked" in message.casefold():
        return f"{said}: the conversation is locked"
    return said + _advice(place).get(error.status, f": {UNCLEAR}")


def _advice(place: Place) -> dict[int, str]:
    number = place.pull_request.number if place.pull_request else 0
    fork = f". {FORK}" if place.pull_request and place.pull_request.fork else ""
    return {
        401: ": the token is wrong or has expired",
        403: f": the job needs {PERMISSION}{fork}",
        404: f": there is no pull request {number} in {line(place.repository)}, or the job needs {PERMISSION}{fork}",
        410: ": the conversation was removed",
        422: ": it does not take this text",
    }


def line(text: str) -> str:
    """A short line in which a log finds no command, whatever a server answered."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.replace("##[", "# # [").split())[:200]
