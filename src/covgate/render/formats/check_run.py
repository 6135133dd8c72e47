"""The check run's text: the summary as far as it fits."""

from covgate.model.report import Report
from covgate.render.markdown import document, elsewhere
from covgate.render.outline import outline
from covgate.render.report_format import ReportFormat

LIMIT = 65_000  # GitHub takes 65,535 characters; a line on remarks that found no room follows


def render(report: Report) -> str:
    """The whole report in Markdown."""
    told = outline(report, elsewhere(report.links, "summary.md"), full=True)
    return document(told, report.links, LIMIT)


FORMAT = ReportFormat("check_run", "the check run's text, where one is wanted", render, LIMIT, "check run")
