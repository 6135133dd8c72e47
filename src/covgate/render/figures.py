"""Numbers as readers are shown them. Nothing is rounded up."""

from fractions import Fraction

from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio, floored, plain

UNKNOWN = "n/a"


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
    """A measured number with its unit."""
    return f"{floored(number)} {unit}".strip()


def threshold(number: Fraction, unit: str) -> str:
    """A required number as it was written, with its unit; one that nobody wrote (a base's percentage) rounded up."""
    written = plain(number) if (number * 1000).denominator == 1 else floored(-number).removeprefix("-")
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
    """Points gained or lost since the base: "▲ 0.15", "▼ 0.40", "± 0"; "" where one side is not known."""
    if before is None or now.percent is None or before.percent is None:
        return ""
    points = now.percent - before.percent
    if not points:
        return "± 0"
    if points < 0:
        return f"▼ {floored(points).removeprefix('-')}"
    return "▲ under 0.01" if points < Fraction(1, 100) else f"▲ {floored(points)}"


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
