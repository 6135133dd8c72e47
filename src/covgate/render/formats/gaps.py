"""gaps.json: the project's gaps and the plan for programs (docs/gaps.md)."""

from covgate.model.report import Report
from covgate.render.outlooks import outlook
from covgate.render.records.gaps_values import gaps_text
from covgate.render.report_format import ReportFormat


def render(report: Report) -> str:
    """The gaps and the plan as JSON."""
    return gaps_text(outlook(report))


FORMAT = ReportFormat("gaps", "the project's gaps and the plan, for programs", render, None, "gaps.json", "gaps.json")
