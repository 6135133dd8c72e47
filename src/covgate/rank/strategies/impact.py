"""The most statements first, of large files with little cover, and of those the ones that people change."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import log2

from covgate.model.plan import FileGap
from covgate.rank.strategy import Place, Strategy, arranged, number, percent

DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which files are the first tier."""

    statements: int = field(
        default=150,
        metadata={"description": "Files with more statements than this, covered below `percent`, come first."},
    )
    percent: Fraction = field(default=Fraction(30), metadata={"description": "The percentage below which they do."})
    large: int = field(
        default=500,
        metadata={"description": "Files with more statements than this come first up to `large_percent` already."},
    )
    large_percent: Fraction = field(
        default=Fraction(50), metadata={"description": "The percentage below which large files do."}
    )


def order(gaps: tuple[FileGap, ...], options: Options) -> tuple[FileGap, ...]:
    """Tiers first; within a tier what the change left uncovered, critical groups, then the weight."""
    return arranged(gaps, lambda gap: _place(gap, options))


def weight(missed: int, commits: int) -> float:
    """Missed statements × (1 + log2(1 + commits of the last year))."""
    return round(missed * (1 + log2(1 + commits)), DIGITS)


def _place(gap: FileGap, options: Options) -> Place:
    """Four places within each tier, so that tier and score alone tell the order."""
    unchanged, ordinary = not number(gap, "changed"), not number(gap, "group")
    return Place(
        tier=4 * (not _is_first(gap, options)) + 2 * unchanged + ordinary,
        score=weight(len(gap.missed), int(number(gap, "commits"))),
        ties=(-gap.branch.missed,),
    )


def _is_first(gap: FileGap, options: Options) -> bool:
    total, covered = gap.line.total, percent(gap)
    return (total > options.statements and covered < options.percent) or (
        total > options.large and covered < options.large_percent
    )


STRATEGY = Strategy(
    "impact",
    "large files with little cover first, by missed statements, more so where people change them often",
    Options,
    order,
)
