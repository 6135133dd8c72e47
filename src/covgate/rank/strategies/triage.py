"""The least covered files first: what nobody has ever tested."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.model.plan import FileGap
from covgate.rank.strategy import Place, Strategy, arranged, number, percent

UNTESTED, PARTLY, NEAR = 0, 1, 2
LAST_LAYER = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which files stay off the list."""

    near: Fraction = field(
        default=Fraction(90),
        metadata={"description": "Files covered to this percentage stay off the list while low ones are on it."},
    )
    low: Fraction = field(default=Fraction(50), metadata={"description": "The percentage below which files are low."})


def order(gaps: tuple[FileGap, ...], options: Options) -> tuple[FileGap, ...]:
    """Percentage, then missed statements, then layers in their order."""
    low = any(percent(gap) < options.low for gap in gaps)
    return arranged(
        (gap for gap in gaps if not (low and percent(gap) >= options.near)), lambda gap: _place(gap, options)
    )


def _place(gap: FileGap, options: Options) -> Place:
    covered = percent(gap)
    layer = number(gap, "layer", LAST_LAYER)
    return Place(
        tier=UNTESTED if not covered else NEAR if covered >= options.near else PARTLY,
        score=0.0,
        ties=(covered, -len(gap.missed), layer, -gap.branch.missed),
    )


STRATEGY = Strategy(
    "triage",
    "the lowest percentage first, then the most missed statements, then layers in their order",
    Options,
    order,
)
