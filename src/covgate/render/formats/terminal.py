"""The terminal: the comment's content in the comment's order, for people who have not pushed yet."""

from covgate.model.report import Report
from covgate.render.outline import outline
from covgate.render.prose import code, prose
from covgate.render.report_format import ReportFormat

WIDTH = 80


def render_terminal(report: Report, width: int = WIDTH, *, colour: bool = False) -> str:
    """The report in lines of at most `width` columns, with ANSI colours where asked for."""
    from covgate.render.screen import shown  # noqa: PLC0415  # rich is slow to import, and not always needed

    return shown(outline(report, prose(code("summary.md"))), width, colour=colour)


def render(report: Report) -> str:
    """The report without colours, in 80 columns."""
    return render_terminal(report)


FORMAT = ReportFormat("terminal", "the comment's content for a terminal", render, None, "terminal")
