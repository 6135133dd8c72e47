"""Components, back from report.json."""

from collections.abc import Iterable

from covgate.model.component import ComponentReport
from covgate.model.component import Counts as CountedPart
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.verdict import Conclusion, Verdict
from covgate.parse.report import measured as coverage
from covgate.parse.report.answers import rule_result, suite_result
from covgate.parse.report.atoms import Counts, Share
from covgate.parse.report.shape import ComponentPart, Document


def components(document: Document) -> tuple[ComponentReport, ...]:
    """The components' parts of the answer.

    Errors: ValueError where their numbers or verdicts cannot be.
    """
    broken = suite_result(document.suite).broken
    parts = tuple(_component(part, broken=broken) for part in document.components)
    _refuse_more_than_all(document.total.line, (part.total.line for part in parts))
    _refuse_more_than_all(document.diff.line, (part.diff.line for part in parts))
    return parts


def _refuse_more_than_all(whole: Share, parts: Iterable[Ratio]) -> None:
    """Each file is in one component at most: what is left of the whole without them is a ratio, too."""
    told = sum(parts, NOTHING)
    Ratio(whole.covered - told.covered, whole.total - told.total)


def _component(part: ComponentPart, *, broken: bool) -> ComponentReport:
    """One component; `broken` says that the suites together did not end well."""
    suite = suite_result(part.suite) if part.suite else None
    verdict = Verdict(
        Conclusion(part.verdict or "passed"), tuple(map(rule_result, part.rules)), part.on_unknown == "fail"
    )
    judged = Conclusion.FAILED if verdict.failed else Conclusion.PASSED
    ended_badly = suite.broken if suite else broken and verdict.conclusion is Conclusion.ERROR
    if (ended_badly and not broken) or verdict.conclusion is not (Conclusion.ERROR if ended_badly else judged):
        raise ValueError("a component's verdict does not follow from its rules and its suite")
    return ComponentReport(
        name=part.name,
        root=part.root,
        verdict=verdict,
        total=_counts(part.total),
        before=_counts(part.before) if part.before else None,
        diff=_counts(part.diff),
        reason=part.reason or "",
        suite=suite,
        added=part.added,
        note=part.note,
    )


def _counts(counts: Counts) -> CountedPart:
    return CountedPart(coverage.ratio(counts.line), coverage.ratio(counts.branch))
