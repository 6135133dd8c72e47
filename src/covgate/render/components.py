"""Components of a repository: one table of all, then what each was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from covgate.model.component import ComponentReport, Counts
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.report import Report
from covgate.model.verdict import Conclusion, RuleResult, Verdict
from covgate.render.figures import change, counted, percent
from covgate.render.headline import FAILED, PASSED
from covgate.render.prose import code, prose, spans
from covgate.render.rules import reasons, rule_row, told_in_order
from covgate.render.sections import Row, Section
from covgate.render.suite_results import suite_in_words

MOST_COMPONENTS = 20
MOST_RULES = 12
_ANSWERED = ("measured", "required")


def components_section(report: Report, *, full: bool) -> Section:
    """All components with their numbers, those that failed first; what belongs to none of them is last."""
    parts = sorted(report.components, key=lambda part: part.verdict.conclusion is Conclusion.PASSED)
    if not parts:
        return Section()
    rows = [_row(part) for part in parts]
    unasked = full and not all(part.judged for part in parts)
    return Section(
        text=(prose("A component without a sign has no thresholds of its own."),) if unasked else (),
        columns=("component", "changed lines", "all lines"),
        rows=(*rows, *_rest(report)),
        noun="component",
        most=None if full else MOST_COMPONENTS,
    )


def _row(part: ComponentReport) -> Row:
    failed = part.verdict.conclusion is not Conclusion.PASSED
    label = prose(_sign(part), code(part.name), " (new)" if part.added else "")
    if part.note:
        return label, spans(part.note), prose("–")
    points = change(part.total.line, part.before.line if part.before else None)
    missed = f" · {part.diff.line.missed:,} missed" if part.diff.line.missed and failed else ""
    changed = prose(percent(part.diff.line), missed) if part.diff.line.total else prose("–")
    return label, changed, prose(percent(part.total.line), f" · {points}" if points else "")


def _sign(part: ComponentReport) -> str:
    if not part.judged:
        return ""
    return f"{PASSED if part.verdict.conclusion is Conclusion.PASSED else FAILED} "


def _rest(report: Report) -> Iterator[Row]:
    """What belongs to no component, where there is such."""
    comparison, parts = report.comparison, report.components
    line = _without(comparison.head.line, (part.total for part in parts))
    changed = _without(comparison.coverage.line, (part.diff for part in parts))
    if line.total or changed.total:
        yield prose("everything else"), prose(percent(changed) if changed.total else "–"), prose(percent(line))


def _without(whole: Ratio, parts: Iterable[Counts]) -> Ratio:
    told = sum((part.line for part in parts), NOTHING)
    return Ratio(whole.covered - told.covered, whole.total - told.total)


def component_sections(report: Report, *, full: bool) -> Iterator[Section]:
    """A section for each component that failed; those that passed together, or in full each in its own."""
    told = [part for part in report.components if part.judged]
    failed = [part for part in told if part.verdict.conclusion is not Conclusion.PASSED]
    yield from (_details(part, full=full) for part in failed)
    passed = [part for part in told if part not in failed]
    if full:
        yield from (_details(part, full=full) for part in passed)
    else:
        yield _together(passed)


def _details(part: ComponentReport, *, full: bool) -> Section:
    """What a component was asked, and how its own suite ended."""
    suite = [suite_in_words(part.suite)] if part.suite and (full or part.suite.broken) else []
    verdict = own_verdict(part)
    rules = told_in_order(verdict)
    return Section(
        prose(_sign(part), code(part.name), " · ", code(part.root)),
        text=(*suite, *reasons(verdict)),
        columns=("", *_ANSWERED) if rules else (),
        rows=tuple(rule_row(rule, verdict, brief=True) for rule in rules),
        noun="rule",
        most=None if full else MOST_RULES,
    )


def _together(parts: list[ComponentReport]) -> Section:
    rows = [
        (prose(code(part.name), " ", row[0]), *row[1:])
        for part in parts
        for rule in told_in_order(own_verdict(part))
        for row in (rule_row(rule, part.verdict, brief=True, signed=False),)
    ]
    return Section(
        prose(f"{counted(len(parts), 'component')} passed"),
        columns=("", *_ANSWERED),
        rows=tuple(rows),
        noun="rule",
        folded=True,
        most=MOST_RULES,
    )


def own_verdict(part: ComponentReport) -> Verdict:
    """A component's answers, called by what they count of it: they know of no project."""
    results = tuple(replace(rule, label=_label(rule)) for rule in part.verdict.results)
    return replace(part.verdict, results=results)


def _label(rule: RuleResult) -> str:
    return rule.label.replace("Project ", "All ", 1) if rule.label.startswith("Project ") else rule.label
