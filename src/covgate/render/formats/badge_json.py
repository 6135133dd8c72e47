"""badge.json: the project's line coverage for an endpoint badge of shields.io."""

from covgate.model.report import Report
from covgate.render.badge import badge_json, project_lines
from covgate.render.report_format import ReportFormat


def render(report: Report) -> str:
    """The badge's text and colour; "unknown" where the suite did not end well."""
    return badge_json(project_lines(report))


FORMAT = ReportFormat("badge_json", "the badge for shields.io", render, None, "badge.json", "badge.json")
