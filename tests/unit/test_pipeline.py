"""The run, told in its steps: in which order the world is asked, and what becomes of the answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.doubles.ports import FakeForge, World, fingerprint, world
from tests.sketch import BASE

from covgate.errors import ComparisonError, CovgateError, Interrupted, MeasurementError
from covgate.model.place import Place, PullRequest
from covgate.model.policy import PolicyChange
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import Conclusion
from covgate.pipeline import run
from covgate.ports import Posted
from covgate.settings import load
from covgate.steps.requests import Outcome, Request

TODAY = dt.date(2026, 8, 1)
PULL_REQUEST = PullRequest(7, BASE.sha, "5ead" * 10, "main")
RUNNER = Place(
    "github",
    event="pull_request",
    repository="acme/shop",
    server_url="https://github.example",
    run_url="https://github.example/acme/shop/actions/runs/1",
    pull_request=PULL_REQUEST,
)
HALF = """
    [src/cart.py]
     .  def total(price):
    +.      price += 1
    +!      price -= 1
"""
DOCS = """
    [src/cart.py]
     .  def total(price):
     .      return price
    [README.md]
    +   words
"""


def outcome(
    played: World,
    *,
    text: str | None = None,
    options: Mapping[str, object] | None = None,
    place: Place = RUNNER,
    data: tuple[str, ...] = (),
    publish: bool = True,
) -> Outcome:
    """The run's end, with `text` for the head's `.covgate.yml`."""
    settings = load(text, ".covgate.yml", {}, options or {})
    return run(Request(place, TODAY, settings.base, data, publish=publish), settings, played.ports)


def at_least(percent: int) -> str:
    return f"thresholds:\n  diff: {{line: {percent}}}\n"


def test_everything_that_reads_the_repository_happens_before_the_suite_runs() -> None:
    played = world(HALF, settings=at_least(50))
    outcome(played)
    assert played.log[0] == "change since whatever is right"
    assert played.log[-1] == "the suite runs"
    assert "read .covgate.yml at the base" in played.log


def test_a_gate_that_passes_ends_with_0_and_one_that_fails_with_1() -> None:
    assert outcome(world(HALF, settings=at_least(50))).exit_code == 0
    failed = outcome(world(HALF, settings=at_least(51)))
    assert (failed.exit_code, failed.report.verdict.statements_short) == (1, 1)


def test_a_change_without_python_passes_and_measures_nothing() -> None:
    done = outcome(world(DOCS, settings=at_least(100)))
    assert (done.exit_code, done.report.verdict.conclusion) == (0, Conclusion.PASSED)
    assert done.report.comparison.coverage.line.percent is None


@pytest.mark.parametrize("percent", [50, 51])
def test_a_suite_that_fails_ends_with_3_whatever_it_covered_and_is_told_in_full(percent: int) -> None:
    played = world(HALF, settings=at_least(percent))
    played.suite.result = SuiteResult(Ending.FAILED, "2 of 9 tests failed.", "pytest", 1)
    assert outcome(played).exit_code == 3
    assert played.output.outputs["verdict"] == "error"
    assert {"comment.md", "report.json", "summary.md"} <= set(played.output.files)
    assert "2 of 9 tests failed" in played.forge.bodies[0][0]


def test_the_base_s_thresholds_judge_and_the_head_s_are_shown() -> None:
    done = outcome(world(HALF, settings=at_least(90)), text=at_least(10))
    assert done.exit_code == 1
    assert done.report.policy.changes == (PolicyChange("thresholds.diff.line", "90", "10"),)


def test_a_change_cannot_let_itself_pass_by_saying_that_failing_is_no_failure() -> None:
    assert outcome(world(HALF, settings=at_least(90)), text="fail: false\n").exit_code == 1


def test_a_base_that_lets_failing_gates_pass_does_so_and_the_verdict_stands() -> None:
    done = outcome(world(HALF, settings=at_least(90) + "fail: false\n"), text="fail: false\n")
    assert (done.exit_code, done.report.verdict.conclusion) == (0, Conclusion.FAILED)


@pytest.mark.parametrize(
    ("at_base", "said"),
    [(None, "the base has none"), ("thresholds: [\n", "cannot be read"), ("a: \ud83d", "cannot be read")],
)
def test_without_settings_at_the_base_the_head_s_hold_and_the_report_says_so(at_base: str | None, said: str) -> None:
    played = world(HALF)
    if at_base is not None:
        played.repository.at_base = {".covgate.yml": at_base.encode("utf-8", "surrogatepass")}
    done = outcome(played, text=at_least(90))
    assert done.exit_code == 1
    assert said in done.report.policy.source


def test_coverage_s_settings_at_the_base_are_read_where_the_project_is() -> None:
    files = [("api/setup.cfg", b"[coverage:run]\n"), ("pyproject.toml", b"not the project's")]
    played = world(HALF, files=files)
    outcome(played, options={}, text="working_directory: api\n")
    assert played.suite.orders[0].base_files == {"setup.cfg": b"[coverage:run]\n"}


def test_what_the_change_does_to_coverage_s_own_settings_is_in_the_report() -> None:
    played = world(HALF)
    played.suite.exclusions = (PolicyChange("omit", "", "[src/*]"),)
    assert outcome(played).report.policy.exclusions == played.suite.exclusions


def test_a_source_that_the_suite_rewrites_is_an_error() -> None:
    played = world(HALF)
    files = tuple(replace(file, sha256=fingerprint("other")) for file in played.suite.snapshot.files)
    played.suite.snapshot = replace(played.suite.snapshot, files=files)
    with pytest.raises(MeasurementError, match="rewritten while the suite ran"):
        outcome(played)


def test_given_data_are_read_and_the_suite_is_left_alone() -> None:
    played = world(HALF, settings=at_least(50))
    assert outcome(played, data=("a.xml", "b.xml")).exit_code == 0
    assert played.log[-1] == "read a.xml b.xml"
    assert "the suite runs" not in played.log


@pytest.mark.parametrize("failure", [ComparisonError("no base", hint="Fetch it."), KeyError("a bug")])
def test_without_a_verdict_summary_log_outputs_and_comment_say_so(failure: Exception) -> None:
    played = world(HALF)
    played.repository.failure = failure
    with pytest.raises(type(failure)):
        outcome(played)
    (body, _) = played.forge.bodies[0]
    assert body.startswith("<!-- covgate:default -->\n### ⚠️ No verdict: ")
    assert "No gate was evaluated" in played.output.summary
    assert played.output.annotations.startswith("::error title=covgate: ")
    assert played.output.outputs == {"verdict": "error"}


def test_a_bug_in_a_report_is_no_verdict_either() -> None:
    played = world(HALF, settings=at_least(50))
    played.output.failure = KeyError("a bug")
    with pytest.raises(KeyError):
        outcome(played)
    assert played.output.outputs["verdict"] == "error"
    assert ["No verdict" in body for body, _ in played.forge.bodies] == [True]


def test_a_run_that_is_stopped_leaves_the_comment_to_the_next() -> None:
    played = world(HALF)
    played.suite.failure = Interrupted(15)
    with pytest.raises(Interrupted):
        outcome(played)
    assert played.forge.bodies == []
    assert played.output.outputs == {"verdict": "error"}


@pytest.mark.parametrize("failure", [None, ComparisonError("no base")])
def test_nothing_is_posted_where_nobody_wants_it(failure: CovgateError | None) -> None:
    for played, wish in ((world(HALF), {"publish": False}), (world(HALF), {"text": "comment: never\n"})):
        played.repository.failure = failure
        try:
            outcome(played, **wish)
        except ComparisonError:
            assert failure
        assert played.forge.bodies == []


@pytest.mark.parametrize(
    ("wish", "percent", "create"),
    [("auto", 50, True), ("on-failure", 50, False), ("on-failure", 51, True), ("always", 50, True)],
)
def test_a_comment_on_failure_only_is_still_brought_up_to_date(wish: str, percent: int, create: bool) -> None:
    played = world(HALF, settings=at_least(percent))
    outcome(played, text=f"comment: {wish}\n")
    assert [created for _, created in played.forge.bodies] == [create]


@pytest.mark.parametrize(("required", "code"), [(False, 0), (True, 6)])
def test_a_refused_comment_fails_the_run_only_where_it_is_required(required: bool, code: int) -> None:
    played = world(HALF, settings=at_least(50))
    played.forge = FakeForge(Posted("refused", "the token may not write comments"))
    done = outcome(played, text=f"publish: {{required: {str(required).lower()}}}\n")
    assert (done.exit_code, done.report.verdict.conclusion) == (code, Conclusion.PASSED)
    assert "covgate: the token may not write comments" in played.output.words


def test_where_no_comment_belongs_none_is_missing() -> None:
    played = world(HALF, settings=at_least(50))
    played.forge = FakeForge(Posted("skipped", "this run belongs to no pull request"))
    assert outcome(played, text="publish: {required: true}\n", place=Place()).exit_code == 0


def test_a_refused_comment_does_not_hide_that_the_gate_failed() -> None:
    played = world(HALF, settings=at_least(90))
    played.forge = FakeForge(Posted("refused", "no"))
    assert outcome(played, text="publish: {required: true}\n").exit_code == 1


def test_the_step_gets_its_outputs() -> None:
    played = world(HALF, settings=at_least(90))
    outcome(played)
    assert played.output.outputs == {
        "verdict": "failed",
        "total-line": "66.66",
        "total-branch": "",
        "diff-line": "50.00",
        "diff-branch": "",
        "statements-short": "1",
        "report": ".covgate/report.json",
        "comment-id": "11",
        "comment-url": "https://github.example/shop/pull/7#issuecomment-11",
    }


def test_lines_are_linked_at_the_pull_request_s_own_head_not_at_the_merge() -> None:
    assert f"/blob/{PULL_REQUEST.head_sha}" in outcome(world(HALF)).report.links.blob


def test_lines_that_are_not_committed_are_linked_nowhere() -> None:
    played = world(HALF)
    diff = played.repository.diff
    played.repository.diff = replace(diff, head=replace(diff.head, dirty=True))
    assert outcome(played).report.links.blob == ""


def test_a_terminal_hears_nothing_of_comments() -> None:
    played = world(HALF, settings=at_least(50))
    outcome(played, place=Place())
    assert (played.output.words, [words for words in played.output.doings if words]) == ([], [])


def test_keys_without_effect_and_an_event_that_could_not_be_read_are_told() -> None:
    blind = replace(RUNNER, note="The event cannot be read.")
    done = outcome(world(HALF), text="mutation: {budget: 1m}\n", place=blind)
    assert done.report.notes[0] == "The event cannot be read."
    assert any("`mutation.budget` has no effect" in note for note in done.report.notes)
