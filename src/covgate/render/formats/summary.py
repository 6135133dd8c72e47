"""The step's summary: everything."""

from covgate.model.report import Report
from covgate.render.markdown import document
from covgate.render.outline import outline
from covgate.render.prose import code, prose
from covgate.render.report_format import ReportFormat

LIMIT = 1_000_000  # GitHub drops a summary over 1 MiB without a word; other steps' lines need some of it


def render(report: Report) -> str:
    """The whole report in Markdown."""
    return document(outline(report, prose(code("report.json")), full=True), report.links, LIMIT)


FORMAT = ReportFormat(
    "summary", "the job's summary, with every rule, file and gap", render, LIMIT, "summary", "summary.md"
)
