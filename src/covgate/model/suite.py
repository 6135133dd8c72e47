"""How the suite ended."""

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What became of one test; `error` is a failure outside the test's own body."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"


class Ending(Enum):
    """How the suite as a whole ended; each has its own words for the reader (`measure/ending.py`)."""

    PASSED = "passed"
    FAILED = "failed"
    NO_TESTS = "no tests"
    CRASHED = "crashed"
    KILLED = "killed"
    TIMEOUT = "timeout"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test.

    Shape:  `message` is the first line of what went wrong, or of the reason for a skip.
    Units:  seconds of set-up, call and tear-down together.
    """

    __test__ = False

    name: str
    outcome: Outcome
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """Outcomes of a run of the suite.

    Shape:  `cases` is empty where the runner reports none (`counted` is False then); `words` tells the ending in a
            sentence; `exit_code` is the command's own, negative for a signal, None where nothing was run.
    Units:  wall-clock seconds.
    """

    ending: Ending
    words: str = ""
    command: str = ""
    exit_code: int | None = None
    seconds: float = 0.0
    cases: tuple[TestCase, ...] = ()
    counted: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many tests ended so."""
        return sum(case.outcome is outcome for case in self.cases)

    @property
    def failures(self) -> tuple[TestCase, ...]:
        """Tests that failed or broke."""
        return tuple(case for case in self.cases if case.outcome in (Outcome.FAILED, Outcome.ERROR))

    @property
    def slowest(self) -> tuple[TestCase, ...]:
        """The ten slowest tests, slowest first."""
        return tuple(sorted(self.cases, key=lambda case: (-case.seconds, case.name))[:10])

    @property
    def broken(self) -> bool:
        """Whether a gate cannot be trusted to these numbers: the suite did not end well."""
        return self.ending not in (Ending.PASSED, Ending.NOT_RUN)


NOT_RUN = SuiteResult(Ending.NOT_RUN, "The suite was not run here; its coverage was given.")
