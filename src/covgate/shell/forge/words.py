"""What went wrong on GitHub, and what would help, in one line for the log."""

from dataclasses import dataclass

from github import GithubException, RateLimitExceededException
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import InvalidURL, ProxyError, RetryError, SSLError, Timeout

from covgate.model.place import Place
from covgate.shell.forge.forge import TooLateError

TOO_MANY = 429
MOVED = "redirects to another server, or on and on: check GITHUB_API_URL"
FORK = "A fork's pull request has a token that only reads: a second workflow posts its comment, with `mode: publish`."


@dataclass(frozen=True, slots=True)
class Aim:
    """What is being posted, and the permission that it needs."""

    thing: str
    permission: str

    @property
    def unclear(self) -> str:
        """What is left to say where nobody knows how far GitHub got."""
        return f"{self.thing} may be missing or old"


COMMENT = Aim("the comment", "`permissions: pull-requests: write`")
CHECK = Aim("the check run", "`permissions: checks: write`")


class UnknownAuthorError(Exception):
    """Our comment cannot be told from a stranger's."""


def words(error: Exception, place: Place, aim: Aim = COMMENT) -> str:
    """What went wrong and what would help, in one line that holds nothing of the token."""
    if isinstance(error, TooLateError):
        return str(error)
    if isinstance(error, UnknownAuthorError):
        return "it cannot be told whose token this is, nor covgate's comment from a stranger's: set `publish.author`"
    if isinstance(error, GithubException):
        return _refusal(error, place, aim)
    host = line(place.api_url or "GitHub")
    for kind, told in NETWORK_WORDS.items():
        if isinstance(error, kind):
            return f"{host} {told.format(thing=aim.thing, unclear=aim.unclear)}"
    if type(error) is OSError:  # what requests raises where there is no such file
        return f"{host} could not be asked: the file that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there"
    return f"{host} gave an answer that makes no sense ({type(error).__name__}): {aim.unclear}"


NETWORK_WORDS: dict[type[Exception], str] = {  # the narrower ones first
    SSLError: "has a certificate that is not trusted here: {thing} was not written. Name its authority's file in "
    "SSL_CERT_FILE or REQUESTS_CA_BUNDLE",
    ProxyError: "could not be reached through the proxy: {thing} was not written",
    Timeout: "did not answer in time: {unclear}",
    RetryError: "kept answering with errors: {unclear}",
    NoConnectionError: "could not be reached, or closed the connection: {unclear}",
    InvalidURL: "is no address: {thing} was not written",
    RuntimeError: MOVED,  # what PyGithub raises, and nothing else does
}


def _refusal(error: GithubException, place: Place, aim: Aim) -> str:
    """The words for a status, with GitHub's own message."""
    message = line(str(error.data.get("message", ""))) if isinstance(error.data, dict) else ""
    said = f"GitHub answered {error.status}" + (f" (“{message}”)" if message else "")
    if is_limit(error):
        return f"{said}: it limits requests, run the job again later"
    if "locked" in message.casefold():
        return f"{said}: the conversation is locked"
    return said + _advice(place, aim).get(error.status, f": {aim.unclear}")


def _advice(place: Place, aim: Aim) -> dict[int, str]:
    number = place.pull_request.number if place.pull_request else 0
    fork = f". {FORK}" if place.pull_request and place.pull_request.fork else ""
    what = f"pull request {number} in {line(place.repository)}" if aim is COMMENT else f"{line(place.repository)} here"
    return {
        401: ": the token is wrong or has expired",
        403: f": the job needs {aim.permission}{fork}",
        404: f": there is no {what}, or the job needs {aim.permission}{fork}",
        407: f": the proxy wants to know who asks: {aim.thing} was not written",
        410: ": the conversation was removed",
        422: ": it does not take this text",
    }


def is_limit(error: GithubException) -> bool:
    """Whether it is about too many requests, of which there are several kinds."""
    limited = error.status == TOO_MANY or "retry-after" in (error.headers or {})
    return limited or isinstance(error, RateLimitExceededException)


def line(text: str) -> str:
    """A short line in which a log finds no command, whatever a server answered."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.replace("##[", "# # [").split())[:200]
