"""The sticky comment: what a reviewer on a phone should know after five seconds, the rest folded."""

from covgate.model.report import Report
from covgate.render.markdown import comment_marker, document, elsewhere
from covgate.render.outline import outline
from covgate.render.report_format import ReportFormat

LIMIT = 65_000


def render(report: Report) -> str:
    """The comment's body, its marker in front."""
    told = outline(report, elsewhere(report.links, "summary.md"), brief=True)
    return document(told, report.links, LIMIT, comment_marker(report.key))


FORMAT = ReportFormat("comment", "the pull request's comment", render, LIMIT, "comment", "comment.md")
