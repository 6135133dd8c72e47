"""What is asked of GitHub before the suite runs, and what comes of a GitHub in trouble."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import Fault, Pull, Repository, State, Token

from covgate.model.place import Place, PullRequest
from covgate.shell.forge.questions import Questions

BASE, HEAD, FORK = "a" * 40, "b" * 40, "c" * 40
SPOILT = ["html", "empty", "object", "truncated", "closed", "hang", "drip"]


@pytest.fixture
def github() -> Iterator[GitHub]:
    pulls = {7: Pull(7, BASE, HEAD, base_ref="release", head_repository="stranger/cart")}
    repository = Repository("shop/cart", pulls=pulls, merge_bases={f"{BASE}...{HEAD}": FORK})
    with GitHub(State({"shop/cart": repository}, {"ghs_job": Token("github-actions[bot]")})) as double:
        yield double


def questions(github: GitHub, seconds: float = 10.0, **place: Any) -> Questions:
    told = {"event": "push", "branch": "fix", "sha": HEAD, "default_branch": "main", **place}
    here = Place("github", repository="shop/cart", api_url=github.url, **told)
    return Questions(here, "ghs_job", deadline_seconds=seconds, pause=lambda _: None)


def test_a_pushs_pull_request_is_told_whole(github: GitHub) -> None:
    asked = questions(github).place_of_push()
    assert asked.pull_request == PullRequest(7, BASE, HEAD, base_ref="release", fork=True)


@pytest.mark.parametrize(
    "place", [{"event": "pull_request"}, {"event": "schedule"}, {"branch": "main"}, {"branch": ""}, {"sha": ""}]
)
def test_nobody_is_asked_where_there_is_nothing_to_ask(github: GitHub, place: dict[str, Any]) -> None:
    asking = questions(github, **place)
    assert asking.place_of_push() == asking.place
    assert replace(questions(github), token="").place_of_push() == questions(github).place
    assert github.sent() == []


def test_a_merge_base_is_the_one_that_github_computes(github: GitHub) -> None:
    assert questions(github).merge_base(BASE, HEAD) == FORK
    assert questions(github).merge_base(HEAD, BASE) == ""
    assert replace(questions(github), token="").merge_base(BASE, HEAD) == ""


@pytest.mark.parametrize("kind", SPOILT)
def test_no_answer_is_no_error_and_comes_in_time(github: GitHub, kind: str) -> None:
    github.state.faults.append(Fault(kind, "GET", times=0))
    asking = questions(github, seconds=0.3 if kind in ("hang", "drip") else 10.0)
    assert asking.merge_base(BASE, HEAD) == ""
    asked = asking.place_of_push()
    assert (asked.pull_request, "could not be asked" in asked.note) == (None, True)


def test_a_terminal_asks_nobody() -> None:
    assert Questions(Place(), "ghs_job").merge_base(BASE, HEAD) == ""
    assert Questions(Place(), "ghs_job").place_of_push() == Place()
