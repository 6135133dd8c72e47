"""Numbers that no rule asks for: a reader wants to know them all the same."""

from covgate.model.comparison import Known
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.verdict import RuleResult, Status


def unasked(report: Report) -> tuple[RuleResult, ...]:
    """Lines and branches of the change and of the project, as answers without a requirement.

    Shape:  only what no rule answers with, and of which there is something. The base's numbers come along where some
            rule compared with them: whether they compare is the judge's to say.
    """
    change, head, known = report.comparison.coverage, report.comparison.head, report.comparison.baseline
    compared = any(rule.before is not None for rule in report.verdict.results)
    base = known.snapshot if isinstance(known, Known) and compared else None
    numbers = (
        _number("diff.line", "Changed lines", change.line),
        _number("diff.branch", "Changed branches", change.branch),
        _number("total.line", "Project lines", head.line, base.line if base else None),
        _number("total.branch", "Project branches", head.branch, base.branch if base else None),
    )
    return tuple(one for one in numbers if one.ratio and one.ratio.total and not _is_told(one, report))


def _number(rule_id: str, label: str, ratio: Ratio, before: Ratio | None = None) -> RuleResult:
    noun = "branch" if rule_id.endswith("branch") else "statement"
    return RuleResult(rule_id, label, Status.NOT_APPLICABLE, ratio=ratio, before=before, noun=noun)


def _is_told(number: RuleResult, report: Report) -> bool:
    """Whether a rule that applies answers with it; that against the base tells the project's, too."""
    drop = f"{number.label} against the base"
    applied = (rule for rule in report.verdict.results if rule.status is not Status.NOT_APPLICABLE)
    return any(rule.id == number.id or rule.label == drop for rule in applied)
