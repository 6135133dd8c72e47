"""What is said of one shard."""

from covgate.model.report import Links
from covgate.model.shard import Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.render.shards import shard_summary, shard_text

PASSED = SuiteResult(
    Ending.PASSED, "The suite passed.", "pytest", 0, 61.0, (TestCase("a", Outcome.PASSED),) * 3, counted=True
)
FAILED = SuiteResult(
    Ending.FAILED,
    "1 test of 3 failed.",
    "pytest",
    1,
    2.0,
    (TestCase("tests/test_a.py::test_<b>", Outcome.FAILED, 1.0, "assert 1 == 2\n::error::x"),),
    counted=True,
)


def shard(suite: SuiteResult) -> Shard:
    files = (("src/a.py", "ab" * 32),)
    return Shard("unit", "3f" * 20, suite, Origin("coverage.py"), "cd" * 32, files)


def test_a_shard_that_passed_is_told_in_three_lines_without_a_percentage() -> None:
    assert shard_text(shard(PASSED)) == (
        "covgate: shard unit: 3 tests passed, 1 min 1 s\n"
        "  Written: coverage.unit.data and results.unit.json, with the coverage of 1 file.\n"
        "  No verdict is given here: that is for the run with mode: report, once all shards have reported.\n"
    )


def test_the_summary_says_that_the_verdict_is_given_elsewhere() -> None:
    text = shard_summary(shard(PASSED), Links(), ("`suite.shards` names no shards.",))
    assert text.startswith("### ✅ Shard <code>unit</code>: 3 tests passed, 1 min 1 s\n")
    assert "No verdict is given here" in text
    assert "names no shards" in text
    assert "%" not in text


def test_failures_are_listed_and_command_nothing() -> None:
    log, summary = shard_text(shard(FAILED)), shard_summary(shard(FAILED), Links())
    assert log.startswith("covgate: shard unit: 1 test of 3 failed\n")
    assert "\n  tests/test_a.py::test_<b>: assert 1 == 2␊::error::x\n" in log
    assert summary.startswith("### ❌ Shard")
    assert "<b>" not in summary
