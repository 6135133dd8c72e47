"""Everything that can go wrong between covgate and GitHub, with what is left: the table of docs/github.md."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

from tests.scenario.publishing_scenes import (
    CERTIFICATE,
    Scene,
    by_a_stranger,
    deleted_meanwhile,
    elsewhere,
    from_a_fork,
    limited,
    locked,
    nowhere,
    on_page_2,
    scene,
    through_a_dead_proxy,
    to_another_server,
    trusting_nobody,
    under_a_long_talk,
    with_token,
)
from tests.scenario.publishing_scenes import failing as spoilt

Left = Literal["written", "old", "none"]


@dataclass(frozen=True)
class Case:
    """One row: what GitHub does, what is on the pull request afterwards, and what the log says of it."""

    does: str
    left: Left
    says: str
    prepare: Callable[[Scene], None]

    def __str__(self) -> str:
        return self.does.replace("`", "")


def edit(times: int = 1, *, after: bool = False) -> Callable[[Scene], None]:
    return spoilt("status", "PATCH", times, standing=True, status=500, after=after)


def refused(method: str, status: int) -> Callable[[Scene], None]:
    return spoilt("status", method, 0, status=status)


SECONDARY = "You have exceeded a secondary rate limit."
PRIMARY = "API rate limit exceeded for installation ID 1."
FAR, PAST = "4102444800", "1577836800"
NOT_SHOWN = "was sent 3 times, and GitHub does not show it"

MOVED = "redirects to another server, or on and on"
NO_JSON = "makes no sense (JSONDecodeError)"
LASTING, LATE, LATER = "kept answering with errors", "took longer than", "run the job again later"

CASES: tuple[Case, ...] = (
    Case("answers 502 to the list, once", "written", "created", spoilt("status", "GET")),
    Case("answers 503 to the list, always", "none", LASTING, refused("GET", 503)),
    Case("answers 502 to the second page, once", "written", "edited", on_page_2("status", 1)),
    Case("answers 502 to the second page, always", "old", LASTING, on_page_2("status", 0)),
    Case("answers 502 to a new comment, and has not written it", "written", "created", spoilt("status", "POST")),
    Case(
        "answers 502 to a new comment, and has written it", "written", "created", spoilt("status", "POST", after=True)
    ),
    Case("answers 502 to a new comment, always", "none", NOT_SHOWN, spoilt("status", "POST", 0)),
    Case("answers 500 to an edit, and has not made it", "written", "edited", edit()),
    Case("answers 500 to an edit, and has made it", "written", "edited", edit(after=True)),
    Case("answers 500 to an edit, always", "old", NOT_SHOWN, edit(0)),
    Case("hangs when asked for the list", "none", LATE, spoilt("hang", "GET", 0, hurry=True)),
    Case("hangs after it has written the comment", "written", LATE, spoilt("hang", "POST", 0, hurry=True, after=True)),
    Case("sends a byte now and then", "old", LATE, spoilt("drip", "GET", 0, standing=True, hurry=True)),
    Case("sends a proxy's HTML page for the list, once", "written", "created", spoilt("html", "GET")),
    Case("sends a proxy's HTML page for the list, always", "none", NO_JSON, spoilt("html", "GET", 0)),
    Case(
        "sends half of the JSON after it has written the comment",
        "written",
        "created",
        spoilt("truncated", "POST", after=True),
    ),
    Case(
        "sends an empty body after it has written the comment",
        "written",
        "created",
        spoilt("empty", "POST", after=True),
    ),
    Case("sends an empty body for the second page, always", "old", NO_JSON, on_page_2("empty", 0)),
    Case(
        "sends an object where a list belongs, always",
        "old",
        "makes no sense (TypeError)",
        spoilt("object", "GET", 0, standing=True),
    ),
    Case("closes the connection before it has written the comment", "written", "created", spoilt("closed", "POST")),
    Case(
        "closes the connection after it has written the comment",
        "written",
        "created",
        spoilt("closed", "POST", after=True),
    ),
    Case("closes the connection in the middle of the list", "written", "edited", spoilt("cut", "GET", standing=True)),
    Case("limits writes, and asks to wait 7 seconds", "written", "created", limited(SECONDARY, 1, Retry_After="7")),
    Case("limits writes, and asks to wait an hour", "none", LATER, limited(SECONDARY, Retry_After="3600")),
    Case("limits writes, and does not say for how long", "none", LATER, limited(SECONDARY)),
    Case("answers 429", "none", LATER, limited("Too many requests", status=429, method="GET")),
    Case("has no requests left this hour", "none", LATER, limited(PRIMARY, method="GET", X_RateLimit_Reset=FAR)),
    Case(
        "had none left until a time that is past here (clocks differ)",
        "written",
        "created",
        limited(PRIMARY, 1, method="GET", X_RateLimit_Reset=PAST),
    ),
    Case("answers 401: the token has expired", "none", "the token is wrong or has expired", with_token("ghs_expired")),
    Case(
        "answers 403: the token may only read", "none", "`permissions: pull-requests: write`", with_token("ghs_reader")
    ),
    Case("answers 403 to a fork's pull request", "none", "a second workflow posts its comment", from_a_fork),
    Case("answers 403: the conversation is locked", "none", "the conversation is locked", locked),
    Case("answers 404: there is no such pull request", "none", "there is no pull request 8", elsewhere),
    Case("answers 410: the conversation was removed", "none", "the conversation was removed", refused("GET", 410)),
    Case("answers 422 to the text", "none", "does not take this text", refused("POST", 422)),
    Case("answers 407: a proxy wants a password", "none", "the proxy wants to know who asks", refused("GET", 407)),
    Case("redirects with 301: the repository was renamed", "written", "created", spoilt("renamed", "GET", status=301)),
    Case(
        "redirects a write with 307: the repository was renamed",
        "written",
        "created",
        spoilt("renamed", "POST", status=307),
    ),
    Case(
        "redirects to another server, which gets no token",
        "none",
        MOVED,
        to_another_server,
    ),
    Case(
        "has a certificate that nobody here trusts", "none", "a certificate that is not trusted here", trusting_nobody
    ),
    Case("has a name that nobody knows", "none", "could not be reached", nowhere),
    Case("is behind a proxy that refuses", "none", "could not be reached through the proxy", through_a_dead_proxy),
    Case("shows a comment that is deleted before the edit", "written", "created", deleted_meanwhile),
    Case("shows over 1,000 comments", "written", "edited", under_a_long_talk),
    Case("shows a stranger's comment with covgate's marker", "written", "created", by_a_stranger),
    Case("redirects on and on", "old", MOVED, spoilt("renamed", "GET", 0, standing=True, status=307)),
    Case("sends fields of other types, always", "old", "makes no sense", spoilt("types", "GET", 0, standing=True)),
)
UNTRUSTED = "has a certificate that nobody here trusts"


def prepared(case: Case, stack: ExitStack) -> Scene:
    """The scene of a case."""
    here = scene(stack, CERTIFICATE if case.does == UNTRUSTED else None)
    case.prepare(here)
    for other in here.elsewhere:
        stack.callback(other.__exit__, None, None, None)
    return here


def table() -> Iterator[str]:
    """The rows of the documentation."""
    shown = {"written": "this run's", "old": "the earlier run's", "none": "none"}
    yield "| GitHub … | comment afterwards | the log says |"
    yield "|---|---|---|"
    for case in CASES:
        yield f"| {case.does} | {shown[case.left]} | … {case.says} … |"
