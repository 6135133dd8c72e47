"""The project's gaps, and the plan that closes them."""

from dataclasses import dataclass
from fractions import Fraction

from covgate.model.gap import Reading
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import MissedArc


@dataclass(frozen=True, slots=True)
class FunctionGap:
    """What no test runs of one function, or of a module's top level.

    Shape:  `name` is the dotted name, "" at module level; `start` the line of its `def`, or of the first missed line;
            `missed` holds first lines; `lines` the same joined across blank and comment lines, for showing; `of` are
            its statements; `partial` are arcs never taken out of statements that did run.
    """

    name: str
    start: int
    missed: LineSet
    lines: LineSet
    of: Ratio
    partial: tuple[MissedArc, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class FileGap:
    """What no test runs of one file of the project, and why it is worth testing.

    Shape:  `line` counts its statements; `branch` its arcs; `tier` is the strategy's, 0 first; `score` orders within a
            tier, the highest first; `functions` have the most missed statements in front; `changed` says that the
            change touches the file.
    """

    path: str
    line: Ratio
    branch: Ratio
    missed: LineSet
    functions: tuple[FunctionGap, ...]
    readings: tuple[Reading, ...] = ()
    tier: int = 0
    score: float = 0.0
    changed: bool = False


@dataclass(frozen=True, slots=True)
class NearestTests:
    """Where a test of a file belongs.

    Shape:  `path` is a test file; `exists` says that it is there to be extended; `why` tells in words how it was found;
            `fixtures` are those of the nearest conftest files, by name.
    """

    path: str
    exists: bool
    why: str
    fixtures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file brought to its target.

    Shape:  `gain_lines` = max(0, ceil(target of its statements) − covered): halves round up, as no file reaches a
            target with half a statement; `gain_points` is what that adds to the project's line coverage; `functions`
            are the fewest of the gap's, the largest first, that hold so many statements; `estimate` says how many tests
            they take, roughly; `source` is the file's text before the suite ran, "" where it is not to be shown.
    Units:  percent and percentage points, exact.
    """

    gap: FileGap
    target: Fraction
    gain_lines: int
    gain_points: Fraction
    tests: NearestTests | None = None
    functions: tuple[FunctionGap, ...] = ()
    estimate: int = 0
    source: str = ""

    @property
    def after(self) -> Ratio:
        """The file's statements once the gain is made."""
        return Ratio(self.gap.line.covered + self.gain_lines, self.gap.line.total)


@dataclass(frozen=True, slots=True)
class Piece:
    """A function to be tested in a batch, or a part of one that takes more tests than a batch has.

    Shape:  `function` is "" for a module's top level; `tests` an estimate.
    """

    path: str
    function: str
    tests: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be tested in one sitting.

    Shape:  `tests` is an estimate of how many tests that takes, at most 20; `command` runs just those tests;
            `pieces` are the functions, those of a file together.
    """

    files: tuple[str, ...]
    tests: int
    command: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Wave:
    """Batches whose files belong together; `why` tells how (a package's name, or that they import each other)."""

    why: str
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to test next in the whole project, and what it will buy.

    Shape:  `files` in the strategy's order; `total` are the project's statements now; `notes` are remarks on what
            could not be known (a shallow clone has no churn); `enough` are the fewest functions, as (path, name), that
            turn the failed rules on the whole project green, none where no such rule failed or no set would do.
    """

    strategy: str
    target: Fraction
    files: tuple[PlannedFile, ...]
    total: Ratio
    waves: tuple[Wave, ...] = ()
    notes: tuple[str, ...] = ()
    enough: tuple[tuple[str, str], ...] = ()

    @property
    def after(self) -> Ratio:
        """The project's statements once all gains are made."""
        return Ratio(self.total.covered + self.gain_lines, self.total.total)

    @property
    def tests(self) -> int:
        """How many tests all of it takes: an estimate."""
        return sum(file.estimate for file in self.files)

    @property
    def gain_lines(self) -> int:
        """Statements that would be covered on top of those that are."""
        return sum(file.gain_lines for file in self.files)

    @property
    def gain_points(self) -> Fraction:
        """What that adds to the project's line coverage, in points."""
        return sum((file.gain_points for file in self.files), Fraction(0))


@dataclass(frozen=True, slots=True)
class Outlook:
    """The project's gaps and the plan, with what a reader must know of them.

    Shape:  `gaps` in the strategy's order, those at their target too; `sha` is the commit that was measured, "" where
            there is none, and `dirty` says that uncommitted changes were measured with it; `measured` tells in words
            where the numbers come from; `command` runs the whole suite, "" where nobody knows; `failing` says that the
            suite did not end well, so that the numbers are not the project's.
    """

    gaps: tuple[FileGap, ...]
    plan: Plan
    version: str
    sha: str = ""
    dirty: bool = False
    measured: str = ""
    command: str = ""
    failing: bool = False
    notes: tuple[str, ...] = ()
