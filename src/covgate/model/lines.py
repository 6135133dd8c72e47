"""LineSet: a set of 1-based line numbers kept as sorted, disjoint, non-touching ranges."""

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
        if any(last < first for first, last in self.ranges):
            raise ValueError(f"a range ends before it starts: {self.ranges}")
        if any(after[0] <= before[1] + 1 for before, after in pairwise(self.ranges)):
            raise ValueError(f"ranges overlap, touch or are out of order: {self.ranges}")

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
        return any(first <= line <= last for first, last in self.ranges)

    def __and__(self, other: "LineSet") -> "LineSet":
        return LineSet.spanning(_overlaps(self.ranges, other.ranges))

    def __or__(self, other: "LineSet") -> "LineSet":
        return LineSet.spanning((*self.ranges, *other.ranges))

    def __sub__(self, other: "LineSet") -> "LineSet":
        return LineSet.of(set(self) - set(other)) if other else self

    def joined(self, across: "LineSet") -> "LineSet":
        """This set with the gaps filled that consist of lines of `across` only.

        Used to show missed lines 4, 5 and 8 as 4–8 where 6 and 7 are blank or comments.
        """
        filled = [
            (before[1] + 1, after[0] - 1)
            for before, after in pairwise(self.ranges)
            if all(line in across for line in range(before[1] + 1, after[0]))
        ]
        return LineSet.spanning((*self.ranges, *filled))

    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in self.ranges)


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
