"""What is not tested, and which of it is worth testing next."""

from dataclasses import dataclass

from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import MissedArc


def in_tests(path: str) -> bool:
    """Whether a file is in the project's tests, by its path."""
    *folders, name = path.split("/")
    return "tests" in folders or name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")


@dataclass(frozen=True, slots=True)
class Gap:
    """Missed statements and arcs of the change within one function, or at a module's top level.

    Shape:  `function` is the dotted name, "" at module level; `missed` holds first lines of missed changed statements;
            `lines` the same joined across blank and comment lines and to the ends of statements, for showing;
            `partial` are arcs never taken out of changed statements that did run; `of` counts the changed statements of
            that function; `unmeasured` says that nothing of the file ran.
    """

    path: str
    function: str
    missed: LineSet
    lines: LineSet
    partial: tuple[MissedArc, ...]
    of: Ratio
    unmeasured: bool = False

    @property
    def in_tests(self) -> bool:
        """Whether it is in the project's tests, by its path."""
        return in_tests(self.path)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one signal says of a gap: a number, and the words shown for it."""

    signal: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class RankedGap:
    """A gap with its place in the order and the reasons.

    Shape:  `after` is the change's line ratio once this gap's statements are covered; `passes` says that covering it
            turns every failed rule on changed lines green; `tests` is the test file that its test belongs into, which
            may not be there yet, "" where nobody looked.
    """

    gap: Gap
    score: float
    readings: tuple[Reading, ...]
    after: Ratio
    passes: bool = False
    tests: str = ""
    tests_exist: bool = False
