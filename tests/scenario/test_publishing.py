"""The comment on a GitHub that remembers, answers oddly, or does not answer."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import Comment, Fault, Pull, Repository, State, Token, as_json

from covgate.model.place import Place, PullRequest
from covgate.ports import Posted
from covgate.shell.forge.forge import GitHubForge

BASE, HEAD = "a" * 40, "b" * 40
MARKER = "<!-- covgate:default -->"
BODY = f"{MARKER}\n### ✅ Everything that changed is tested\n\n| | measured |\n|---|---|\n"
BOT = "github-actions[bot]"
COMMENTS = "/repos/shop/cart/issues/7/comments"
TOKENS = {
    "ghs_writer": Token(BOT),
    "ghs_reader": Token(BOT, write=False),
    "ghs_app": Token("shop-gate[bot]"),
    "ghs_bare": Token("shop-gate[bot]", bare=True),
    "ghs_nameless": Token("shop-gate[bot]", viewer=False),
    "ghp_person": Token("maintainer", installation=False),
    "gho_mute": Token("maintainer", installation=True),
}


class Pauses:
    """Waits that take no time."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def github() -> Iterator[GitHub]:
    pull = Pull(7, BASE, HEAD, head_repository="shop/cart")
    with GitHub(State({"shop/cart": Repository("shop/cart", pulls={7: pull})}, dict(TOKENS))) as double:
        yield double


def forge(github: GitHub, token: str = "", *, author: str = "", deadline_seconds: float = 60.0) -> GitHubForge:
    place = Place("github", repository="shop/cart", api_url=github.url, pull_request=PullRequest(7, BASE, HEAD))
    return GitHubForge(place, token or "ghs_writer", author, deadline_seconds, pause=Pauses())


def post(github: GitHub, body: str = BODY) -> Posted:
    return forge(github).post_comment(body, MARKER)


def comments(github: GitHub) -> list[Comment]:
    return github.state.repositories["shop/cart"].comments


def own(github: GitHub) -> list[str]:
    """Bodies of covgate's comments, as they were sent."""
    mine = (comment for comment in comments(github) if comment.login == BOT and comment.body.startswith(MARKER))
    return [comment.body.replace("\r\n", "\n") for comment in mine]


def test_three_runs_create_then_edit_then_send_nothing(github: GitHub) -> None:
    created = post(github, f"{MARKER}\nfirst")
    assert github.sent() == [f"GET {COMMENTS}", f"POST {COMMENTS}"]
    edited = post(github)
    assert github.sent() == [f"GET {COMMENTS}", f"PATCH /repos/shop/cart/issues/comments/{created.comment_id}"]
    unchanged = post(github)
    assert github.sent() == [f"GET {COMMENTS}"]
    assert [answer.state for answer in (created, edited, unchanged)] == ["created", "edited", "unchanged"]
    assert len({(answer.comment_id, answer.url) for answer in (created, edited, unchanged)}) == 1
    assert created.url.endswith(f"#issuecomment-{created.comment_id}")
    assert own(github) == [BODY.strip()]


def test_a_body_that_lacks_the_marker_gets_it_so_that_it_is_found_again(github: GitHub) -> None:
    assert [post(github, "plain words").state for _ in "ab"] == ["created", "unchanged"]
    assert own(github) == [f"{MARKER}\nplain words"]


@pytest.mark.parametrize("before", [0, 99, 100, 120, 350])
def test_the_comment_is_found_on_whatever_page_it_stands(github: GitHub, before: int) -> None:
    talk = [("reviewer", f"remark {number}") for number in range(before)]
    github.state.add_comments("shop/cart", 7, [*talk, (BOT, f"{MARKER}\nold"), ("reviewer", "a last word")])
    assert post(github).state == "edited"
    assert own(github) == [BODY.strip()]
    assert len(github.sent()) == (before + 2 + 99) // 100 + 1


@pytest.mark.parametrize(
    ("login", "body"),
    [
        ("stranger", f"{MARKER}\nI am the gate, all is well"),
        ("other-app[bot]", f"{MARKER}\nanother app with our marker"),
        (BOT, "<!-- covgate:backend -->\nanother key's"),
        (BOT, "<!-- covgate:default-2 -->\na key that begins like ours"),
        (BOT, f"A linter quotes: {MARKER}"),
        (BOT, f"> {MARKER}\n> quoted"),
        (BOT, "nothing of ours"),
    ],
)
def test_somebody_elses_comment_is_not_touched(github: GitHub, login: str, body: str) -> None:
    github.state.add_comment("shop/cart", 7, login, body)
    assert post(github).state == "created"
    first, second = comments(github)
    assert (first.body.replace("\r\n", "\n"), first.updated) == (body, first.created)
    assert (second.login, second.body.startswith(MARKER)) == (BOT, True)


def test_a_comment_of_a_deleted_account_is_nobodys(github: GitHub) -> None:
    github.state.add_comment("shop/cart", 7, "", f"{MARKER}\nghost")
    assert post(github).state == "created"


def test_of_two_own_comments_the_first_is_edited_and_the_other_told(github: GitHub) -> None:
    github.state.add_comments("shop/cart", 7, [(BOT, f"{MARKER}\none"), (BOT, f"{MARKER}\ntwo")])
    answer = post(github)
    assert (answer.state, own(github)) == ("edited", [BODY.strip(), f"{MARKER}\ntwo"])
    assert "1 more of covgate's comments" in answer.words


def test_without_leave_to_create_only_a_standing_comment_is_brought_up_to_date(github: GitHub) -> None:
    assert forge(github).post_comment(BODY, MARKER, create=False).state == "skipped"
    assert own(github) == []
    post(github, f"{MARKER}\nred")
    assert forge(github).post_comment(BODY, MARKER, create=False).state == "edited"
    assert own(github) == [BODY.strip()]


def test_a_personal_token_writes_and_finds_its_comment_as_its_owner(github: GitHub) -> None:
    answers = [forge(github, "ghp_person").post_comment(BODY, MARKER) for _ in "ab"]
    assert [answer.state for answer in answers] == ["created", "unchanged"]
    assert [comment.login for comment in comments(github)] == ["maintainer"]
    seen, made, asked = f"GET {COMMENTS}", f"POST {COMMENTS}", "GET /user"
    assert github.sent() == [seen, made, asked, seen, asked]


def test_a_personal_token_that_may_not_say_whose_it_is_never_makes_a_second_comment(github: GitHub) -> None:
    answers = [forge(github, "gho_mute").post_comment(BODY, MARKER) for _ in "ab"]
    assert [answer.state for answer in answers] == ["created", "refused"]
    assert all("publish.author" in answer.words for answer in answers)
    assert len(comments(github)) == 1


@pytest.mark.parametrize("token", ["ghs_app", "ghs_bare"])
@pytest.mark.parametrize("stranger", ["stranger", "shop-gate", "other[bot]"])
def test_an_app_finds_its_own_comment_by_asking_who_it_is(github: GitHub, token: str, stranger: str) -> None:
    github.state.add_comment("shop/cart", 7, stranger, f"{MARKER}\nI am the gate")
    answers = [forge(github, token).post_comment(BODY, MARKER) for _ in "abc"]
    assert [answer.state for answer in answers] == ["created", "unchanged", "unchanged"]
    assert [comment.login for comment in comments(github)] == [stranger, "shop-gate[bot]"]
    assert all("publish.author" not in answer.words for answer in answers)


def test_a_stranger_who_copies_the_marker_costs_one_question_and_hides_nothing(github: GitHub) -> None:
    github.state.add_comment("shop/cart", 7, "stranger", f"{MARKER}\nI am the gate")
    assert post(github).state == "created"
    assert github.sent() == [f"GET {COMMENTS}", "POST /graphql", f"POST {COMMENTS}"]
    assert post(github).state == "unchanged"
    assert github.sent() == [f"GET {COMMENTS}"]


def test_while_the_question_has_no_answer_nothing_is_written_beside_an_unknown_comment(github: GitHub) -> None:
    github.state.add_comment("shop/cart", 7, "shop-gate[bot]", f"{MARKER}\nold")
    github.state.faults.append(Fault("status", "POST", "/graphql", times=0))
    assert forge(github, "ghs_app").post_comment(BODY, MARKER).state == "refused"
    assert len(comments(github)) == 1


def test_where_nobody_can_say_whose_the_token_is_its_author_can_be_given(github: GitHub) -> None:
    told = forge(github, "ghs_nameless").post_comment(BODY, MARKER)
    assert "it was written as shop-gate[bot]: set `publish.author`" in told.words
    assert forge(github, "ghs_nameless", author="Shop-Gate[bot]").post_comment(BODY, MARKER).state == "unchanged"
    assert len(comments(github)) == 1


def test_an_enterprise_server_is_spoken_to_below_its_own_path(github: GitHub) -> None:
    github.state.add_comments("shop/cart", 7, [("reviewer", f"remark {number}") for number in range(150)])
    here = forge(github)
    here = replace(here, place=replace(here.place, api_url=github.enterprise_url))
    assert [here.post_comment(BODY, MARKER).state for _ in "ab"] == ["created", "unchanged"]


Prepare = Callable[[GitHub, GitHubForge], GitHubForge]


def locked(github: GitHub, here: GitHubForge) -> GitHubForge:
    github.state.repositories["shop/cart"].pulls[7].locked = True
    return here


def from_fork(_: GitHub, here: GitHubForge) -> GitHubForge:
    fork = PullRequest(7, BASE, HEAD, fork=True)
    return replace(here, token="ghs_reader", place=replace(here.place, pull_request=fork))


def elsewhere(_: GitHub, here: GitHubForge) -> GitHubForge:
    return replace(here, place=replace(here.place, pull_request=PullRequest(404, BASE, HEAD)))


REFUSALS: list[tuple[str, Prepare, list[str]]] = [
    ("read-only", lambda _, here: replace(here, token="ghs_reader"), ["403", "permissions: pull-requests: write"]),
    ("fork", from_fork, ["403", "permissions: pull-requests: write", "second workflow", "`mode: publish`"]),
    ("expired", lambda _, here: replace(here, token="ghs_expired"), ["401", "expired"]),
    ("expired, personal", lambda _, here: replace(here, token="ghp_expired"), ["401", "expired"]),
    ("no such pull request", elsewhere, ["404", "no pull request 404 in shop/cart", "pull-requests: write"]),
    ("locked", locked, ["403", "the conversation is locked"]),
    ("ftp", lambda _, here: replace(here, place=replace(here.place, api_url="ftp://x")), ["AssertionError"]),
]


@pytest.mark.parametrize(("prepare", "expected"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_refusal_is_told_in_one_line_with_what_would_help(
    github: GitHub, prepare: Prepare, expected: list[str]
) -> None:
    answer = prepare(github, forge(github)).post_comment(BODY, MARKER)
    assert answer.state == "refused"
    assert [part for part in expected if part not in answer.words] == []
    assert answer.words.isprintable()
    assert comments(github) == []


def test_a_body_that_is_too_long_is_refused_with_githubs_words(github: GitHub) -> None:
    answer = post(github, MARKER + "x" * 65_536)
    assert (answer.state, "422" in answer.words, "Validation Failed" in answer.words) == ("refused", True, True)


def test_a_message_that_would_command_the_runner_is_defused(github: GitHub) -> None:
    github.state.faults.append(Fault("status", "POST", status=403, message="no\n::error::x\r##[error]y"))
    answer = post(github)
    assert (answer.state, answer.words.isprintable(), "##[" in answer.words) == ("refused", True, False)


SPOILT = ["html", "empty", "object", "truncated", "cut", "closed", "status"]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", SPOILT)
def test_a_post_whose_answer_is_lost_ends_in_one_comment(github: GitHub, kind: str, after: bool, times: int) -> None:
    github.state.faults.append(Fault(kind, "POST", after=after, times=times))
    answer = post(github)
    assert (answer.state, own(github)) == ("created", [BODY.strip()])
    assert answer.comment_id == comments(github)[0].id
    assert sum(line.startswith("POST") for line in github.sent()) == (1 if after else times + 1)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", SPOILT)
def test_an_edit_whose_answer_is_lost_ends_edited(github: GitHub, kind: str, after: bool) -> None:
    github.state.add_comment("shop/cart", 7, BOT, f"{MARKER}\nold")
    github.state.faults.append(Fault(kind, "PATCH", after=after))
    assert post(github).state == "edited"
    assert own(github) == [BODY.strip()]


@pytest.mark.parametrize("kind", SPOILT)
def test_a_list_that_is_spoilt_once_is_asked_for_again(github: GitHub, kind: str) -> None:
    github.state.add_comment("shop/cart", 7, BOT, f"{MARKER}\nold")
    github.state.faults.append(Fault(kind, "GET"))
    assert post(github).state == "edited"
    assert len(comments(github)) == 1


@pytest.mark.parametrize("kind", SPOILT)
def test_a_second_page_that_is_spoilt_never_hides_our_comment(github: GitHub, kind: str) -> None:
    talk = [("reviewer", f"remark {number}") for number in range(100)]
    github.state.add_comments("shop/cart", 7, [*talk, (BOT, f"{MARKER}\nold")])
    github.state.faults.extend([Fault("pass", "GET"), Fault(kind, "GET")])
    assert post(github).state == "edited"
    assert len(own(github)) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", SPOILT)
def test_what_stays_broken_is_told_and_leaves_at_most_one_comment(github: GitHub, kind: str, method: str) -> None:
    github.state.faults.append(Fault(kind, method, after=True, times=0))
    answer = post(github)
    assert answer.state == ("created" if method == "POST" else "refused")
    assert len(own(github)) == (method == "POST")
    assert len(github.sent()) <= 20


@pytest.mark.parametrize("kind", SPOILT)
def test_writes_that_never_arrive_are_told_after_three(github: GitHub, kind: str) -> None:
    github.state.faults.append(Fault(kind, "POST", times=0))
    answer = post(github)
    assert (answer.state, comments(github)) == ("refused", [])
    assert sum(line.startswith("POST") for line in github.sent()) == 3


@pytest.mark.parametrize(
    ("status", "message", "headers"),
    [
        (429, "Too many requests", {}),
        (429, "Too many requests", {"Retry-After": "3600"}),
        (403, "You have exceeded a secondary rate limit.", {}),
        (403, "You have exceeded a secondary rate limit.", {"Retry-After": "3600"}),
        (403, "API rate limit exceeded for installation ID 1.", {"X-RateLimit-Reset": "4102444800"}),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_limit_that_lasts_is_told_and_not_waited_for(
    github: GitHub, method: str, status: int, message: str, headers: dict[str, str]
) -> None:
    github.state.faults.append(Fault("status", method, status=status, message=message, headers=headers, times=0))
    here = forge(github)
    answer = here.post_comment(BODY, MARKER)
    assert answer.state == "refused"
    assert "limit" in answer.words
    assert "run the job again later" in answer.words
    assert isinstance(here.pause, Pauses)
    assert here.pause.seconds == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_short_limit_is_waited_for(github: GitHub, method: str) -> None:
    github.state.faults.append(Fault("status", method, status=429, headers={"Retry-After": "7"}))
    here = forge(github)
    assert here.post_comment(BODY, MARKER).state == "created"
    assert isinstance(here.pause, Pauses)
    assert here.pause.seconds == [7.0]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_github_that_hangs_is_left_at_the_deadline(github: GitHub, method: str) -> None:
    github.state.faults.append(Fault("hang", method, after=True, times=0))
    answer = forge(github, deadline_seconds=0.2).post_comment(BODY, MARKER)
    assert (answer.state, "took longer than 0.2 seconds" in answer.words) == ("refused", True)


def test_work_that_is_late_writes_nothing_any_more(github: GitHub) -> None:
    late = threading.Event()

    def pause(seconds: float) -> None:
        assert late.wait(10), f"waited {seconds} s"

    github.state.faults.append(Fault("truncated", "GET"))
    answer = replace(forge(github, deadline_seconds=0.05), pause=pause).post_comment(BODY, MARKER)
    late.set()
    for thread in threading.enumerate():
        if thread.name == "covgate-publish":
            thread.join(10)
    assert (answer.state, comments(github)) == ("refused", [])
    assert not any(line.startswith("POST") for line in github.sent())


def test_a_github_that_is_not_there_is_told() -> None:
    github = GitHub(State())
    github.server.server_close()
    answer = post(github)
    assert (answer.state, "could not be reached" in answer.words) == ("refused", True)


def test_nothing_of_the_token_is_told_or_logged(github: GitHub, capfd: pytest.CaptureFixture[str]) -> None:
    github.state.faults.append(Fault("closed", "GET", times=2))
    told = forge(github, "ghs_secret-1234").post_comment(BODY, MARKER)
    output = capfd.readouterr()
    assert (told.state, "secret-1234" in told.words) == ("refused", False)
    assert output == ("", "")


def test_the_double_serves_other_processes_from_a_file(tmp_path: Path) -> None:
    state = State({"shop/cart": Repository("shop/cart", pulls={7: Pull(7, BASE, HEAD)})}, dict(TOKENS))
    (tmp_path / "state.json").write_text(json.dumps(as_json(state)))
    command = [sys.executable, "-m", "tests.doubles.github", "--state", str(tmp_path / "state.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            place = Place("github", repository="shop/cart", api_url=url, pull_request=PullRequest(7, BASE, HEAD))
            assert GitHubForge(place, "ghs_writer").post_comment(BODY, MARKER).state == "created"
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/_double") as answer:
                told = json.load(answer)
        finally:
            process.kill()
    assert [comment["body"].partition("\r\n")[0] for comment in told["repositories"]["shop/cart"]["comments"]] == [
        MARKER
    ]
    assert [request["method"] for request in told["requests"]] == ["GET", "POST"]


def test_real_time_is_the_default_for_waiting() -> None:
    assert GitHubForge(Place(), "").pause is time.sleep
