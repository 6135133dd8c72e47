"""The part of a run's report that tells of the whole project's gaps."""

from fractions import Fraction

from covgate.model.plan import Outlook, Plan
from covgate.model.report import Report
from covgate.model.verdict import Conclusion


def outlook(report: Report) -> Outlook:
    """The project's gaps and the plan; an empty plan where the run made none."""
    head, total = report.comparison.diff.head, report.comparison.head.line
    return Outlook(
        gaps=report.project_gaps,
        plan=report.plan or Plan("", Fraction(0), (), total),
        version=report.version,
        sha=head.sha or "",
        dirty=head.dirty,
        measured="this run",
        command=report.suite.command,
        failing=report.verdict.conclusion is Conclusion.ERROR,
    )
