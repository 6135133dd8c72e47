"""plan.md: what to test next, as a brief to hand on."""

from covgate.model.report import Report
from covgate.render.brief import brief
from covgate.render.outlooks import outlook
from covgate.render.report_format import ReportFormat

LIMIT = 200_000


def render(report: Report) -> str:
    """The brief in Markdown."""
    return brief(outlook(report), LIMIT)


FORMAT = ReportFormat("plan", "what to test next, as a brief for a person or an assistant", render, LIMIT, "plan.md",
                      "plan.md")  # fmt: skip
