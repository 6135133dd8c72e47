"""The trend as a part of a report."""

from covgate.model.report import Report
from covgate.render.prose import prose
from covgate.render.sections import Block, Section
from covgate.render.trend.chart import chart, legend
from covgate.render.trend.points import Point, has_branches, report_points
from covgate.render.trend.rows import moved_in_words
from covgate.render.trend.sparkline import sparkline


def trend_section(report: Report) -> Section:
    """The chart, from two commits on; on a terminal a bar for each commit."""
    points = report_points(report)
    if len(points) <= 1:
        return Section()
    drawn = Block(chart(points), "mermaid", caption=legend(points), plain=bars(points))
    return Section(prose(f"Trend: {moved_in_words(points)}"), blocks=(drawn,), folded=True)


def bars(points: tuple[Point, ...]) -> str:
    """A row of bars for lines, and one for branches where each commit has some."""
    rows = [f"lines    {sparkline(point.line for point in points)}"]
    if has_branches(points):
        rows.append(f"branches {sparkline(point.branch for point in points)}")
    return "\n".join(rows)
