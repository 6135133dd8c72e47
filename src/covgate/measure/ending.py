"""How the suite ended, in words, from what its process left behind."""

import re
import signal
from dataclasses import dataclass

from covgate.measure.command import Command, Kind
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase

_NO_UNITTESTS = re.compile(r"^(Ran 0 tests in |NO TESTS RAN)", re.MULTILINE)
_PYTEST_NO_TESTS = 5
_PYTEST_ENDINGS = {
    2: (Ending.CRASHED, "pytest was interrupted, most often because test files could not be collected (exit code 2)."),
    3: (Ending.CRASHED, "pytest had an internal error (exit code 3)."),
    4: (Ending.CRASHED, "pytest did not understand its options (exit code 4)."),
}
_SIGNALS = {
    signal.SIGKILL: (Ending.KILLED, "The suite was killed (SIGKILL), often because memory ran out."),
    signal.SIGSEGV: (Ending.CRASHED, "The suite crashed: segmentation fault (SIGSEGV)."),
    signal.SIGABRT: (Ending.CRASHED, "The suite aborted (SIGABRT)."),
    signal.SIGBUS: (Ending.CRASHED, "The suite crashed: bus error (SIGBUS)."),
    signal.SIGFPE: (Ending.CRASHED, "The suite crashed: arithmetic error (SIGFPE)."),
    signal.SIGILL: (Ending.CRASHED, "The suite crashed: illegal instruction (SIGILL)."),
}
_COMMAND_NOT_FOUND = 127
_NOT_EXECUTABLE = 126
_UNSTARTED = {
    _COMMAND_NOT_FOUND: "the suite's command was not found (exit code 127)",
    _NOT_EXECUTABLE: "the suite's command could not be executed (exit code 126)",
}


@dataclass(frozen=True, slots=True)
class Remains:
    """What a finished suite left behind.

    Shape:  `status` is the exit code, or a signal's number as a negative one; `cases` are the outcomes written down,
            `unfinished` the test that was going on, "" where none was; `tail` the last lines of output.
    Units:  seconds.
    """

    status: int
    seconds: float
    timed_out: bool = False
    cases: tuple[TestCase, ...] = ()
    unfinished: str = ""
    tail: str = ""


def suite_result(command: Command, remains: Remains, timeout_seconds: int) -> SuiteResult:
    """The suite's result, with its ending told in a sentence."""
    ending, words = _ending(command, remains, timeout_seconds)
    return SuiteResult(
        ending=ending,
        words=words,
        command=command.text,
        exit_code=remains.status,
        seconds=remains.seconds,
        cases=remains.cases,
        counted=bool(remains.cases) or (bool(command.runner) and ending in (Ending.PASSED, Ending.NO_TESTS)),
    )


def unstarted(command: Command, remains: Remains) -> str:
    """Why the suite never began, "" where it may have: nothing that it measured can be the project's then.

    Source: a shell's exit codes; coverage.py's words for a module that is not there.
    """
    if remains.cases or remains.timed_out:
        return ""
    if command.kind is Kind.SHELL:
        return _UNSTARTED.get(remains.status, "")
    missing = re.compile(rf"No module named '?{re.escape(command.target)}\b")
    if command.kind is Kind.MODULE and remains.status == 1 and missing.match(remains.tail.strip().rpartition("\n")[2]):
        return f"the suite's Python has no module `{command.target}` that can be run"
    return ""


def _ending(command: Command, remains: Remains, timeout_seconds: int) -> tuple[Ending, str]:
    if remains.timed_out:
        return Ending.TIMEOUT, f"The suite was stopped after {span(timeout_seconds)}{_during(remains)}."
    if remains.status < 0:
        ending, words = _by_signal(-remains.status)
        return ending, _with(words, remains)
    if _without_tests(command, remains):
        return Ending.NO_TESTS, "No tests were found."
    if remains.status == 0:
        return Ending.PASSED, "The suite passed."
    if command.runner == "pytest" and remains.status in _PYTEST_ENDINGS:
        return _PYTEST_ENDINGS[remains.status]
    return _failed(remains)


def _by_signal(number: int) -> tuple[Ending, str]:
    if number in _SIGNALS:
        return _SIGNALS[signal.Signals(number)]
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    return Ending.KILLED, f"The suite was stopped by {name}."


def _without_tests(command: Command, remains: Remains) -> bool:
    if command.runner == "pytest":
        return remains.status == _PYTEST_NO_TESTS
    # Before Python 3.12 unittest passes where it finds nothing.
    none_ran = bool(_NO_UNITTESTS.search(remains.tail)) and not remains.cases
    return command.runner == "unittest" and remains.status in (0, _PYTEST_NO_TESTS) and none_ran


def _failed(remains: Remains) -> tuple[Ending, str]:
    broken = sum(case.outcome in (Outcome.FAILED, Outcome.ERROR) for case in remains.cases)
    if broken:
        return Ending.FAILED, f"{_count(broken, 'test')} of {len(remains.cases)} failed."
    if remains.status == _COMMAND_NOT_FOUND:
        return Ending.CRASHED, "The suite's command was not found (exit code 127)."
    if remains.status == _NOT_EXECUTABLE:
        return Ending.CRASHED, "The suite's command could not be executed (exit code 126)."
    if remains.unfinished:
        return Ending.CRASHED, f"The suite ended with exit code {remains.status}{_during(remains)}."
    return Ending.FAILED, f"The suite failed with exit code {remains.status}."


def _with(words: str, remains: Remains) -> str:
    return f"{words.removesuffix('.')}{_during(remains)}."


def _during(remains: Remains) -> str:
    return f", during `{remains.unfinished}`" if remains.unfinished else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def span(seconds: int) -> str:
    """A time limit as people say it: "30 minutes", "90 seconds"."""
    if seconds >= 60 and seconds % 60 == 0:  # noqa: PLR2004  # seconds of a minute
        return _count(seconds // 60, "minute")
    return _count(seconds, "second")
