"""What was covered: per file, and in sum. Numbers add up to those of `coverage json`."""

from dataclasses import dataclass, replace
from typing import Literal

from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import NOTHING, Ratio


@dataclass(frozen=True, slots=True)
class MissedArc:
    """A way out of a branching line that no test took.

    Units:  1-based lines; `to` is negative where the way leaves the function or module (coverage.py's convention).
    Shape:  `words` is for readers and holds Markdown code spans, as in "`if retries` never False".
    """

    line: int
    to: int
    words: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branching statement: the number of its ways out, and those never taken."""

    line: int
    exits: int
    missed: tuple[MissedArc, ...] = ()

    @property
    def ratio(self) -> Ratio:
        """Ways taken of ways out."""
        return Ratio(self.exits - len(self.missed), self.exits)


@dataclass(frozen=True, slots=True)
class Region:
    """A function or class.

    Shape:  `lines` are its own lines, without nested functions; `start` is the line of `def` or `class`.
    Source: coverage.py's code regions.
    """

    kind: Literal["function", "class"]
    name: str
    start: int
    lines: LineSet


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """One file's statements and what was run of them.

    Shape:  `statements`, `executed` and `excluded` hold first lines; `executed` is a part of `statements`;
            `spans` are the (first, last) physical lines of statements longer than a line, sorted and disjoint;
            `branches` are sorted by line; `reached_by` are test files, or the modules of tests, with the number of
            statements that their tests run, the most first: only where contexts were recorded, and never all.
    Units:  lines are 1-based; `path` is relative to the repository with forward slashes.
    Source: coverage.py's Analysis.
    """

    path: str
    statements: LineSet
    executed: LineSet
    excluded: LineSet = NO_LINES
    spans: tuple[tuple[int, int], ...] = ()
    branches: tuple[Branch, ...] = ()
    regions: tuple[Region, ...] = ()
    sha256: str | None = None
    reached_by: tuple[tuple[str, int], ...] = ()

    @property
    def missed(self) -> LineSet:
        """First lines of the statements that were never run."""
        return self.statements - self.executed

    @property
    def line(self) -> Ratio:
        """Statements run of statements."""
        return Ratio(len(self.executed), len(self.statements))

    @property
    def branch(self) -> Ratio:
        """Arcs taken of arcs out of branching lines."""
        return sum((branch.ratio for branch in self.branches), NOTHING)

    @property
    def combined(self) -> Ratio:
        """coverage.py's total: statements and branches together."""
        return self.line + self.branch

    def first_lines(self, lines: LineSet) -> LineSet:
        """`lines` with each line of a multi-line statement replaced by the statement's first line."""
        touched = [(first, last) for first, last in self.spans if lines.touches(first, last)]
        if not touched:
            return lines
        return (lines - LineSet.spanning(touched)) | LineSet.of(first for first, _ in touched)

    def narrow(self, lines: LineSet) -> "FileCoverage":
        """The same file, of which only the statements and branches that begin on `lines` count."""
        return replace(
            self,
            statements=self.statements & lines,
            executed=self.executed & lines,
            branches=tuple(branch for branch in self.branches if branch.line in lines),
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Who measured: numbers compare only between snapshots of the same origin.

    Shape:  versions as their programs print them; `core` is coverage.py's measuring core ("ctrace", "sysmon", …)
            or "" where a foreign report does not say; `exclusions` are the effective settings that decide what counts,
            as sorted (key, value) pairs.
    """

    tool: str
    version: str = ""
    python: str = ""
    core: str = ""
    has_branches: bool = True
    exclusions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that counts nowhere, and the reason a reader is given.

    Shape:  `unknown` says that it ought to count, and nobody can tell what is in it.
    """

    path: str
    reason: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class PathMapping:
    """A path in a report made elsewhere, and the file of this repository that it was taken for."""

    given: str
    path: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that was measured.

    Shape:  `files` are sorted by path; `unmeasured` are changed files that coverage never saw, with their statements
            and nothing executed: they count for the change and never for the total; `left_out` are changed files that
            the configuration excludes or that cannot be parsed; `notes` are remarks for the reader.
    """

    files: tuple[FileCoverage, ...]
    origin: Origin
    unmeasured: tuple[FileCoverage, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mapped: tuple[PathMapping, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> Ratio:
        """Statements run of statements, over all files."""
        return sum((file.line for file in self.files), NOTHING)

    @property
    def branch(self) -> Ratio:
        """Arcs taken of arcs, over all files."""
        return sum((file.branch for file in self.files), NOTHING)

    @property
    def combined(self) -> Ratio:
        """coverage.py's total."""
        return self.line + self.branch

    def file(self, path: str) -> FileCoverage | None:
        """The measured file of this path."""
        return next((file for file in self.files if file.path == path), None)
