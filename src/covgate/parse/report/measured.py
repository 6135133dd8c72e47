"""Coverage of files from the counts and missed lines of report.json.

Which lines were missed is told there; of those that ran there is only the number. They are given the first numbers that
are free, which nobody is shown.
"""

from collections.abc import Iterable, Iterator, Mapping

from covgate.model.comparison import ChangedFile, FileDelta
from covgate.model.diff import ChangeKind
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.parse.input_format import MAX_LINE, UNKNOWN_TARGET
from covgate.parse.report.atoms import LARGEST_COUNT, MOST_PARTIAL, Counts, Share
from covgate.parse.report.shape import Arcs, Changed, WholeFile

_UNTOLD = MissedArc(MAX_LINE, UNKNOWN_TARGET, "")


def ratio(share: Share) -> Ratio:
    """The ratio of two counts.

    Errors: ValueError where more is covered than there is.
    """
    return Ratio(share.covered, share.total)


def whole_files(files: Mapping[str, WholeFile]) -> tuple[FileCoverage, ...]:
    """All measured files as they are now.

    Errors: ValueError where their numbers cannot be.
    """
    if sum(file.branch.total for file in files.values()) > LARGEST_COUNT:
        raise ValueError("there are more branches than any project has")
    if sum(file.partial_branches for file in files.values()) > MOST_PARTIAL:
        raise ValueError("there are more branching lines than any project has")
    return tuple(
        _counted(path, file.line, file.branch, LineSet.of(file.missed_lines), file.partial_branches)
        for path, file in files.items()
    )


def before(path: str, counts: Counts) -> FileCoverage:
    """A file, or all files together, at the base.

    Errors: ValueError where its numbers cannot be.
    """
    missed = counts.line.total - counts.line.covered
    return _counted(path, counts.line, counts.branch, LineSet(((1, missed),)) if missed > 0 else NO_LINES)


def _counted(path: str, line: Share, branch: Share, missed: LineSet, partial: int = 0) -> FileCoverage:
    if ratio(line).missed != len(missed):
        raise ValueError("its missed lines are not as many as its counts say")
    executed = _free(line.covered, missed)
    branches = _untold_branches(ratio(branch), _free(partial, missed))
    if partial > line.covered:
        raise ValueError("more lines ran in part than ran")
    return FileCoverage(path, executed | missed, executed, branches=branches)


def _untold_branches(arcs: Ratio, partial: LineSet) -> tuple[Branch, ...]:
    """So many ways, of which some out of `partial` were never taken, and the others out of a line that never ran."""
    if len(partial) > arcs.missed:
        raise ValueError("fewer ways were missed than lines ran in part")
    told = tuple(Branch(line, 1, (_at(line),)) for line in partial)
    rest = Ratio(arcs.covered, arcs.total - len(partial))
    return (*told, Branch(MAX_LINE, rest.total, (_UNTOLD,) * rest.missed)) if rest.total else told


def _free(count: int, taken: LineSet) -> LineSet:
    """The first `count` lines that are not taken."""
    return LineSet(tuple(_first(count, LineSet(((1, count + len(taken)),)) - taken))) if count else NO_LINES


def _first(count: int, lines: LineSet) -> Iterator[tuple[int, int]]:
    for first, last in lines.ranges:
        if count <= 0:
            return
        yield first, min(last, first + count - 1)
        count -= last - first + 1


def deltas(files: Mapping[str, WholeFile], now: Iterable[FileCoverage], changed: Iterable[str]) -> Iterator[FileDelta]:
    """Every measured file now and at the base."""
    names = set(changed)
    for coverage in now:
        file = files[coverage.path]
        old = before(file.was or coverage.path, file.before) if file.before else None
        yield FileDelta(coverage, old, file.was, changed=coverage.path in names)


def changed_file(path: str, file: Changed, measured: FileDelta | None) -> ChangedFile:
    """What the change did to one file.

    Errors: ValueError where it cannot be.
    """
    statements, missed = LineSet(tuple(file.statements)), LineSet.of(file.missed_lines)
    if missed - statements or (measured is None) != file.unmeasured:
        raise ValueError("its lines and counts contradict each other")
    return ChangedFile(
        path=path,
        kind=ChangeKind(file.kind),
        statements=statements,
        missed=missed,
        branches=tuple(_branches(file)),
        now=measured.now if measured else FileCoverage(path, statements, statements - missed),
        old_path=file.was,
        beyond=LineSet.of(file.continuation_lines),
        excluded=LineSet.of(file.excluded_lines),
        unmeasured=file.unmeasured,
        before=measured.before if measured else None,
    )


def _branches(file: Changed) -> Iterator[Branch]:
    told = {arcs.line: missed_arcs([arcs]) for arcs in file.partial}
    for one in file.branches:
        Ratio(one.exits - one.missed, one.exits)
        arcs = told.get(one.line, (_at(one.line),) * one.missed)
        if len(arcs) != one.missed:
            raise ValueError(f"the branches of line {one.line} are told in two ways")
        yield Branch(one.line, one.exits, arcs)


def _at(line: int) -> MissedArc:
    return MissedArc(line, UNKNOWN_TARGET, "")


def missed_arcs(partial: Iterable[Arcs]) -> tuple[MissedArc, ...]:
    """Ways never taken, one by one."""
    return tuple(MissedArc(arcs.line, to, arcs.words) for arcs in partial for to in arcs.to)
