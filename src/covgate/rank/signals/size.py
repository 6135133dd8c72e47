"""How large the file is, in four tiers: a large file is where a few tests reach much."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal

OVER_500, OVER_300, OVER_150, SMALLER = range(4)
_WORDS = ("over 500 statements", "300 to 500 statements", "150 to 300 statements", "fewer than 150 statements")


def size_tier(statements: int) -> int:
    """0 over 500 statements, 1 from 300, 2 from 150, 3 below."""
    if statements > 500:  # noqa: PLR2004  # the tiers are these numbers
        return OVER_500
    return OVER_300 if statements >= 300 else OVER_150 if statements >= 150 else SMALLER  # noqa: PLR2004  # as above


def size_words(statements: int) -> str:
    """The tier for readers."""
    return _WORDS[size_tier(statements)]


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The tier's number, 0 for the largest."""
    return size_tier(gap.line.total), size_words(gap.line.total)


SIGNAL = Signal("size", "the file's size in tiers: over 500 statements, 300 to 500, 150 to 300, fewer", of_file=of_file)
