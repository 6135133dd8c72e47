"""The suite on the base: when it is run, what becomes of its numbers, and what is said where there are none."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.doubles.ports import World, world
from tests.sketch import BASE, sketch

from covgate.errors import ComparisonError, MeasurementError, SettingsError
from covgate.model.comparison import Baseline, Known, Missing
from covgate.model.diff import Head
from covgate.model.place import Place, PullRequest
from covgate.model.snapshot import Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.pipeline import run
from covgate.ports import Measurement
from covgate.settings import load
from covgate.steps.requests import Outcome, Request

CHANGE = """
    [src/cart.py]
     .  def total(price):
    +.      price += 1
"""
AT_BASE = sketch("[src/cart.py]\n .def total(price):\n").head
PASSED = SuiteResult(Ending.PASSED, "The suite passed.", "pytest", 0, 12.34)
PULL_REQUEST = Place("github", event="pull_request", pull_request=PullRequest(7, BASE.sha, "5ead" * 10, "main"))
QUEUE = Place("github", event="merge_group")
PUSH = Place("github", event="push")
TERMINAL = Place()
LAST = "the suite runs"


def played(base: Measurement | Exception | None = None, settings: str | None = None) -> World:
    """A change to a base whose suite measures `base`; what is stored of it is for tests to say."""
    made = world(CHANGE, settings=settings)
    made.suite.base = base or Measurement(AT_BASE, PASSED)
    return made


def outcome(
    made: World, place: Place = PULL_REQUEST, *, text: str | None = None, data: tuple[str, ...] = ()
) -> Outcome:
    settings = load(text, ".covgate.yml", {}, {})
    return run(Request(place, dt.date(2026, 8, 1), data=data), settings, made.ports)


def baseline(made: World, place: Place = PULL_REQUEST, text: str | None = None) -> Baseline:
    return outcome(made, place, text=text).report.comparison.baseline


def reason(made: World, place: Place = PULL_REQUEST, text: str | None = None) -> str:
    found = baseline(made, place, text)
    assert isinstance(found, Missing)
    return found.reason


def otherwise(snapshot: Snapshot, python: str = "CPython 3.9.1") -> Snapshot:
    return replace(snapshot, origin=replace(snapshot.origin, python=python))


def test_where_nothing_is_stored_the_base_is_run_before_the_head() -> None:
    made = played()
    assert baseline(made) == Known(AT_BASE, BASE.sha, "rerun", suite=PASSED, covgate="0.1.0")
    assert made.log[-2:] == ["the suite runs in /base", LAST]


def test_the_base_s_files_are_laid_out_before_any_suite_runs() -> None:
    made = played()
    outcome(made)
    first = next(number for number, words in enumerate(made.log) if "suite runs" in words)
    asked = [number for number, words in enumerate(made.log) if "suite runs" not in words]
    assert f"lay out {BASE.sha[:7]}" in made.log
    assert max(asked) < first


def test_where_what_is_stored_compares_only_the_head_is_run() -> None:
    made = played()
    made.baselines.baseline = Known(AT_BASE, BASE.sha, "data branch")
    assert baseline(made) is made.baselines.baseline
    assert made.suite.base_orders == []


def test_where_what_is_stored_does_not_compare_the_base_is_run_after_the_head() -> None:
    made = played()
    made.baselines.baseline = Known(otherwise(AT_BASE), BASE.sha, "data branch")
    found = baseline(made)
    assert isinstance(found, Known)
    assert found.source == "rerun"
    assert made.log[-2:] == [LAST, "the suite runs in /base"]


def test_a_run_on_the_base_that_does_not_compare_either_is_no_baseline() -> None:
    assert "Python 3.9.1 there" in reason(played(Measurement(otherwise(AT_BASE), PASSED)))
    made = played(Measurement(otherwise(AT_BASE), PASSED))
    made.baselines.baseline = Known(otherwise(AT_BASE, "CPython 3.8.1"), BASE.sha, "data branch")
    assert "Python 3.9.1 there" in reason(made)
    assert len(made.suite.base_orders) == 1


def test_nothing_is_computed_from_a_baseline_that_does_not_compare() -> None:
    made = played()
    made.baselines.baseline = Known(otherwise(AT_BASE), BASE.sha, "data branch")
    comparison = outcome(made, text="baseline: {rerun: never}").report.comparison
    assert isinstance(comparison.baseline, Missing)
    assert [file.before for file in comparison.files] == [None]


def test_the_base_is_not_run_after_a_suite_that_did_not_end_well() -> None:
    made = played()
    made.baselines.baseline = Known(otherwise(AT_BASE), BASE.sha, "data branch")
    made.suite.result = SuiteResult(Ending.FAILED, "1 test of 3 failed.", "pytest", 1)
    assert "the base was measured differently" in reason(made)
    assert made.suite.base_orders == []


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (SuiteResult(Ending.FAILED, "1 test of 3 failed.", exit_code=1), "(1 test of 3 failed)"),
        (SuiteResult(Ending.TIMEOUT, "The suite was stopped after 30 minutes."), "stopped after 30 minutes)"),
        (SuiteResult(Ending.CRASHED, "The suite crashed."), "(The suite crashed)"),
        (SuiteResult(Ending.NO_TESTS, "No tests were found."), "(No tests were found)"),
    ],
)
def test_a_suite_that_does_not_end_well_on_the_base_has_no_numbers(result: SuiteResult, said: str) -> None:
    told = reason(played(Measurement(AT_BASE, result)))
    assert told.startswith("nobody stored one; the suite did not end well on the base (")
    assert said in told


@pytest.mark.parametrize("error", [MeasurementError("no pytest\nand more", hint="get it"), SettingsError("no pytest")])
def test_a_suite_that_cannot_be_run_on_the_base_is_a_reason_and_told_in_full(error: Exception) -> None:
    made = played(error)
    assert reason(made) == "nobody stored one; the suite could not be run on the base (no pytest)"
    assert any(str(error) in words for words in made.output.words)


def test_a_bug_is_not_hidden_by_the_base() -> None:
    with pytest.raises(ZeroDivisionError):
        outcome(played(ZeroDivisionError()))


def test_a_suite_that_runs_another_copy_of_the_files_has_no_numbers() -> None:
    idle = sketch("[src/cart.py]\n !def total(price):\n").head
    assert "none of the base's files" in reason(played(Measurement(idle, PASSED)))


def test_a_base_that_cannot_be_laid_out_is_a_reason() -> None:
    made = played()
    made.repository.unlaid = ComparisonError("some of the base's files are not in this clone")
    assert reason(made) == (
        "nobody stored one; the suite could not be run on the base (some of the base's files are not in this clone)"
    )


@pytest.mark.parametrize(
    ("place", "text", "runs"),
    [
        (PULL_REQUEST, None, True),
        (QUEUE, None, True),
        (replace(PUSH, pull_request=PULL_REQUEST.pull_request), None, True),
        (PUSH, None, False),
        (TERMINAL, None, False),
        (PUSH, "baseline: {rerun: always}", True),
        (TERMINAL, "baseline: {rerun: always}", True),
        (PULL_REQUEST, "baseline: {rerun: never}", False),
        (QUEUE, "baseline: {rerun: never}", False),
    ],
)
def test_auto_runs_the_base_for_pull_requests_and_merge_queues_only(
    place: Place, text: str | None, *, runs: bool
) -> None:
    made = played()
    assert isinstance(baseline(made, place, text), Known) is runs
    assert any(words.startswith("lay out") for words in made.log) is runs


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        (TERMINAL, None, "on a terminal the suite is run on the base only with `--rerun always`"),
        (PUSH, None, "outside of pull requests and merge queues the suite is run on the base only where"),
        (PULL_REQUEST, "baseline: {rerun: never}", "`baseline.rerun` is `never`"),
        (PULL_REQUEST, "suite: {shards: [a, b]}", "a suite in shards is not run on the base"),
    ],
)
def test_what_keeps_the_base_from_being_run_is_part_of_the_reason(place: Place, text: str | None, said: str) -> None:
    assert reason(played(), place, text).startswith(f"nobody stored one; {said}")


def test_coverage_that_is_given_is_not_measured_on_the_base() -> None:
    made = played()
    done = outcome(made, data=("coverage.xml",), text="baseline: {rerun: always}")
    assert done.report.comparison.baseline == Missing(
        "nobody stored one; coverage was given, so no suite is run on the base"
    )
    assert made.suite.base_orders == []


def test_a_head_that_is_its_own_base_is_not_measured_twice() -> None:
    made = played()
    made.repository.diff = replace(made.repository.diff, head=Head(BASE.sha))
    assert "base and head are the same commit" in reason(made)
    made.repository.diff = replace(made.repository.diff, head=Head(BASE.sha, dirty=True))
    assert isinstance(baseline(made), Known)


def test_the_base_s_suite_is_the_base_s_to_say() -> None:
    made = played(settings="suite: {command: pytest, env: [THEIRS], source: [src]}\n")
    outcome(made, text="suite: {command: pytest -k mine, env: [MINE], source: [mine], install: evil}\n")
    (order,) = made.suite.base_orders
    assert (order.command, order.env, order.source, order.install) == ("pytest", ("THEIRS",), ("src",), "auto")
    assert (order.changed, order.base_files) == ((), None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, 1800),
        ("suite: {timeout: 5m}", 300),
        ("suite: {timeout: 5m}\nbaseline: {timeout: 1m}", 60),
    ],
)
def test_the_base_has_a_time_limit_of_its_own(text: str | None, seconds: int) -> None:
    made = played()
    outcome(made, text=text)
    assert [order.timeout_seconds for order in made.suite.base_orders] == [seconds]


def test_the_log_tells_how_long_it_took_and_the_report_does_not() -> None:
    made = played()
    report = outcome(made).report
    assert "covgate: the suite took 12.3 s on the base" in made.output.words
    assert not [note for note in report.notes if "12.3" in note]


def test_the_reader_is_told_that_the_base_was_run_and_what_was_lacking() -> None:
    made = played()
    made.repository.missing = ("2 submodules", "1 file of Git LFS")
    notes = outcome(made).report.notes
    assert "No stored snapshot of the base compares, so the suite was run there too." in notes
    assert "The base's suite was run without 2 submodules, 1 file of Git LFS." in notes


def test_a_run_on_the_base_that_counts_for_nothing_is_not_told_of() -> None:
    notes = outcome(played(MeasurementError("no pytest"))).report.notes
    assert not [note for note in notes if "base" in note]
