"""The trend in one row of a terminal."""

from collections.abc import Iterable

from covgate.model.ratio import Ratio
from covgate.render.trend.points import percentages, scale

BARS = "▁▂▃▄▅▆▇█"
HOLE = " "


def sparkline(ratios: Iterable[Ratio]) -> str:
    """A bar for each ratio, on a scale that is fair as the chart's; a blank where there is nothing to cover."""
    drawn = tuple(ratios)
    known = percentages(drawn)
    if not known:
        return ""
    low, high = scale(known)
    steps = len(BARS) - 1
    return "".join(
        HOLE if one.percent is None else BARS[int((one.percent - low) * steps / (high - low))] for one in drawn
    )
