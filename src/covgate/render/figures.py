"""Numbers as readers are shown them. Nothing is rounded up."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio, floored, plain

UNKNOWN = "n/a"
_MOST_PLACES = 8


def percent(ratio: Ratio) -> str:
    """A ratio as "83.33 %", or "n/a" where there is nothing to cover."""
    return UNKNOWN if ratio.percent is None else f"{floored(ratio.percent)} %"


def share(ratio: Ratio) -> str:
    """A ratio as "20 of 24"."""
    return f"{ratio.covered:,} of {ratio.total:,}"


def share_of(ratio: Ratio, noun: str) -> str:
    """A ratio with what it counts: "20 of 24 statements", "1 of 1 branch"."""
    things = noun if ratio.total == 1 else plural_of(noun).replace(" or ", " and ")
    return f"{share(ratio)} {things}"


def amount(number: Fraction, unit: str) -> str:
    """A measured number with its unit; a number of things has none."""
    return f"{floored(number)} {unit}" if unit else plain(number)


def threshold(number: Fraction, unit: str, *, reached: bool = False) -> str:
    """A required number as it was written, with its unit.

    Shape:  one that nobody wrote (a base's percentage) is rounded up, and down as what was measured where it is
            `reached`: of 97.405 measured and required, neither is shown as more than the other.
    """
    shown = floored(number) if reached else floored(-number).removeprefix("-")
    written = plain(number) if (number * 1000).denominator == 1 else shown
    return f"{written} {unit}".strip()


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things: "1 statement", "1,826 statements"."""
    return f"{number:,} {noun if number == 1 else plural_of(noun, plural)}"


def plural_of(noun: str, plural: str = "") -> str:
    """The plural of a noun; `plural` where it is irregular."""
    if plural:
        return plural
    if " or " in noun:
        return " or ".join(plural_of(one) for one in noun.split(" or "))
    return f"{noun}es" if noun.endswith(("ch", "s", "x")) else f"{noun}s"


def change(now: Ratio, before: Ratio | None) -> str:
    """Points gained or lost since the base: "▲ 0.15", "▼ 0.40", "± 0"; "" where one side is not known.

    Shape:  rounded down, with as many decimals, at least 2, as it takes to show that there is a change.
    """
    if before is None or now.percent is None or before.percent is None:
        return ""
    points = now.percent - before.percent
    return arrow(floored(points, _places((points,))))


def arrow(points: str) -> str:
    """Points as "▲ 0.15", "▼ 0.40"; "± 0" for none."""
    if not Fraction(points):
        return "± 0"
    return f"▼ {points.removeprefix('-')}" if points.startswith("-") else f"▲ {points}"


def in_steps(steps: Sequence[Fraction]) -> tuple[str, tuple[str, ...]]:
    """A sum of points and its parts, so that what is shown adds up.

    Shape:  the sum rounded down; its parts, too, but for those with the largest remainders, which are rounded up. No
            part that there is is shown as nothing.
    """
    places = _places(steps)
    unit = 10**places
    down = [floor(step * unit) for step in steps]
    left = floor(sum(steps) * unit) - sum(down)
    order = sorted(range(len(steps)), key=lambda index: down[index] - steps[index] * unit)
    parts = [number + (index in order[:left]) for index, number in enumerate(down)]
    return floored(sum(steps, Fraction(0)), places), tuple(floored(Fraction(part, unit), places) for part in parts)


def _places(steps: Sequence[Fraction]) -> int:
    """With how many decimals, at least 2, none of these points is shown as nothing."""
    least = min((abs(step) for step in steps if step), default=Fraction(1))
    return next((places for places in range(2, _MOST_PLACES) if least * 10**places >= 1), _MOST_PLACES)


def ranges_in_words(lines: LineSet, most: int) -> str:
    """Lines as "44–45, 51", at most so many ranges of them."""
    rest = len(lines.ranges) - most
    return f"{LineSet(lines.ranges[:most])} and {counted(rest, 'more place')}" if rest > 0 else str(lines)


def duration(seconds: float) -> str:
    """Seconds as "12.4 s", "3 min 5 s"."""
    if seconds < 60:  # noqa: PLR2004  # a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:,} min {rest} s"
