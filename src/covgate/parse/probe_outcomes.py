"""Outcomes as the collectors wrote them down, line by line → test cases."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from covgate.model.suite import Outcome, TestCase

MOST_LINES = 2_000_000
LONGEST_NAME = 2000
LONGEST_MESSAGE = 300
# Of several reports on one test the highest counts: its own failure is more to the point than what broke around it.
_WEIGHT = {Outcome.SKIPPED: 0, Outcome.PASSED: 1, Outcome.ERROR: 2, Outcome.FAILED: 3}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What is known of a suite's tests.

    Shape:  `cases` are in the order in which they first reported; `unfinished` is the last test that began and has no
            outcome, "" where all have one.
    """

    cases: tuple[TestCase, ...] = ()
    unfinished: str = ""


@dataclass(slots=True)
class _State:
    outcome: Outcome | None = None
    seconds: float = 0.0
    message: str = ""

    def add(self, outcome: Outcome | None, seconds: float, message: str) -> None:
        self.seconds += seconds
        if outcome and (self.outcome is None or _WEIGHT[outcome] > _WEIGHT[self.outcome]):
            self.outcome, self.message = outcome, message


def outcomes_from(lines: bytes) -> Outcomes:
    """The tests that the collectors' lines tell of.

    Shape:  a test that was run again counts once, by its last run.
    Errors: none; lines that are not the collectors' are passed over, for the suite may write into the file too.
    """
    states: dict[str, _State] = {}
    for name, when, outcome, seconds, message in _reports(lines):
        states.setdefault(name, _State()).add(_meaning(when, outcome), seconds, message)
    cases = tuple(
        TestCase(name, state.outcome, round(state.seconds, 6), state.message)
        for name, state in states.items()
        if state.outcome
    )
    unfinished = [name for name, state in states.items() if state.outcome is None]
    return Outcomes(cases, unfinished[-1] if unfinished else "")


def _meaning(when: str, outcome: str) -> Outcome | None:
    """What one phase's report says about the test; None where it leaves it open, as a rerun does."""
    if outcome == "failed":
        return Outcome.FAILED if when == "call" else Outcome.ERROR
    if outcome == "passed":
        return Outcome.PASSED if when == "call" else None
    return {"skipped": Outcome.SKIPPED, "error": Outcome.ERROR}.get(outcome)


def _reports(lines: bytes) -> Iterator[tuple[str, str, str, float, str]]:
    for line in lines.split(b"\n", MOST_LINES)[:MOST_LINES]:
        try:
            given = json.loads(line)
            name, when, outcome = given["name"], given["when"], given["outcome"]
            seconds, message = float(given["seconds"]), str(given["message"])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue
        if isinstance(name, str) and isinstance(when, str) and isinstance(outcome, str) and 0 <= seconds < 10**9:
            yield name[:LONGEST_NAME], when, outcome, seconds, message[:LONGEST_MESSAGE]
