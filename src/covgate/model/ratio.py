"""Ratio: covered of total, exactly. Nothing in covgate compares rounded numbers."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many covered of so many.

    Units:  counts of statements, branches or both.
    Errors: ValueError where covered is not within 0..total.
    """

    covered: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.covered <= self.total:
            raise ValueError(f"{self.covered} of {self.total} is not a ratio")

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.covered + other.covered, self.total + other.total)

    @property
    def missed(self) -> int:
        """How many are not covered."""
        return self.total - self.covered

    @property
    def percent(self) -> Fraction | None:
        """Exact percentage, or None where there is nothing to cover."""
        return Fraction(100 * self.covered, self.total) if self.total else None

    def short_of(self, required_percent: Fraction) -> int:
        """How many more would have to be covered to reach `required_percent`; 0 where it is reached."""
        return max(0, ceil(required_percent * self.total / 100) - self.covered)


NOTHING = Ratio(0, 0)


def floored(percent: Fraction, places: int = 2) -> str:
    """`percent` with `places` decimals, rounded towards minus infinity: 79.999 is never shown as 80."""
    scaled = floor(percent * 10**places)
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}"


def plain(number: Fraction) -> str:
    """A threshold as people write it: 90, 79.5, 33.333."""
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
