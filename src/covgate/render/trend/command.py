"""What `covgate trend` prints, in each of its formats."""

import json
from collections.abc import Callable, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from covgate.model.history import HistoryLine
from covgate.model.ratio import Ratio
from covgate.model.report import Links
from covgate.render.console import memory
from covgate.render.figures import change, counted, percent
from covgate.render.markdown import typeset
from covgate.render.records.report_values import trend
from covgate.render.trend.chart import chart, legend, period
from covgate.render.trend.points import day, history_points
from covgate.render.trend.rows import COLUMNS, markdown_table, rows
from covgate.render.trend.sparkline import sparkline

WIDTH = 80
MOST_BARS = 60
NO_HISTORY = """\
No commit of the default branch is stored, so there is no trend to show.
It begins with the first run of covgate on the default branch (on: push) in a
workflow that may write (permissions: contents: write).
"""
_MEASURES: tuple[tuple[str, Callable[[HistoryLine], Ratio]], ...] = (
    ("lines", lambda one: one.line),
    ("branches", lambda one: one.branch),
    ("combined", lambda one: one.combined),
)


def trend_json(history: tuple[HistoryLine, ...], most: int) -> str:
    """The newest commits for programs, oldest first."""
    shown = history[-most:]
    commits = [{**line, "parents": list(one.parents)} for line, one in zip(trend(shown), shown, strict=True)]
    return json.dumps({"schema": 1, "commits": commits}, indent=2) + "\n"


def trend_markdown(history: tuple[HistoryLine, ...], most: int) -> str:
    """The chart, of at most as many commits as it can show, and a table of the newest commits."""
    if not history:
        return f"{NO_HISTORY.splitlines()[0]}\n"
    points = history_points(history[-most:])
    drawn = f"```mermaid\n{chart(points)}```\n\n{typeset(legend(points), Links())}\n\n" if len(points) > 1 else ""
    return f"{drawn}{markdown_table(rows(history, most))}"


def trend_terminal(history: tuple[HistoryLine, ...], most: int, width: int = WIDTH, *, colour: bool = False) -> str:
    """Bars for each measure, and a table of the newest commits, the newest first."""
    if not history:
        return NO_HISTORY
    console = memory(width, colour=colour)
    with console.capture() as captured:
        console.print(Group(*_parts(history[-most:], history, most)))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _parts(shown: tuple[HistoryLine, ...], history: tuple[HistoryLine, ...], most: int) -> list[RenderableType]:
    when = period(day(shown[0]), day(shown[-1]))
    title = f"{counted(len(shown), 'commit')} of the default branch, {when}"
    parts: list[RenderableType] = [Text(title, "bold"), _bars(shown), Text(""), _table(rows(history, most))]
    if left := len(history) - len(shown):
        parts.append(Text(f"… and {counted(left, 'older commit')}: see them with --limit {len(history)}", "dim"))
    return parts


def _bars(shown: tuple[HistoryLine, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, ratio_of in _MEASURES:
        ratios = [ratio_of(one) for one in shown if ratio_of(one).total]
        if ratios:
            moved = change(ratios[-1], ratios[0] if len(ratios) > 1 else None)
            grid.add_row(name, Text(sparkline(ratios[-MOST_BARS:]), "cyan"), percent(ratios[-1]), moved)
    return grid


def _table(shown: tuple[tuple[str, ...], ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in COLUMNS:
        table.add_column(column, justify="right" if column in ("lines", "branches") else "left")
    for row in shown:
        table.add_row(*row)
    return table


FORMATS: Mapping[str, Callable[[tuple[HistoryLine, ...], int], str]] = {
    "terminal": trend_terminal,
    "json": trend_json,
    "markdown": trend_markdown,
}
