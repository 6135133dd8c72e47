"""The terminal: the comment's content in the comment's order, for people who have not pushed yet."""

from covgate.model.report import Report
from covgate.render.outline import outline
from covgate.render.prose import code, prose
from covgate.render.report_format import ReportFormat

WIDTH = 80
FOLDER = ".covgate"


def render_terminal(report: Report, width: int = WIDTH, *, colour: bool = False, folder: str = FOLDER) -> str:
    """The report in lines of at most `width` columns, with ANSI colours where asked for.

    Shape:  `folder` is where the reports are written, as a reader would name it.
    """
    from covgate.render.screen import shown  # noqa: PLC0415  # rich is slow to import, and not always needed

    place = prose(code(f"{folder}/summary.md"))
    return shown(outline(report, place), width, colour=colour, last=prose("in full: ", place))


def render(report: Report) -> str:
    """The report without colours, in 80 columns."""
    return render_terminal(report)


FORMAT = ReportFormat("terminal", "the comment's content for a terminal", render, None, "terminal")
