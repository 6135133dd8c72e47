"""Counts lines and ways out while a report is read, then makes a file's coverage of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Region
from covgate.parse.input_format import MAX_LINE, UNKNOWN_TARGET, damaged


@dataclass(slots=True)
class Tally:
    """One file's counts, collected in any order.

    Shape:  `hits` says of each line whether it ran; `branches` holds a branching line's ways out.
    """

    hits: dict[int, bool] = field(default_factory=dict)
    branches: dict[int, Branch] = field(default_factory=dict)

    def hit(self, line: int, ran: bool) -> None:
        """Counts a line; once run stays run."""
        self.hits[line] = ran or self.hits.get(line, False)

    def file(self, path: str, excluded: LineSet, regions: tuple[Region, ...] = ()) -> FileCoverage:
        """The coverage of what was counted."""
        return FileCoverage(
            path=path,
            statements=LineSet.of(self.hits),
            executed=LineSet.of(line for line, ran in self.hits.items() if ran),
            excluded=excluded,
            branches=tuple(self.branches[line] for line in sorted(self.branches)),
            regions=regions,
        )


def settled(
    exits: Mapping[int, int], missed: Mapping[int, Sequence[MissedArc]], counted: int, lines: Sequence[int]
) -> tuple[Branch, ...]:
    """Branching lines whose ways out add up to what the report counts for the whole file.

    Shape:  `exits` are the ways listed; `lines` the file's lines. What is short belongs to lines that miss nothing:
            those marked `pragma: no branch` count as wholly taken and list only the ways that really were, or none.
    """
    sums = dict(exits)
    short = counted - sum(sums.values())
    for line in (line for line in sorted(sums) if line not in missed):
        step = _step(sums[line], short)
        sums[line] += step
        short -= step
    if 0 < short <= 2 * len(lines):
        place = next((line for line in lines if line not in missed), lines[0])
        sums[place] = sums.get(place, 0) + short
    return tuple(Branch(line, sums[line], tuple(missed.get(line, ()))) for line in sorted(sums))


def _step(exits: int, short: int) -> int:
    """By how much a wholly taken line's ways out are to be corrected: a branching line has two at least."""
    if short > 0:
        return 1 if exits == 1 else 0
    return max(short, 2 - exits) if exits > 2 else 0  # noqa: PLR2004  # if and else


def branch(line: int, exits: int, targets: Iterable[int], taken: int) -> Branch:
    """A branching line of which `taken` ways of `exits` were taken and `targets` are named as missed.

    Shape:  ways that are missed by number and not by name get an unknown target; where more are named than the numbers
            allow, the numbers hold.
    """
    named = tuple(missed_arc(line, to) for to in targets)
    unnamed = tuple(missed_arc(line, UNKNOWN_TARGET) for _ in range(exits - taken - len(named)))
    return Branch(line, exits, (named + unnamed)[: exits - taken])


def missed_arc(line: int, to: int) -> MissedArc:
    """A missed way out in words that need no look at the source."""
    if to > 0:
        return MissedArc(line, to, f"never goes on to line {to}")
    return MissedArc(line, to, "never leaves from here" if to < 0 else "one of its ways out is never taken")


def renamed(file: FileCoverage, path: str) -> FileCoverage:
    """The same coverage under another path."""
    return file if file.path == path else replace(file, path=path)


def line_number(text: str | None, where: str) -> int:
    """A line's number as a report writes it.

    Errors: MeasurementError where it is none, below 1, or beyond any file's end.
    """
    if text and text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LINE)) and 1 <= int(text) <= MAX_LINE:
        return int(text)
    raise damaged(where, f"{shown(text)} is not a line's number")


def ran(text: str | None, where: str) -> bool:
    """Whether a count of executions says that a line ran. Only that is asked, so its size does not matter.

    Errors: MeasurementError where it is no whole number. Counters of gcov that ran over are negative; they did run.
    """
    digits = (text or "").removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise damaged(where, f"{shown(text)} is not a number of executions")
    return digits.strip("0") != ""


def shown(text: str | None) -> str:
    """A value of a report as a message may quote it: short, without control characters."""
    return repr((text or "")[:40])
