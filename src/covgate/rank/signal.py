"""What a ranking signal is, and what it may look at."""

from collections.abc import Callable
from dataclasses import dataclass

from covgate.model.comparison import Comparison
from covgate.model.gap import Gap


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the signals know beside the gap itself."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to test a gap before another.

    Shape:  `read` gives a number and the words shown for it, or None where it has nothing to say of a gap;
            a gap's score is the sum of its numbers times the signals' weights.
    """

    id: str
    summary: str
    weight: float
    read: Callable[[Gap, Evidence], tuple[float, str] | None]
