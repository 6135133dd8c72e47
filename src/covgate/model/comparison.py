"""The change's coverage, and the project's before and after."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from covgate.model.diff import ChangeKind, Diff, FileChange
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Region, Snapshot
from covgate.model.suite import SuiteResult
from covgate.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Known:
    """A snapshot of the base, or of the nearest of its ancestors that has one.

    Shape:  `behind` counts the base's commits since `sha`, 0 where that is the base; `since` is what changed from `sha`
            to the head's tree where `sha` is not the base, else None; `suite` is how the suite ended there, None where
            that is not known; `covgate` the version that measured it, "" where not known; `remarks` tell of what was
            passed over on the way to it.
    """

    snapshot: Snapshot
    sha: str
    source: Literal["data branch", "rerun", "file"]
    behind: int = 0
    since: tuple[FileChange, ...] | None = None
    suite: SuiteResult | None = None
    covgate: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """No snapshot of the base, and why: shown as n/a, never as 0."""

    reason: str


Baseline = Known | Missing


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """Coverage of what a change did to one file.

    Shape:  `statements`, `missed` and `excluded` hold first lines of the head; a statement belongs to the change when
            any of its physical lines was added or rewritten; `beyond` are those of `statements` that no tool counts
            which looks at first lines only (a continuation line changed); `branches` are those out of these statements.
            `now` is the whole file; `before` the whole file at the base, where a baseline knows it.
            `unmeasured` says that coverage never saw the file: every statement is missed.
    """

    path: str
    kind: ChangeKind
    statements: LineSet
    missed: LineSet
    branches: tuple[Branch, ...]
    now: FileCoverage
    old_path: str | None = None
    beyond: LineSet = NO_LINES
    excluded: LineSet = NO_LINES
    unmeasured: bool = False
    before: FileCoverage | None = None

    @property
    def line(self) -> Ratio:
        """Changed statements run of changed statements."""
        return Ratio(len(self.statements) - len(self.missed), len(self.statements))

    @property
    def branch(self) -> Ratio:
        """Arcs taken of arcs out of changed statements."""
        return sum((branch.ratio for branch in self.branches), NOTHING)

    @property
    def combined(self) -> Ratio:
        """Statements and arcs together."""
        return self.line + self.branch

    @property
    def partial(self) -> tuple[MissedArc, ...]:
        """Arcs never taken out of changed statements that did run."""
        return tuple(arc for branch in self.branches if branch.line not in self.missed for arc in branch.missed)

    @property
    def never_ran(self) -> bool:
        """Whether nothing of the file ran at all: no test imports it, measured or not."""
        return not self.now.executed

    @property
    def regions(self) -> tuple[Region, ...]:
        """Functions and classes of the whole file."""
        return self.now.regions


@dataclass(frozen=True, slots=True)
class DiffCoverage:
    """Coverage of the lines that a change added or rewrote.

    Shape:  `files` holds the changed files with at least one changed statement or branch, sorted by path; `left_out`
            the changed Python files that count nowhere, with the reason; `reason` says why there is nothing to measure
            where `files` is empty.
    """

    files: tuple[ChangedFile, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""

    @property
    def line(self) -> Ratio:
        """Changed statements run of changed statements."""
        return sum((file.line for file in self.files), NOTHING)

    @property
    def branch(self) -> Ratio:
        """Arcs taken of arcs out of changed statements."""
        return sum((file.branch for file in self.files), NOTHING)

    @property
    def combined(self) -> Ratio:
        """Statements and arcs together."""
        return self.line + self.branch


@dataclass(frozen=True, slots=True)
class FileDelta:
    """A measured file now, and at the base where a baseline knows it.

    Shape:  `was` is the path at the base where the change renamed the file.
    """

    now: FileCoverage
    before: FileCoverage | None = None
    was: str | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class IndirectChange:
    """Cover that moved on lines which the change did not write.

    Shape:  `was` is the path at the baseline where it was another; `lost` ran there and no longer does, `gained` the
            other way round, both in first lines of the head; `changed` says that the change touches the file.
    """

    path: str
    lost: LineSet
    gained: LineSet
    was: str | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SuiteDelta:
    """What became of the tests since the baseline.

    Shape:  names of tests as their runner gives them, sorted; `newly_slow` has seconds before and now.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    newly_skipped: tuple[str, ...] = ()
    newly_slow: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """The files of the project that one file of tests is known to run something of.

    Shape:  `now` are the statements of these files that the whole suite covers, `before` the same at the baseline, and
            `anew` how many of them run now and did not before; both None without a baseline.
    """

    files: int
    now: Ratio
    before: Ratio | None = None
    anew: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedTests:
    """What a change did to one file of tests.

    Shape:  `added`, `removed` and `skipped` (now, and not before) are names of tests, None where the tests of one side
            are not known; `command` runs this file alone, "" for a deleted one or where the runner is not known; `was`
            is its path at the base, where another; `reach` is None where no contexts were recorded of its tests.
    """

    path: str
    kind: ChangeKind
    added: tuple[str, ...] | None = None
    removed: tuple[str, ...] | None = None
    skipped: tuple[str, ...] | None = None
    command: str = ""
    was: str | None = None
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """How a ratio came from the baseline's to the head's, in three steps.

    Shape:  `drifted` is the baseline's with all that moved elsewhere than in the change's own lines; `pruned` the same
            without what the change deletes; `now` is the head's: that with what the change wrote in place of what it
            rewrote.
    Units:  percentage points; the three steps add up to `points` exactly. None where a side has nothing to cover.
    """

    before: Ratio
    drifted: Ratio
    pruned: Ratio
    now: Ratio

    @property
    def points(self) -> Fraction | None:
        """From the baseline to the head."""
        return _step(self.before, self.now)

    @property
    def elsewhere(self) -> Fraction | None:
        """By lines that the change did not write."""
        return _step(self.before, self.drifted)

    @property
    def deletions(self) -> Fraction | None:
        """By lines that the change took away and wrote nothing for."""
        return _step(self.drifted, self.pruned)

    @property
    def written(self) -> Fraction | None:
        """By lines that the change added or rewrote."""
        return _step(self.pruned, self.now)


def _step(before: Ratio, after: Ratio) -> Fraction | None:
    return None if before.percent is None or after.percent is None else after.percent - before.percent


@dataclass(frozen=True, slots=True)
class Movements:
    """Statements and branches of the whole project since the baseline."""

    line: Movement
    branch: Movement


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the rules, the ranking and the renderers need of head against base.

    Shape:  `deleted` are files of the baseline that the head has no more, by their paths there; `vanished` those that
            are still there, and that nobody measured; `unmapped` are paths of files that differ though nothing is known
            to have changed in them, so that no line of theirs is compared; `tests` is None where the tests of one side
            are not known; `changed_tests` are the files of tests that the change touches, sorted by path; `traces`
            and `movements` are empty and None without a baseline; `elsewhere`, of a component's part, is what the
            change does outside of it.
    """

    diff: Diff
    head: Snapshot
    baseline: Baseline
    coverage: DiffCoverage
    files: tuple[FileDelta, ...]
    indirect: tuple[IndirectChange, ...] = ()
    deleted: tuple[FileCoverage, ...] = ()
    tests: SuiteDelta | None = None
    vanished: tuple[FileCoverage, ...] = ()
    unmapped: tuple[str, ...] = ()
    changed_tests: tuple[ChangedTests, ...] = ()
    movements: Movements | None = None
    traces: tuple[Trace, ...] = ()
    elsewhere: tuple[FileChange, ...] = ()

    @property
    def since(self) -> tuple[FileChange, ...]:
        """What changed from the baseline's commit to the head: more than the change where the baseline is older."""
        known = self.baseline.since if isinstance(self.baseline, Known) else None
        return self.diff.files if known is None else known
