"""The union of what several reports say of one file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.parse.input_format import UNKNOWN_TARGET


def union(files: Sequence[FileCoverage]) -> tuple[FileCoverage, LineSet]:
    """One file's coverage from several reports, and the branching lines where only counts could be compared.

    Shape:  all of the same path and at least one; a line that one ran is run; a way that one took is taken; the first
            that knows spans, regions and excluded lines gives them.
    """
    first = files[0]
    statements = LineSet.spanning(span for file in files for span in file.statements.ranges)
    executed = LineSet.spanning(span for file in files for span in file.executed.ranges)
    branches, by_count = _all_branches(files)
    excluded = LineSet.spanning(span for file in files for span in file.excluded.ranges) - statements
    joined = FileCoverage(
        path=first.path,
        statements=statements,
        executed=executed,
        excluded=excluded,
        spans=next((file.spans for file in files if file.spans), ()),
        branches=branches,
        regions=next((file.regions for file in files if file.regions), ()),
        sha256=next((file.sha256 for file in files if file.sha256), None),
        reached_by=_reached_by(files),
    )
    return joined, by_count


def _reached_by(files: Iterable[FileCoverage]) -> tuple[tuple[str, int], ...]:
    """Tests of all reports; of a test that several tell of, the report in which it runs most."""
    most: dict[str, int] = {}
    for test, statements in (pair for file in files for pair in file.reached_by):
        most[test] = max(most.get(test, 0), statements)
    return tuple(sorted(most.items(), key=lambda pair: (-pair[1], pair[0])))


def _all_branches(files: Iterable[FileCoverage]) -> tuple[tuple[Branch, ...], LineSet]:
    at: dict[int, list[Branch]] = {}
    for file in files:
        for branch in file.branches:
            at.setdefault(branch.line, []).append(branch)
    joined = {line: reduce(_joined, branches[1:], (branches[0], True)) for line, branches in at.items()}
    by_count = LineSet.of(line for line, (_, exact) in joined.items() if not exact)
    return tuple(joined[line][0] for line in sorted(joined)), by_count


def _joined(so_far: tuple[Branch, bool], other: Branch) -> tuple[Branch, bool]:
    joined, exact = union_branches(so_far[0], other)
    return joined, exact and so_far[1]


def union_branches(one: Branch, other: Branch) -> tuple[Branch, bool]:
    """What two reports together took of a line's ways out, and whether that is exact.

    Shape:  where one of them does not name the ways that it missed, the better of the two counts: the union may be
            better still, and is never guessed.
    """
    better, worse = sorted((one, other), key=lambda branch: (len(branch.missed), -branch.exits))
    if not better.missed or len(worse.missed) == worse.exits:
        return better, True
    if one.exits != other.exits or not (_named(one) and _named(other)):
        return better, False
    return Branch(one.line, one.exits, _common(one, other)), True


def _named(branch: Branch) -> bool:
    return all(arc.to != UNKNOWN_TARGET for arc in branch.missed)


def _common(one: Branch, other: Branch) -> tuple[MissedArc, ...]:
    """Ways that both missed. Formats name a way out of the function differently: all such ways are one."""
    left = Counter(max(arc.to, -1) for arc in other.missed)
    kept: list[MissedArc] = []
    for arc in one.missed:
        target = max(arc.to, -1)
        if left[target]:
            left[target] -= 1
            kept.append(arc)
    return tuple(kept)
