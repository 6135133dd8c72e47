"""What a strategy is: a named order of the project's gaps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from covgate.model.plan import FileGap

Key = tuple[int | float | Fraction, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named order of the project's gaps.

    Shape:  `options` is a frozen dataclass of thresholds, whose fields are percentages (Fraction) or counts (int) with
            a `description` in their metadata: each is a key of the settings below the strategy's id. `order` is given
            all gaps and an instance of it, and answers those that belong on the list, the one to close first in front,
            with tier and score.
    """

    id: str
    summary: str
    options: type[Any]
    order: Callable[[tuple[FileGap, ...], Any], tuple[FileGap, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one gap stands: first by tier, then by score, the highest first, then by `ties`, the lowest first.

    Shape:  scores are rounded, so that what is equal on paper is equal here, whatever the machine.
    """

    tier: int
    score: float
    ties: Key = ()


def arranged(gaps: Iterable[FileGap], place: Callable[[FileGap], Place]) -> tuple[FileGap, ...]:
    """The gaps by their places; what ties to the end is ordered by path, so that no two gaps ever tie."""
    placed = [(place(gap), gap) for gap in gaps]
    placed.sort(key=lambda one: (one[0].tier, -one[0].score, one[0].ties, one[1].path))
    return tuple(replace(gap, tier=at.tier, score=at.score) for at, gap in placed)


def number(gap: FileGap, signal: str, otherwise: float = 0) -> float:
    """What a signal said of the gap; `otherwise` where it said nothing."""
    return next((reading.value for reading in gap.readings if reading.signal == signal), otherwise)


def percent(gap: FileGap) -> Fraction:
    """How much of the file's statements is run, exactly; of none, all."""
    return gap.line.percent if gap.line.percent is not None else Fraction(100)
