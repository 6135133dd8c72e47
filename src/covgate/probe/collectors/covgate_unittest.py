"""Outcomes of unittest: of `python -m unittest`, and of whatever else runs tests with TextTestRunner."""

from __future__ import annotations

import json
import time
import unittest
from pathlib import Path
from typing import Any

LONGEST_MESSAGE = 300
_WORST = ("", "skipped", "passed", "error", "failed")


def install(path: str) -> None:
    """From now on a run of TextTestRunner with its own result class writes its outcomes to the file at `path`."""
    original: Any = unittest.TextTestRunner.resultclass
    unittest.TextTestRunner.resultclass = type(original.__name__, (Recording, original), {"path": path})


class Recording(unittest.TestResult):
    """Mixed into a result class: writes a line of JSON for each test at `path`, and changes nothing.

    Shape:  `outermost` is the run that counts: a suite that tests a test runner runs others inside its own.
    """

    path = ""
    outermost: Recording | None = None
    _began: float | None = None
    _worst = ("", "")

    def startTestRun(self) -> None:  # noqa: N802  # unittest's names, here and below
        """A run begins."""
        if Recording.outermost is None:
            Recording.outermost = self
        super().startTestRun()

    def stopTestRun(self) -> None:  # noqa: N802
        """The run is over."""
        super().stopTestRun()
        if Recording.outermost is self:
            Recording.outermost = None

    def startTest(self, test: Any) -> None:  # noqa: N802
        """A test begins."""
        self._began, self._worst = time.perf_counter(), ("", "")
        super().startTest(test)

    def stopTest(self, test: Any) -> None:  # noqa: N802
        """A test is over."""
        super().stopTest(test)
        began, self._began = self._began, None
        if began is not None and self._worst[0]:
            self._record(test, *self._worst, time.perf_counter() - began)

    def addSuccess(self, test: Any) -> None:  # noqa: N802
        """It passed."""
        super().addSuccess(test)
        self._note(test, "passed")

    def addFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        """An assertion failed."""
        super().addFailure(test, err)
        self._note(test, "failed", _first_line(err))

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802
        """It broke: a failure as pytest counts, unless it happened outside a test."""
        super().addError(test, err)
        self._note(test, "failed" if isinstance(test, unittest.TestCase) else "error", _first_line(err))

    def addSkip(self, test: Any, reason: str) -> None:  # noqa: N802
        """It was skipped."""
        super().addSkip(test, reason)
        self._note(test, "skipped", reason)

    def addExpectedFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        """It failed as it should."""
        super().addExpectedFailure(test, err)
        self._note(test, "skipped", "expected failure")

    def addUnexpectedSuccess(self, test: Any) -> None:  # noqa: N802
        """It passed though it should fail."""
        super().addUnexpectedSuccess(test)
        self._note(test, "failed", "unexpected success")

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802
        """A part of it failed, or passed."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, "failed", _first_line(err))

    def _note(self, test: Any, outcome: str, message: str = "") -> None:
        """Remembers the worst that was said of the test, or writes it where no test is going on (`setUpClass`)."""
        if self._began is None:
            self._record(test, outcome, message, 0.0)
        elif _WORST.index(outcome) > _WORST.index(self._worst[0]):
            self._worst = (outcome, message)

    def _record(self, test: Any, outcome: str, message: str, seconds: float) -> None:
        if Recording.outermost not in (None, self):
            return
        told = message[:LONGEST_MESSAGE]
        line = {"name": test.id(), "when": "call", "outcome": outcome, "seconds": round(seconds, 6), "message": told}
        with Path(self.path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _first_line(err: Any) -> str:
    kind, error, _ = err
    return f"{kind.__name__}: {error}".strip().partition("\n")[0].rstrip(": ")
