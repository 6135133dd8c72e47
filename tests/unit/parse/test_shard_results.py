"""Several shards' outcomes as one suite's."""

from covgate.model.shard import Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.shard_results import repeated, times, united


def shard(name: str, ending: Ending = Ending.PASSED, *cases: TestCase, seconds: float = 1.0, words: str = "") -> Shard:
    suite = SuiteResult(ending, words, f"pytest {name}", 0, seconds, cases, counted=True)
    return Shard(name, "3f" * 20, suite, Origin("coverage.py"), "")


def case(name: str, outcome: Outcome = Outcome.PASSED, seconds: float = 0.1) -> TestCase:
    return TestCase(name, outcome, seconds, outcome.value)


def test_all_tests_of_all_shards_count() -> None:
    suite = united([shard("a", Ending.PASSED, case("one"), case("two")), shard("b", Ending.PASSED, case("three"))])
    assert [one.name for one in suite.cases] == ["one", "two", "three"]
    assert suite.ending is Ending.PASSED
    assert suite.counted


def test_a_test_that_two_shards_ran_counts_once_with_its_worst_outcome() -> None:
    shards = [
        shard("a", Ending.PASSED, case("one"), case("two", Outcome.SKIPPED)),
        shard("b", Ending.FAILED, case("one", Outcome.FAILED), case("two")),
    ]
    assert {one.name: one.outcome for one in united(shards).cases} == {"one": Outcome.FAILED, "two": Outcome.PASSED}
    assert repeated(shards) == "2 tests ran in more than one shard: each counts once, by its worst outcome."


def test_nothing_is_said_of_repetitions_where_there_are_none() -> None:
    assert repeated([shard("a", Ending.PASSED, case("one")), shard("b", Ending.PASSED, case("two"))]) == ""


def test_one_failed_shard_fails_the_whole_and_is_named() -> None:
    shards = [shard("a"), shard("b", Ending.FAILED, case("t", Outcome.FAILED), words="1 test of 1 failed.")]
    suite = united(shards)
    assert suite.broken
    assert (suite.ending, suite.words, suite.command) == (
        Ending.FAILED,
        "In shard `b`: 1 test of 1 failed.",
        "pytest b",
    )
    assert [failure.name for failure in suite.failures] == ["t"]


def test_a_killed_shard_is_worse_than_a_failed_one() -> None:
    shards = [shard("a", Ending.FAILED, words="f."), shard("b", Ending.KILLED, words="k.")]
    assert united(shards).ending is Ending.KILLED
    assert united(shards).words == "In shard `a`: f. In shard `b`: k."


def test_a_shard_without_tests_is_no_shard_that_passed() -> None:
    assert united([shard("a"), shard("b", Ending.NO_TESTS)]).broken


def test_the_suite_takes_as_long_as_its_longest_shard_and_the_sum_is_told() -> None:
    shards = [shard("a", seconds=30.0), shard("b", seconds=45.5)]
    assert united(shards).seconds == 45.5
    assert times(shards) == "The 2 shards took 1 min 15 s together, the longest of them, `b`, 45.5 s."
    assert united(shards).words == times(shards)


def test_what_one_runner_does_not_count_is_not_counted() -> None:
    uncounted = SuiteResult(Ending.PASSED, "The suite passed.", "make test", 0, 1.0)
    other = Shard("b", "3f" * 20, uncounted, Origin("coverage.py"), "")
    assert not united([shard("a", Ending.PASSED, case("one")), other]).counted
