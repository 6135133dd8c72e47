"""A small builder of histories."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from covgate.model.history import HistoryLine
from covgate.model.ratio import NOTHING, Ratio

FIRST = datetime(2026, 1, 3, 12, tzinfo=UTC)


def sha(number: int) -> str:
    """A commit's name that shows its number in the first seven digits."""
    return f"c{number:06x}" + "0" * 33


def measured(
    number: int, covered: int, *, branch: Ratio = NOTHING, total: int = 10_000, queued: bool = False
) -> HistoryLine:
    """The line of a commit, a day after the one with the number before."""
    line = Ratio(covered, total)
    time = FIRST + timedelta(days=number)
    return HistoryLine(
        sha(number), (sha(number - 1),) if number else (), time, line, branch, line + branch, 12.4, queued
    )


def history(covered: Iterable[int], branch: Iterable[int] = ()) -> tuple[HistoryLine, ...]:
    """A line for each number of covered statements of 10,000 and, where given, of covered branches of 1,000."""
    branches = [Ratio(one, 1_000) for one in branch]
    lines = tuple(covered)
    return tuple(
        measured(number, one, branch=branches[number] if branches else NOTHING) for number, one in enumerate(lines)
    )
