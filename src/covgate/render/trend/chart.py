"""The trend as a Mermaid chart, which GitHub draws itself, in private repositories too.

Source: Mermaid's xychart, whose keyword has been `xychart-beta` since 10.6 and still is understood by 11. Neither has a
legend, so the words beside the chart name the colours; these are set here because the first colour of Mermaid's
own light theme can hardly be seen on white. All else is left to the theme, light or dark.
"""

import json
from collections.abc import Iterable

from covgate.model.ratio import Ratio, floored
from covgate.render.figures import counted
from covgate.render.prose import Prose, prose
from covgate.render.trend.points import Point, has_branches, percentages, scale

BLUE, ORANGE = "#2f81f7", "#d1700a"
MOST_LABELS = 8
_ROOM = {"labelPadding": 10}  # Mermaid takes labels for smaller than they are where a phone shrinks the chart
_SHAPE = {"width": 600, "height": 260, "xAxis": _ROOM, "yAxis": _ROOM}
_NO_WIDTH = "\u200b"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def chart(points: tuple[Point, ...]) -> str:
    """The chart's source; at least one point is needed, and two to see anything.

    Shape:  a line of figures for statements, and one for branches where each commit has some.
    """
    drawn = {"plotColorPalette": f"{BLUE}, {ORANGE}"}
    settings = {"xyChart": _SHAPE, "themeVariables": {"xyChart": drawn}}
    low, high = _scale(points)
    rows = [
        f"%%{{init: {json.dumps(settings)}}}%%",
        "xychart-beta",
        f"    x-axis [{', '.join(_quoted(label) for label in labels(points))}]",
        f"    y-axis {low} --> {high}",
        f"    line [{_figures(point.line for point in points)}]",
    ]
    if has_branches(points):
        rows.append(f"    line [{_figures(point.branch for point in points)}]")
    return "\n".join(rows) + "\n"


def labels(points: tuple[Point, ...]) -> tuple[str, ...]:
    """What stands below each point: its day for the last one and some before, as far apart as they are wide.

    Shape:  no two are equal, because Mermaid would draw their points at one place; what is to be empty, or stands for
            a day that has a label already, is told apart by characters that have no width.
    """
    step = -(-len(points) // MOST_LABELS)
    last = len(points) - 1
    made: list[str] = []
    for number, point in enumerate(points):
        label = _label(point) if (last - number) % step == 0 else _NO_WIDTH
        while label in made:
            label += _NO_WIDTH
        made.append(label)
    return tuple(made)


def legend(points: tuple[Point, ...]) -> Prose:
    """What the chart shows, in words: Mermaid has none for it."""
    low, high = _scale(points)
    commits = [point for point in points if not point.own]
    own = next((f", and {_own(point)} at the right end" for point in points if point.own), "")
    series = "Blue: lines. Orange: branches." if has_branches(points) else "Lines only: not every commit has branches."
    days = [point.day for point in commits if point.day]
    when = f", {min(days)} to {max(days)}" if days else ""
    shown = f"{counted(len(commits), 'commit')} of the default branch{when}{own}"
    return prose(f"{series} Shown: {shown}. The scale is in percent, from {low} to {high}.")


def _own(point: Point) -> str:
    return "this pull request" if point.own == "PR" else "this run"


def _label(point: Point) -> str:
    return point.own or (f"{point.day.day} {_MONTHS[point.day.month - 1]}" if point.day else point.sha[:7])


def _quoted(label: str) -> str:
    return f'"{label}"'


def _figures(ratios: Iterable[Ratio]) -> str:
    return ", ".join(floored(percent) for percent in percentages(ratios))


def _scale(points: tuple[Point, ...]) -> tuple[int, int]:
    branches = [point.branch for point in points] if has_branches(points) else []
    return scale(percentages([*(point.line for point in points), *branches]))
