"""PyGithub as it should be: lazy, patient with reads, never repeating a write without looking."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import github
from github import Github, GithubException
from github.Requester import Requester
from requests.exceptions import RequestException, RetryError, SSLError
from urllib3.response import BaseHTTPResponse

from covgate.shell.forge.forge import LONGEST_WAIT_SECONDS
from covgate.shell.forge.words import is_limit

WRITES = 3
REDIRECTS = (302, 307, 308)
MOST_REDIRECTS = 3
FIRST_REFUSAL = 400
FIRST_SERVER_ERROR = 500


def connected(
    api_url: str, token: str, timeout_seconds: int, wait: Callable[[float], None], authorities: str = ""
) -> Github:
    """A connection with whole pages, whose reads are repeated a little and whose writes never are.

    Shape:  `wait` waits that many seconds, or raises to end everything; `authorities` is the path of the certificates
            to trust, "" for those that come with requests.
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
        verify=authorities or True,
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


def asked(requester: Requester, verb: str, url: str, body: Any = None) -> tuple[Mapping[str, Any], Any]:
    """One request: the answer's headers, and its JSON.

    Shape:  a repository that was renamed answers with a redirect, which is followed with the same verb and within the
            same server only; PyGithub follows those of status 301 itself.
    Errors: GithubException for a refusal; ValueError for what is no JSON; those of requests.
    """
    for _ in range(MOST_REDIRECTS):
        status, headers, text = requester.requestJson(verb, url, input=body)
        if status in REDIRECTS and "location" in headers:
            url = _within(requester, str(headers["location"]))
            continue
        if status < FIRST_REFUSAL:
            return headers, json.loads(text)
        raise requester.createException(status, headers, _readable(text))
    raise RuntimeError("redirected too often")


def _within(requester: Requester, location: str) -> str:
    """A redirect's target.

    Errors: RuntimeError where it leads to another server: the token is not taken there.
    """
    here, there = urlsplit(requester.base_url), urlsplit(location)
    if there.netloc and (there.scheme, there.netloc) != (here.scheme, here.netloc):
        raise RuntimeError("redirected to another server")
    return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()


def _readable(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def patience(error: Exception, attempt: int) -> float:
    """Seconds until it may be worth to look again.

    Errors: raises the error itself where it is not: a refusal, or the end of reads that were repeated already.
    """
    odd = (GithubException, RequestException, ValueError, TypeError, LookupError, AssertionError, AttributeError)
    lasting = (RetryError, SSLError)
    if attempt == WRITES or isinstance(error, lasting) or not isinstance(error, odd):
        raise error
    if isinstance(error, GithubException) and is_limit(error):
        return _asked_seconds(error)
    if isinstance(error, GithubException) and error.status < FIRST_SERVER_ERROR:
        raise error
    return float(2**attempt)


def _asked_seconds(error: GithubException) -> float:
    """GitHub's documentation asks for a minute where the answer does not say."""
    told = (error.headers or {}).get("retry-after", "")
    return float(told) if told.isdecimal() else 60.0
