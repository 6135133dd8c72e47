import signal
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from tests.scenario.measuring import PYTEST_TEST, UNITTEST_TEST, measure, shop

from covgate.errors import MeasurementError
from covgate.model.suite import Ending, Outcome

SOURCE = "[coverage:run]\nsource = shop\n[tool:pytest]\npythonpath = .\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shop(tmp_path / "project", {"setup.cfg": SOURCE, "test_cart.py": PYTEST_TEST})


def add(root: Path, test: str) -> None:
    (root / "test_other.py").write_text(test, encoding="utf-8")


def is_running(process: int) -> bool:
    """A process that is there and not only waits for somebody to ask how it ended."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_failing_tests_are_named_with_what_went_wrong_and_their_coverage_is_kept(root: Path) -> None:
    wrong = "def test_wrong():\n    assert 1 + 1 == 3, 'sums'\n"
    add(root, wrong + "\ndef test_skip():\n    import pytest\n    pytest.skip('why')\n")
    measurement = measure(root, "pytest")
    assert measurement.result.ending is Ending.FAILED
    assert measurement.result.words == "1 test of 3 failed."
    assert measurement.result.exit_code == 1
    (failure,) = measurement.result.failures
    assert (failure.name, failure.message) == ("test_other.py::test_wrong", "AssertionError: sums")
    assert [case.message for case in measurement.result.cases if case.outcome is Outcome.SKIPPED] == ["why"]
    assert measurement.snapshot.line.covered > 0


def test_a_file_that_cannot_be_collected_is_no_failed_test_but_a_crash(root: Path) -> None:
    add(root, "import nowhere\n")
    result = measure(root, "pytest").result
    assert result.ending is Ending.CRASHED
    assert "could not be collected" in result.words
    assert [case.name for case in result.cases if case.outcome is Outcome.ERROR] == ["test_other.py"]


def test_wrong_options_are_told_as_such(root: Path) -> None:
    assert "did not understand its options" in measure(root, "pytest --no-such-option").result.words


def test_no_tests_collected_is_an_ending_of_its_own(root: Path) -> None:
    result = measure(root, "pytest -k nothing_matches").result
    assert (result.ending, result.words) == (Ending.NO_TESTS, "No tests were found.")


def test_unittest_without_tests_is_told_too(root: Path) -> None:
    assert measure(root, "python -m unittest discover -s shop").result.ending is Ending.NO_TESTS


def test_failures_of_unittest_are_counted(root: Path) -> None:
    add(root, dedent(UNITTEST_TEST).replace(", 3)", ", 4)"))
    result = measure(root, "python -m unittest test_other").result
    assert (result.ending, result.words) == (Ending.FAILED, "1 test of 1 failed.")
    assert result.failures[0].message == "AssertionError: 3 != 4"


def test_a_process_that_leaves_through_the_back_door_names_the_test_it_left_in(root: Path) -> None:
    add(root, "import os\n\ndef test_exit():\n    os._exit(7)\n")
    result = measure(root, "pytest").result
    assert result.ending is Ending.CRASHED
    assert result.words == "The suite ended with exit code 7, during `test_other.py::test_exit`."
    assert [case.name for case in result.cases] == ["test_cart.py::test_a_total_is_the_sum"]


@pytest.mark.parametrize(
    ("number", "ending", "words"),
    [
        (signal.SIGSEGV, Ending.CRASHED, "The suite crashed: segmentation fault (SIGSEGV)"),
        (signal.SIGKILL, Ending.KILLED, "The suite was killed (SIGKILL), often because memory ran out"),
        (signal.SIGTERM, Ending.KILLED, "The suite was stopped by SIGTERM"),
    ],
)
def test_a_signal_is_told_by_its_name(root: Path, number: signal.Signals, ending: Ending, words: str) -> None:
    add(root, f"import os\n\ndef test_signal():\n    os.kill(os.getpid(), {int(number)})\n")
    measurement = measure(root, "pytest -p no:faulthandler")
    assert measurement.result.ending is ending
    assert measurement.result.words == f"{words}, during `test_other.py::test_signal`."
    assert measurement.result.exit_code == -number


def test_a_suite_that_hangs_is_stopped_with_all_it_started_and_keeps_its_coverage(root: Path) -> None:
    child = root.parent / "child.pid"
    add(
        root,
        "import pathlib, subprocess, sys, threading\n\ndef test_hang():\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"    pathlib.Path({str(child)!r}).write_text(str(child.pid))\n"
        "    threading.Event().wait()\n",
    )
    measurement = measure(root, "pytest", timeout_seconds=12)
    assert measurement.result.ending is Ending.TIMEOUT
    assert measurement.result.words == "The suite was stopped after 12 seconds, during `test_other.py::test_hang`."
    assert measurement.snapshot.line.covered > 0
    assert not is_running(int(child.read_text()))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("no-such-command --at-all", "the suite's command was not found"),
        ("./shop/cart.py", "the suite's command could not be executed"),
        ("python -m no_such_module", "no module `no_such_module`"),
        ("python -m shop", "no module `shop` that can be run"),
    ],
)
def test_a_command_that_does_not_exist_is_an_error_and_no_failing_suite(root: Path, command: str, words: str) -> None:
    with pytest.raises(MeasurementError, match=words) as caught:
        measure(root, command)
    assert (caught.value.where, "`suite.command`" in caught.value.hint) == (command, True)


def test_a_command_that_is_missing_after_tests_have_run_is_a_failing_suite(root: Path) -> None:
    result = measure(root, f"{sys.executable} -m pytest && no-such-command").result
    assert (result.ending, result.words) == (Ending.CRASHED, "The suite's command was not found (exit code 127).")


def test_a_python_without_coverage_is_told_how_to_get_it(root: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    with pytest.raises(MeasurementError, match="coverage is not installed in") as caught:
        measure(root, "pytest", python=str(bare))
    assert "-m pip install coverage" in caught.value.hint
