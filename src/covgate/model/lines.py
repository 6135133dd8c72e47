"""LineSet: a set of 1-based line numbers kept as sorted, disjoint, non-touching ranges."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class LineSet:
    """Line numbers as inclusive ranges.

    Shape:  `ranges` is sorted; between two ranges at least one line is missing.
    Units:  1-based lines; negative numbers never occur.
    """

    ranges: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        end = None
        for first, last in self.ranges:
            if last < first:
                raise ValueError(f"a range ends before it starts: {self.ranges}")
            if end is not None and first <= end + 1:
                raise ValueError(f"ranges overlap, touch or are out of order: {self.ranges}")
            end = last

    @classmethod
    def of(cls, lines: Iterable[int]) -> "LineSet":
        """The set of these lines, in any order, repeated or not."""
        return cls.spanning((line, line) for line in lines)

    @classmethod
    def spanning(cls, ranges: Iterable[tuple[int, int]]) -> "LineSet":
        """The set of all lines in these inclusive ranges, which may overlap and come in any order."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return cls(tuple(merged))

    def __iter__(self) -> Iterator[int]:
        for first, last in self.ranges:
            yield from range(first, last + 1)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, line: int) -> bool:
        place = bisect_right(self.ranges, line, key=_first)
        return place > 0 and line <= self.ranges[place - 1][1]

    def holds(self, first: int, last: int) -> bool:
        """Whether all lines from `first` to `last` are in the set."""
        place = bisect_right(self.ranges, first, key=_first)
        return place > 0 and last <= self.ranges[place - 1][1]

    def touches(self, first: int, last: int) -> bool:
        """Whether any line from `first` to `last` is in the set."""
        place = bisect_right(self.ranges, last, key=_first)
        return place > 0 and first <= self.ranges[place - 1][1]

    def __and__(self, other: "LineSet") -> "LineSet":
        return LineSet.spanning(_overlaps(self.ranges, other.ranges))

    def __or__(self, other: "LineSet") -> "LineSet":
        return LineSet.spanning((*self.ranges, *other.ranges))

    def __sub__(self, other: "LineSet") -> "LineSet":
        return LineSet(tuple(_remainders(self.ranges, other.ranges))) if other else self

    def joined(self, across: "LineSet") -> "LineSet":
        """This set with the gaps filled that consist of lines of `across` only.

        Used to show missed lines 4, 5 and 8 as 4–8 where 6 and 7 are blank or comments.
        """
        filled = [
            (before[1] + 1, after[0] - 1)
            for before, after in pairwise(self.ranges)
            if across.holds(before[1] + 1, after[0] - 1)
        ]
        return LineSet.spanning((*self.ranges, *filled))

    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in self.ranges)


def _first(lines: tuple[int, int]) -> int:
    return lines[0]


def _remainders(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """What is left of the ranges of one sorted sequence without those of another, in one pass over both."""
    j = 0
    for first, last in left:
        start = first
        while j < len(right) and right[j][1] < start:
            j += 1
        k = j
        while k < len(right) and right[k][0] <= last:
            if start < right[k][0]:
                yield start, right[k][0] - 1
            start = max(start, right[k][1] + 1)
            k += 1
        if start <= last:
            yield start, last


def _overlaps(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """The overlaps of two sorted sequences of ranges, in one pass over both."""
    i = j = 0
    while i < len(left) and j < len(right):
        first = max(left[i][0], right[j][0])
        last = min(left[i][1], right[j][1])
        if first <= last:
            yield first, last
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1


NO_LINES = LineSet()
