"""The trend as a Mermaid chart, which GitHub draws itself, in private repositories too.

Source: Mermaid's xychart, whose keyword has been `xychart-beta` since 10.6 and still is understood by 11. Neither has a
legend, so the words beside the chart name the colours; these are set here because the first colour of Mermaid's
own light theme can hardly be seen on white. All else is left to the theme, light or dark.
"""

import json
from collections.abc import Iterable
from datetime import date

from covgate.model.ratio import Ratio, floored
from covgate.render.figures import counted
from covgate.render.prose import Prose, prose
from covgate.render.trend.points import Point, has_branches, percentages, scale

BLUE, ORANGE = "#2f81f7", "#d1700a"
MOST_LABELS = 8
_ROOM = {"labelPadding": 10}  # Mermaid takes labels for smaller than they are where a phone shrinks the chart
_SHAPE = {"width": 600, "height": 260, "xAxis": _ROOM, "yAxis": _ROOM}
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
        f"    x-axis {x_axis(points)}",
        f"    y-axis {low} --> {high}",
        f"    line [{_figures(point.line for point in points)}]",
    ]
    if has_branches(points):
        rows.append(f"    line [{_figures(point.branch for point in points)}]")
    return "\n".join(rows) + "\n"


def x_axis(points: tuple[Point, ...]) -> str:
    """What stands below the points: the days or commits of a few, else how many commits ago each was.

    Labels for all of many points would overlap, and Mermaid cannot leave single ones out: it would draw the points of
    equal labels at one place, and invisible characters to tell them apart are what forges warn of.
    """
    last = len(points) - 1
    if last >= MOST_LABELS:
        return f"-{last} --> 0"
    days = [_day(point) for point in points]
    shown = days if len(set(days)) == len(days) else [point.own or point.sha[:7] for point in points]
    return f"[{', '.join(_quoted(label) for label in shown)}]"


def period(first: date, last: date) -> str:
    """Two days as a reader names the time between them."""
    return f"{first}" if first == last else f"{first} to {last}"


def legend(points: tuple[Point, ...]) -> Prose:
    """What the chart shows, in words: Mermaid has none for it."""
    low, high = _scale(points)
    commits = [point for point in points if not point.own]
    series = "Blue: lines. Orange: branches." if has_branches(points) else "Lines only: not every commit has branches."
    days = [point.day for point in commits if point.day]
    when = f", {period(min(days), max(days))}" if days else ""
    shown = f"{counted(len(commits), 'commit')} of the default branch{when}{_right_end(points)}"
    return prose(f"{series} Shown: {shown}. The scale is in percent, from {low} to {high}.")


def _right_end(points: tuple[Point, ...]) -> str:
    """What the last point is, and what the figures below the chart count."""
    own = {"": "", "PR": "this pull request"}.get(points[-1].own, "this run")
    if len(points) > MOST_LABELS:
        return f"; 0 is {own or 'the newest'}, -1 the commit before"
    return f", and {own} at the right end" if own else ""


def _day(point: Point) -> str:
    return point.own or (f"{point.day.day} {_MONTHS[point.day.month - 1]}" if point.day else point.sha[:7])


def _quoted(label: str) -> str:
    return f'"{label}"'


def _figures(ratios: Iterable[Ratio]) -> str:
    return ", ".join(floored(percent) for percent in percentages(ratios))


def _scale(points: tuple[Point, ...]) -> tuple[int, int]:
    branches = [point.branch for point in points] if has_branches(points) else []
    return scale(percentages([*(point.line for point in points), *branches]))
