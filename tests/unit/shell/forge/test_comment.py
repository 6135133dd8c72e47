"""Words for what GitHub answers, and what counts as the same text."""

import json

import pytest
from github import GithubException, RateLimitExceededException
from hypothesis import given
from hypothesis import strategies as st
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import ConnectTimeout, InvalidURL, ProxyError, ReadTimeout, RetryError, SSLError

from covgate.model.place import Place, PullRequest
from covgate.shell.forge.comment import same
from covgate.shell.forge.connection import WRITES, patience
from covgate.shell.forge.words import line, words

HERE = Place(
    "github", repository="shop/cart", api_url="https://ghe/api/v3", pull_request=PullRequest(7, "a" * 40, "b" * 40)
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SSLError(), "certificate"),
        (ConnectTimeout(), "in time"),
        (ReadTimeout(), "in time"),
        (RetryError(), "kept answering with errors"),
        (ProxyError(), "through the proxy"),
        (InvalidURL(), "is no address"),
        (RuntimeError("redirected to another server"), "redirects to another server"),
        (OSError("invalid path: /gone.pem"), "the file that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there"),
        (NoConnectionError(), "could not be reached"),
        (json.JSONDecodeError("x", "y", 0), "makes no sense (JSONDecodeError)"),
        (GithubException(500, None, None, None), "GitHub answered 500: the comment may be missing"),
        (GithubException(410, {"message": "Gone"}, None, None), "GitHub answered 410 (“Gone”): the conversation"),
        (RateLimitExceededException(403, None, None, None), "limits requests"),
    ],
)
def test_each_trouble_has_its_words(error: Exception, expected: str) -> None:
    assert expected in words(error, HERE)
    assert words(error, HERE).isprintable()


@pytest.mark.parametrize(
    "error", [NoConnectionError(), ReadTimeout(), TypeError(), AssertionError(), GithubException(503)]
)
def test_passing_trouble_is_waited_out_a_little_longer_each_time(error: Exception) -> None:
    assert [patience(error, attempt) for attempt in range(WRITES)] == [1.0, 2.0, 4.0]
    with pytest.raises(type(error)):
        patience(error, WRITES)


@pytest.mark.parametrize("error", [GithubException(403), GithubException(422), RetryError(), SSLError(), MemoryError()])
def test_lasting_trouble_is_not_waited_out(error: Exception) -> None:
    with pytest.raises(type(error)):
        patience(error, 0)


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 60.0), ("-1", 60.0)])
def test_a_limit_says_how_long(asked: str, seconds: float) -> None:
    assert patience(GithubException(429, None, {"retry-after": asked}), 0) == seconds


def test_the_same_text_is_the_same_however_lines_end() -> None:
    assert same("a\r\nb\r\n", "a\nb")
    assert not same("a\nb", "a b")


@given(st.text())
def test_a_line_is_printable_short_and_commands_nothing(text: str) -> None:
    shown = line(text)
    assert shown.isprintable()
    assert len(shown) <= 200
    assert "##[" not in shown
