"""Tests that came and went, and what a change did to each file of tests."""

import pytest
from tests.sketch import sketch

from covgate.compare.changed_tests import changed_tests, command_for
from covgate.compare.suite_delta import suite_delta
from covgate.model.comparison import SuiteDelta
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.suite import NOT_RUN, Ending, Outcome, SuiteResult, TestCase

A, B = "tests/test_a.py::test_one", "tests/test_a.py::test_two[x-1]"


def suite(
    *cases: str | TestCase, ending: Ending = Ending.PASSED, counted: bool = True, command: str = "pytest -q"
) -> SuiteResult:
    told = tuple(TestCase(case, Outcome.PASSED, 0.1) if isinstance(case, str) else case for case in cases)
    return SuiteResult(ending, command=command, cases=told, counted=counted)


def delta(before: SuiteResult, now: SuiteResult, *since: FileChange) -> SuiteDelta:
    found = suite_delta(before, now, since)
    assert found
    return found


def test_tests_are_added_and_removed_by_their_names_parameters_and_all() -> None:
    assert delta(suite(A, B), suite(A, "tests/test_a.py::test_two[x-2]")) == SuiteDelta(
        added=("tests/test_a.py::test_two[x-2]",), removed=(B,)
    )


def test_an_object_s_address_in_a_parameter_makes_no_other_test_of_it() -> None:
    before, now = (f"tests/test_a.py::test[<f at 0x7f{n:010x}>]" for n in (1, 2))
    assert delta(suite(before), suite(now)) == SuiteDelta()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tests/test_a.py::TestIt::test_one", "tests/unit/test_a.py::TestIt::test_one"),
        ("tests.test_a.TestIt.test_one", "tests.unit.test_a.TestIt.test_one"),
    ],
)
def test_a_test_that_moves_with_its_file_is_the_same_test(old: str, new: str) -> None:
    moved = FileChange("tests/unit/test_a.py", ChangeKind.RENAMED, old_path="tests/test_a.py")
    assert delta(suite(old), suite(new), moved) == SuiteDelta()
    assert delta(suite(old), suite(new)) == SuiteDelta((new,), (old,))


def test_a_suite_in_a_directory_calls_its_files_from_there() -> None:
    moved = FileChange("api/tests/unit/test_a.py", ChangeKind.RENAMED, old_path="api/tests/test_a.py")
    assert delta(suite(A), suite("tests/unit/test_a.py::test_one"), moved) == SuiteDelta()


def test_a_test_that_ran_and_is_skipped_is_newly_skipped() -> None:
    skipped = TestCase(A, Outcome.SKIPPED)
    assert delta(suite(A), suite(skipped)).newly_skipped == (A,)
    assert delta(suite(skipped), suite(skipped)).newly_skipped == ()


@pytest.mark.parametrize(
    ("then", "now", "slow"),
    [(0.5, 1.0, True), (0.51, 1.0, False), (0.4, 0.9, False), (0.0, 1.0, True), (3, 5.9, False)],
)
def test_a_test_is_newly_slow_from_a_second_and_twice_its_time_on(then: float, now: float, slow: bool) -> None:
    found = delta(suite(TestCase(A, Outcome.PASSED, then)), suite(TestCase(A, Outcome.PASSED, now)))
    assert found.newly_slow == (((A, then, now),) if slow else ())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (None, suite(A)),
        (suite(A), NOT_RUN),
        (suite(A), suite(counted=False)),
        (suite(A), suite(ending=Ending.CRASHED)),
        (suite(A, ending=Ending.TIMEOUT), suite(A)),
    ],
)
def test_nothing_is_told_where_the_tests_of_one_side_are_not_all_known(
    before: SuiteResult | None, now: SuiteResult
) -> None:
    assert suite_delta(before, now, ()) is None


CHANGE = sketch("""
    [src/a.py]
    +.  x = 1
    [tests/conftest.py]
    +.  y = 1
    [tests/test_a.py]
    ~.  def test_one(): pass
    [tests/test_old.py] deleted
    [tests/unit/test_c.py] was tests/test_c.py
""").diff


def test_each_changed_file_of_tests_has_its_tests_and_the_command_that_runs_it() -> None:
    before = suite(A, "tests/test_c.py::test_c", "tests/test_c.py::test_gone", "tests/test_old.py::test_old")
    now = suite(TestCase(A, Outcome.SKIPPED), B, "tests/unit/test_c.py::test_c", "tests/test_else.py::test_new")
    told = {file.path: file for file in changed_tests(CHANGE, now, before)}
    assert list(told) == ["tests/test_a.py", "tests/test_old.py", "tests/unit/test_c.py"]
    first, old, moved = told.values()
    assert (first.added, first.removed, first.skipped, first.command) == ((B,), (), (A,), "pytest tests/test_a.py")
    assert (old.kind, old.removed, old.command) == (ChangeKind.DELETED, ("tests/test_old.py::test_old",), "")
    assert (moved.was, moved.added, moved.removed) == ("tests/test_c.py", (), ("tests/test_c.py::test_gone",))


def test_the_tests_of_unittest_are_known_by_their_modules() -> None:
    now = suite("tests.test_a.TestIt.test_one", "test_c.TestC.test_c", command="python -m unittest discover")
    before = suite("tests.test_c.TestC.test_c")
    told = {file.path: file for file in changed_tests(CHANGE, now, before)}
    assert told["tests/test_a.py"].added == ("tests.test_a.TestIt.test_one",)
    assert told["tests/test_a.py"].command == "python -m unittest tests.test_a"


def test_without_the_base_s_tests_only_a_new_file_s_are_known_to_be_added() -> None:
    (told,) = changed_tests(sketch("[tests/test_a.py]\n+.  x = 1").diff, suite(A))
    assert (told.added, told.removed) == ((A,), None)
    (told,) = changed_tests(sketch("[tests/test_a.py]\n~.  x = 1").diff, suite(A))
    assert (told.added, told.removed) == (None, None)


def test_a_file_that_holds_tests_under_another_name_is_found_by_them() -> None:
    change = sketch("[checks/prices.py]\n~.  x = 1\n[src/prices.py]\n~.  x = 1").diff
    assert [file.path for file in changed_tests(change, suite("checks/prices.py::check_it"))] == ["checks/prices.py"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pytest", "pytest tests/test_a.py"),
        ("pytest -n auto --cov=src tests", "pytest tests/test_a.py"),
        ("python -m pytest -x", "python -m pytest tests/test_a.py"),
        (".venv/bin/python3.12 -m pytest", ".venv/bin/python3.12 -m pytest tests/test_a.py"),
        ("python -m unittest discover -s tests", "python -m unittest tests.test_a"),
        ("tox -e py", ""),
        ("", ""),
    ],
)
def test_the_command_for_one_file_is_that_of_the_suite_without_its_options(command: str, expected: str) -> None:
    assert command_for("tests/test_a.py", suite(A, command=command)) == expected


def test_the_command_names_a_file_as_its_suite_does_and_no_shell_mistakes_it() -> None:
    assert command_for("api/tests/test_a.py", suite(A)) == "pytest tests/test_a.py"
    assert command_for("tests/test $(x).py", suite(A)) == "pytest 'tests/test $(x).py'"
