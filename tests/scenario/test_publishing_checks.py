"""The check run on a GitHub that remembers, answers oddly, or refuses."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from tests.doubles.github_checks import Check
from tests.doubles.ports import world
from tests.scenario.publishing_scenes import HEAD, SHORT_SECONDS, Scene, scene

from covgate.errors import ComparisonError, Interrupted
from covgate.model.check_run import CheckRun, LineRemark
from covgate.pipeline import run
from covgate.ports import Posted
from covgate.settings import Settings
from covgate.steps.requests import Request

PICTURE = """
    [src/cart.py]
    +.  def total(price, coupon):
    +!      return price
"""


@pytest.fixture
def here() -> Iterator[Scene]:
    with ExitStack() as stack:
        yield scene(stack)


def check(remarks: int = 0) -> CheckRun:
    told = tuple(LineRemark("src/cart.py", n + 1, n + 1, "Not tested: total", f"gap {n}") for n in range(remarks))
    return CheckRun("covgate verdict", "failure", "❌ 1 statement short", "### The report", told)


def post(here: Scene, remarks: int = 0) -> Posted:
    return here.forge.post_check(check(remarks))


def only(here: Scene) -> Check:
    (made,) = here.repository.checks
    return made


@pytest.mark.parametrize(
    ("remarks", "batches"), [(0, [0]), (1, [1]), (50, [50]), (51, [50, 1]), (130, [50, 50, 30]), (500, [50] * 10)]
)
def test_remarks_go_in_batches_of_fifty_each_once(here: Scene, remarks: int, batches: list[int]) -> None:
    answer = post(here, remarks)
    made = only(here)
    assert (answer.state, made.batches) == ("created", batches)
    assert [row["message"] for row in made.annotations] == [f"gap {n}" for n in range(remarks)]
    assert (made.name, made.head_sha, made.conclusion) == ("covgate verdict", HEAD, "failure")
    assert answer.url.endswith("/runs/1")


SPOILT = ["status", "html", "empty", "object", "truncated", "closed"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", SPOILT)
def test_a_check_run_whose_answer_is_lost_is_not_made_twice(here: Scene, kind: str, after: bool) -> None:
    here.fault(kind, "POST", after=after)
    assert post(here, 60).state == "created"
    assert only(here).batches == [50, 10]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", SPOILT)
def test_a_batch_whose_answer_is_lost_is_not_added_twice(here: Scene, kind: str, after: bool) -> None:
    here.fault(kind, "PATCH", after=after)
    assert post(here, 120).state == "created"
    assert only(here).batches == [50, 50, 20]


def test_batches_that_never_arrive_are_told_and_the_check_run_stands(here: Scene) -> None:
    here.fault("status", "PATCH", 0)
    answer = post(here, 120)
    assert (answer.state, only(here).conclusion) == ("created", "failure")
    assert "without the last 70 of its remarks" in answer.words
    assert answer.words.isprintable()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "has expired"),
        (403, "`permissions: checks: write`"),
        (404, "`permissions: checks: write`"),
        (422, "does not take this text"),
        (429, "run the job again later"),
    ],
)
def test_a_refusal_is_told_in_one_line(here: Scene, status: int, says: str) -> None:
    here.fault("status", "POST", 0, status=status, message="no")
    answer = post(here)
    assert (answer.state, says in answer.words, answer.words.isprintable()) == ("refused", True, True)
    assert here.repository.checks == []


def test_a_token_that_may_not_write_checks_is_told_the_permission(here: Scene) -> None:
    here.forge = replace(here.forge, token="ghs_reader")
    assert "`permissions: checks: write`" in post(here).words


def test_a_github_that_hangs_is_left_at_the_deadline(here: Scene) -> None:
    here.forge = replace(here.forge, deadline_seconds=SHORT_SECONDS)
    here.fault("hang", "POST", 0)
    answer = post(here)
    assert (answer.state, "took longer than 0.3 seconds" in answer.words) == ("refused", True)


def test_a_push_has_its_check_run_on_the_commit_that_was_pushed(here: Scene) -> None:
    here.move(event="push", pull_request=None, sha="c" * 40)
    assert post(here).state == "created"
    assert only(here).head_sha == "c" * 40


def test_gitea_has_no_check_runs_and_that_is_one_line(here: Scene) -> None:
    here.github.state.gitea = True
    answer = post(here)
    assert (answer.state, "404" in answer.words) == ("refused", True)


@pytest.mark.parametrize(("wanted", "published", "made"), [(True, True, 1), (False, True, 0), (True, False, 0)])
def test_a_run_makes_one_where_it_is_asked_to(here: Scene, wanted: bool, published: bool, made: int) -> None:
    around = world(PICTURE)
    request = Request(here.place, dt.date(2026, 1, 1), data=("coverage.data",), publish=published)
    run(request, Settings(check_run=wanted), replace(around.ports, forge=here.forge))
    assert len(here.repository.checks) == made
    if made:
        assert only(here).conclusion == "failure"
        assert [row["path"] for row in only(here).annotations] == ["src/cart.py"]
        assert any("check run created" in line for line in around.output.words)


def test_a_refused_check_run_changes_neither_verdict_nor_comment(here: Scene) -> None:
    here.fault("status", "POST", 0, path="/check-runs", status=403, message="no")
    around = world(PICTURE)
    request = Request(here.place, dt.date(2026, 1, 1), data=("coverage.data",))
    outcome = run(request, Settings(check_run=True), replace(around.ports, forge=here.forge))
    assert (outcome.exit_code, outcome.posted.state, len(here.own())) == (1, "created", 1)
    assert any("`permissions: checks: write`" in line for line in around.output.words)


def test_without_a_verdict_the_check_run_fails(here: Scene) -> None:
    around = world(PICTURE)
    around.repository.failure = ComparisonError("There is no base.")
    request = Request(here.place, dt.date(2026, 1, 1), data=("coverage.data",))
    with pytest.raises(ComparisonError):
        run(request, Settings(check_run=True), replace(around.ports, forge=here.forge))
    assert (only(here).conclusion, "There is no base" in only(here).summary) == ("failure", True)


def test_a_run_that_was_stopped_leaves_no_check_run(here: Scene) -> None:
    around = world(PICTURE)
    around.suite.failure = Interrupted(15)
    request = Request(here.place, dt.date(2026, 1, 1), data=("coverage.data",))
    with pytest.raises(Interrupted):
        run(request, Settings(check_run=True), replace(around.ports, forge=here.forge))
    assert (here.repository.checks, here.own()) == ([], [])
