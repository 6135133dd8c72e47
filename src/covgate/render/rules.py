"""The rules' answers: measured, required, changed since the base."""

from fractions import Fraction

from covgate.model.comparison import Missing
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.render.figures import UNKNOWN, amount, change, counted, percent, plural_of, share, share_of, threshold
from covgate.render.headline import FAILED, FALLS, PASSED, decisive, first_failed, lowered, name, told_by_headline
from covgate.render.headline import UNKNOWN as UNJUDGED
from covgate.render.prose import Prose, joined, prose, spans, strong, without_stop
from covgate.render.sections import Row, Section
from covgate.render.unasked import unasked

MOST_ROWS = 8


def rules_section(report: Report, *, full: bool, brief: bool) -> Section:
    """All rules that apply as a table, those that failed first, with the numbers that no rule asks for.

    Shape:  if `brief`, three columns, which is what a phone has room for, and a line instead where all is green.
    """
    rules = told_in_order(report.verdict, unasked(report))
    failing_run = report.verdict.conclusion is Conclusion.ERROR
    changes = not brief and any(_change(rule) for rule in rules)
    columns = ("", "measured", "required", *(("change",) if changes else ()))
    if brief and _green(report):
        return Section(text=_in_a_line([rule for rule in rules if rule.id != told_by_headline(report)]))
    rows = tuple(
        rule_row(rule, report.verdict, brief=brief, tight=changes and not full)
        + ((prose(_change(rule)),) if changes else ())
        for rule in rules
    )
    title = prose("Numbers of the failing run") if failing_run else _title(report, full=full)
    return Section(title, columns=columns, rows=rows, noun="rule", most=None if full else MOST_ROWS)


def _title(report: Report, *, full: bool) -> Prose:
    """What to call the table: beside those of components it needs a name."""
    if report.components:
        return prose("The whole repository")
    return prose("Rules") if full else ()


def reasons_section(report: Report, *, full: bool) -> Section:
    """Why a rule could not be judged, failed without a number, passed below its threshold, or does not apply."""
    return Section(text=reasons(report.verdict, decisive(report), () if full else _told_anyway(report)))


def reasons(verdict: Verdict, told: RuleResult | None = None, anyway: tuple[str, ...] = ()) -> tuple[Prose, ...]:
    """The same as paragraphs, but for the rule that is told of elsewhere and for reasons that are told anyway."""
    others = [rule for rule in told_in_order(verdict) if rule is not told]
    lines = [prose(strong(rule.label), name(rule)[1:], " ", why) for rule in others if (why := _why(rule))]
    idle = [rule for rule in verdict.results if rule.status is Status.NOT_APPLICABLE]
    worth = [rule for rule in idle if rule.reason not in anyway]
    if worth:
        lines.append(prose("Not applicable: ", joined((_idle(rule) for rule in worth), "; "), "."))
    return tuple(lines)


def _told_anyway(report: Report) -> tuple[str, ...]:
    baseline = report.comparison.baseline
    return (report.comparison.coverage.reason, baseline.reason if isinstance(baseline, Missing) else "")


def told_in_order(verdict: Verdict, more: tuple[RuleResult, ...] = ()) -> list[RuleResult]:
    """What failed, then what could not be judged, then the rest: the change, the project, files and groups."""
    failed = verdict.failed
    rank = {Status.FAILED: 0, Status.UNKNOWN: 1}
    applicable = [rule for rule in verdict.results if rule.status is not Status.NOT_APPLICABLE]
    first = first_failed(verdict)

    def place(rule: RuleResult) -> tuple[bool, bool, int, int]:
        about = next((n for n, section in enumerate(("diff.", "total.")) if rule.id.startswith(section)), 2)
        return rule is not first, rule not in failed, rank.get(rule.status, 2), about

    return sorted((*applicable, *more), key=place)


def _green(report: Report) -> bool:
    return report.verdict.conclusion is Conclusion.PASSED and all(
        rule.status in (Status.PASSED, Status.NOT_APPLICABLE) for rule in report.verdict.results
    )


def _in_a_line(rules: list[RuleResult]) -> tuple[Prose, ...]:
    told = [prose(name(rule), " ", _measured(rule), f" {_change(rule)}".rstrip(), _needs(rule)) for rule in rules]
    return (joined(told[:MOST_ROWS], " · "),) if told else ()


def _needs(rule: RuleResult) -> str:
    if _fell_elsewhere(rule):
        return " (not by this change)"
    if rule.required is not None:
        return f" (required {_required(rule, rule.required)})"
    return f" ({_count(rule, rule.ratio)})" if rule.ratio is not None and rule.ratio.total else ""


def _required(rule: RuleResult, required: Fraction) -> str:
    if _fell_elsewhere(rule):
        return "not by this change"
    return threshold(required, rule.unit, reached=rule.status is Status.PASSED)


def _fell_elsewhere(rule: RuleResult) -> bool:
    """Whether a fall passed because the change did not cause it: what is required is not what was measured."""
    if rule.id not in FALLS or rule.status is not Status.PASSED or rule.ratio is None or rule.required is None:
        return False
    return rule.ratio.short_of(rule.required) > 0


def rule_row(rule: RuleResult, verdict: Verdict, *, brief: bool, signed: bool = True, tight: bool = False) -> Row:
    """One answer: what was asked, what was measured, what is required; if `tight`, without what is counted."""
    label = strong(rule.label) if rule in verdict.failed else rule.label
    more = _change(rule) if brief else ""
    if not more and rule.ratio is not None and rule.ratio.total:
        more = share(rule.ratio) if tight else _count(rule, rule.ratio)
    measured = prose(_measured(rule), f" · {more}" if more else "")
    nothing = "–" if rule.status is Status.NOT_APPLICABLE else ""
    required = _required(rule, rule.required) if rule.required is not None else nothing
    short = f"{' · ' if required else ''}{rule.short:,} short" if rule.short and rule.status is Status.FAILED else ""
    return prose(_sign(rule, verdict) if signed else "", label, name(rule)[1:]), measured, prose(required, short)


def _sign(rule: RuleResult, verdict: Verdict) -> str:
    """The answer's sign; none for the numbers of a failing run, which answer nothing."""
    if verdict.conclusion is Conclusion.ERROR:
        return ""
    signs = {Status.FAILED: FAILED, Status.UNKNOWN: UNJUDGED, Status.PASSED: PASSED, Status.NOT_APPLICABLE: " "}
    return f"{signs[rule.status]} "


def _measured(rule: RuleResult) -> str:
    if rule.status is Status.UNKNOWN:
        return "unknown"
    if rule.ratio is not None:
        return percent(rule.ratio)
    return UNKNOWN if rule.measured is None else amount(rule.measured, rule.unit)


def _count(rule: RuleResult, ratio: Ratio) -> str:
    """ "20 of 24 statements" for lines; "6 of 8" where the rule is called by what it counts: phones are narrow."""
    return share(ratio) if plural_of(rule.noun) in rule.label else share_of(ratio, rule.noun)


def _change(rule: RuleResult) -> str:
    return change(rule.ratio, rule.before) if rule.ratio is not None else ""


def _why(rule: RuleResult) -> Prose:
    if rule.status is Status.UNKNOWN:
        return prose("could not be judged: ", spans(rule.reason or "no reason was given"))
    if rule.status is Status.FAILED and rule.ratio is None and rule.reason:
        return prose("failed: ", spans(rule.reason))
    if rule.status is Status.PASSED and rule.ratio is not None and rule.required is not None:
        short = rule.ratio.short_of(rule.required)
        allowed = spans(rule.reason) if rule.reason else prose(f"{counted(short, rule.noun)} short, which is allowed")
        return prose("pass: ", allowed) if short and rule.id.startswith("diff.") else ()
    return ()


def _idle(rule: RuleResult) -> Prose:
    label = prose(lowered(rule.label), name(rule)[1:])
    return prose(label, " (", without_stop(spans(rule.reason)), ")") if rule.reason else label
