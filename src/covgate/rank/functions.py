"""A file's functions with what no test runs of them, in one pass over its lines: projects have very many."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from covgate.model.lines import LineSet
from covgate.model.plan import FunctionGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, MissedArc

_TOP_LEVEL = -1


@dataclass(slots=True)
class _Part:
    """What belongs to one function while the file is read."""

    total: int = 0
    decisions: int = 0
    missed: list[int] = field(default_factory=list)
    partial: list[MissedArc] = field(default_factory=list)


def function_gaps(file: FileCoverage) -> tuple[tuple[FunctionGap, ...], dict[int, int]]:
    """The functions with missed statements or arcs, the most missed in front; and the complexity of each by its `def`.

    Shape:  the module's top level is one of them, under the name ""; it has no complexity.
    """
    functions = [region for region in file.regions if region.kind == "function"]
    parts = _parts(file, [region.lines for region in functions])
    joiner = Joiner(file)
    gaps = [
        FunctionGap(
            name="" if at == _TOP_LEVEL else functions[at].name,
            start=_first(part) if at == _TOP_LEVEL else functions[at].start,
            missed=LineSet.of(part.missed),
            lines=joiner.shown(part.missed),
            of=Ratio(part.total - len(part.missed), part.total),
            partial=tuple(part.partial),
        )
        for at, part in parts.items()
        if part.missed or part.partial
    ]
    gaps.sort(key=lambda gap: (-len(gap.missed), -len(gap.partial), gap.start, gap.name))
    return tuple(gaps), {functions[at].start: 1 + part.decisions for at, part in parts.items() if at != _TOP_LEVEL}


def complexities_of(file: FileCoverage) -> dict[int, int]:
    """The complexity of each function by the line of its `def`."""
    return function_gaps(file)[1]


def _parts(file: FileCoverage, functions: list[LineSet]) -> dict[int, _Part]:
    """What belongs to each function, by its index; a line that several claim is the first one's."""
    owner = {line: at for at in range(len(functions) - 1, -1, -1) for line in functions[at]}
    executed = set(file.executed)
    parts: defaultdict[int, _Part] = defaultdict(_Part)
    for line in file.statements:
        part = parts[owner.get(line, _TOP_LEVEL)]
        part.total += 1
        if line not in executed:
            part.missed.append(line)
    for branch in file.branches:
        part = parts[owner.get(branch.line, _TOP_LEVEL)]
        part.decisions += max(0, branch.exits - 1)
        if branch.line in executed:
            part.partial.extend(branch.missed)
    return parts


def _first(part: _Part) -> int:
    return min([*part.missed, *(arc.line for arc in part.partial)])


class Joiner:
    """Shows missed statements of a file as runs of lines."""

    def __init__(self, file: FileCoverage) -> None:
        self._ends = dict(file.spans)
        self._counted = sorted({*file.statements, *file.excluded})

    def shown(self, missed: list[int]) -> LineSet:
        """Missed statements to their ends, joined where no other statement and nothing excluded stands between them.

        Shape:  `missed` are first lines, sorted.
        """
        return LineSet.spanning(self._runs(missed))

    def _runs(self, missed: list[int]) -> Iterator[tuple[int, int]]:
        begin = last = 0
        for line in missed:
            if begin and not self._counts_between(last, line):
                last = max(last, self._ends.get(line, line))
                continue
            if begin:
                yield begin, last
            begin, last = line, self._ends.get(line, line)
        if begin:
            yield begin, last

    def _counts_between(self, last: int, line: int) -> bool:
        """Whether anything is counted after one line and before another."""
        after = bisect_right(self._counted, last)
        return after < len(self._counted) and self._counted[after] < line
