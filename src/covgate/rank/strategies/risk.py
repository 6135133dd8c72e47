"""What is most likely to break unnoticed: missed statements in complex code that people change."""

from dataclasses import dataclass
from math import log2

from covgate.model.plan import FileGap, FunctionGap
from covgate.rank.strategy import Place, Strategy, arranged, number

DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """No thresholds: every file has a weight."""


def order(gaps: tuple[FileGap, ...], _: Options) -> tuple[FileGap, ...]:
    """By weight alone."""
    return arranged(gaps, _place)


def _place(gap: FileGap) -> Place:
    return Place(0, weight(gap), (-len(gap.missed), -gap.branch.missed))


def weight(gap: FileGap) -> float:
    """Missed statements × complexity, over the functions, × (1 + log2(1 + commits of the last 90 days))."""
    weighted = sum(len(function.missed) * _complexity(function) for function in gap.functions)
    return round(weighted * (1 + log2(1 + number(gap, "churn"))), DIGITS)


def _complexity(function: FunctionGap) -> int:
    return next((int(reading.value) for reading in function.readings if reading.signal == "complexity"), 1)


STRATEGY = Strategy(
    "risk", "missed statements × complexity × churn: what is most likely to break unnoticed", Options, order
)
