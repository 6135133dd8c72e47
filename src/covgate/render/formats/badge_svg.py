"""badge.svg: the project's line coverage as a picture."""

from covgate.model.report import Report
from covgate.render.badge import badge_svg, project_lines
from covgate.render.report_format import ReportFormat


def render(report: Report) -> str:
    """The badge; "unknown" where the suite did not end well."""
    return badge_svg(project_lines(report))


FORMAT = ReportFormat("badge_svg", "the badge as a picture", render, None, "badge.svg", "badge.svg")
