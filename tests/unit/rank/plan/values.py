"""Gaps as the ranking makes them, in short."""

from collections.abc import Mapping, Sequence

from covgate.model.lines import LineSet
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, Origin, Snapshot
from covgate.model.sources import Sources

ORIGIN = Origin("coverage.py", "7.17.3", "3.14.0", "sysmon")


def measured(path: str, statements: int, missed: int) -> FileCoverage:
    """A file whose first statements ran."""
    lines = LineSet.of(range(1, statements + 1))
    return FileCoverage(path, lines, LineSet.of(range(1, statements - missed + 1)))


def gap_of(file: FileCoverage, functions: Sequence[FunctionGap] = ()) -> FileGap:
    """The file's gap; all of it one function's where none are given."""
    found = tuple(functions) or (function("run", file.missed),)
    return FileGap(file.path, file.line, file.branch, file.missed, found)


def function(name: str, missed: LineSet) -> FunctionGap:
    """A function of which nothing ran."""
    start = missed.ranges[0][0] - 1 if missed else 1
    return FunctionGap(name, max(start, 1), missed, missed, Ratio(0, len(missed)))


def snapshot(*files: FileCoverage, has_branches: bool = True) -> Snapshot:
    """These files measured."""
    origin = Origin(ORIGIN.tool, ORIGIN.version, ORIGIN.python, ORIGIN.core, has_branches)
    return Snapshot(tuple(sorted(files, key=lambda file: file.path)), origin)


def sources(files: Mapping[str, str]) -> Sources:
    """A repository of these files."""
    return Sources({path: text.encode() for path, text in files.items()})
