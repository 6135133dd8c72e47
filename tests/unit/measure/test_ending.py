import pytest

from covgate.measure.command import understood
from covgate.measure.ending import Remains, span, suite_result
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase

PASSED = TestCase("a", Outcome.PASSED)
FAILED = TestCase("b", Outcome.FAILED)


def result(command: str, status: int, **remains: object) -> SuiteResult:
    return suite_result(understood(command), Remains(status, 1.0, **remains), 1800)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "status", "ending", "words"),
    [
        ("pytest", 0, Ending.PASSED, "The suite passed."),
        ("pytest", 5, Ending.NO_TESTS, "No tests were found."),
        ("python -m unittest", 5, Ending.FAILED, "The suite failed with exit code 5."),
        ("make", 5, Ending.FAILED, "The suite failed with exit code 5."),
        ("pytest", 3, Ending.CRASHED, "pytest had an internal error (exit code 3)."),
        ("make", 3, Ending.FAILED, "The suite failed with exit code 3."),
        ("make", 126, Ending.CRASHED, "The suite's command could not be executed (exit code 126)."),
        ("make", 127, Ending.CRASHED, "The suite's command was not found (exit code 127)."),
        ("pytest", -6, Ending.CRASHED, "The suite aborted (SIGABRT)."),
        ("pytest", -2, Ending.KILLED, "The suite was stopped by SIGINT."),
        ("pytest", -60, Ending.KILLED, "The suite was stopped by signal 60."),
    ],
)
def test_each_ending_has_words_of_its_own(command: str, status: int, ending: Ending, words: str) -> None:
    told = result(command, status)
    assert (told.ending, told.words, told.exit_code) == (ending, words, status)


def test_failed_tests_are_counted() -> None:
    assert result("pytest", 1, cases=(PASSED, FAILED, FAILED)).words == "2 tests of 3 failed."


def test_before_python_3_12_unittest_passes_without_tests() -> None:
    told = result("python -m unittest", 0, tail="\nRan 0 tests in 0.000s\n\nOK")
    assert told.ending is Ending.NO_TESTS


def test_a_test_that_says_so_in_its_output_is_not_believed() -> None:
    told = result("python -m unittest", 0, tail="Ran 0 tests in 0.000s", cases=(PASSED,))
    assert told.ending is Ending.PASSED


def test_a_time_out_comes_before_all_else() -> None:
    told = result("pytest", 2, timed_out=True, unfinished="t.py::slow")
    assert (told.ending, told.words) == (Ending.TIMEOUT, "The suite was stopped after 30 minutes, during `t.py::slow`.")


def test_a_runner_without_outcomes_is_not_counted() -> None:
    assert not result("make", 0).counted
    assert result("pytest", 0).counted
    assert not result("pytest", -9).counted


def test_spans_are_told_as_people_say_them() -> None:
    assert [span(1), span(90), span(60), span(1800)] == ["1 second", "90 seconds", "1 minute", "30 minutes"]
