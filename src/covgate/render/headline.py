"""The one sentence that matters, and the last one: what to do next."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from covgate.model.component import ComponentReport
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.suite import Ending, Outcome
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.render.figures import counted, percent, share, threshold
from covgate.render.prose import Prose, code, joined, prose, sentence, spans, strong, without_stop

PASSED, FAILED, UNKNOWN = "✅", "❌", "❔"
MOST_NAMES = 3
_MOST_NUMBERS = 6
_NO_MODULE = re.compile(r"No module named ['\"]([A-Za-z_]\w{0,60})")
FALLS = ("drop", "file.drop", "groups.drop")
_FLOORS = ("diff.", "total.", "file.", "groups.")


def mark(report: Report) -> str:
    """One sign for the verdict."""
    return PASSED if report.verdict.conclusion is Conclusion.PASSED else FAILED


def headline(report: Report) -> Prose:
    """The verdict in one sentence."""
    match report.verdict.conclusion:
        case Conclusion.ERROR:
            return _suite_ended(report)
        case Conclusion.FAILED:
            return _failed_somewhere(report)
        case Conclusion.PASSED:
            return _passed(report)


def decisive(report: Report) -> RuleResult | None:
    """The failed rule to tell of first: a component's where one failed, of several one about the change."""
    parts = failed_components(report)
    told = [rule for part in parts if (rule := first_failed(part.verdict))]
    return min(told, key=lambda rule: not rule.id.startswith("diff."), default=first_failed(report.verdict))


def failed_components(report: Report) -> tuple[ComponentReport, ...]:
    """The components that fell short of their thresholds."""
    return tuple(part for part in report.components if part.verdict.conclusion is Conclusion.FAILED)


def first_failed(verdict: Verdict) -> RuleResult | None:
    """The failed rule to tell of first: one that could be judged, one on changed lines."""
    order = sorted(
        verdict.failed,
        key=lambda rule: (rule.status is Status.UNKNOWN, rule.id != "diff.line", not rule.id.startswith("diff.")),
    )
    return order[0] if order else None


def _suite_ended(report: Report) -> Prose:
    suite = report.suite
    broken = [part for part in report.components if part.suite and part.suite.broken]
    if len(broken) == 1 and broken[0].suite and broken[0].suite.failures:
        one = broken[0].suite
        ran = len(one.cases) - one.count(Outcome.SKIPPED)
        return prose("The suite of ", code(broken[0].name), f" failed: {len(one.failures):,} of {counted(ran, 'test')}")
    if len(broken) > 1:
        return prose("The suites of ", joined((code(part.name) for part in broken[:MOST_NAMES]), ", "), " failed")
    if suite.ending is Ending.FAILED and suite.failures:
        ran = len(suite.cases) - suite.count(Outcome.SKIPPED)
        return prose(f"The suite failed: {len(suite.failures):,} of {counted(ran, 'test')}")
    return without_stop(spans(suite.words or f"The suite did not end well: {suite.ending.value}"))


def _failed_somewhere(report: Report) -> Prose:
    """What failed, with the component that it failed in."""
    parts = failed_components(report)
    if not parts:
        return _failed(first_failed(report.verdict))
    names = joined((code(part.name) for part in parts[:MOST_NAMES]), ", ")
    if len(parts) > 1:
        more = f" and {len(parts) - MOST_NAMES:,} more" if len(parts) > MOST_NAMES else ""
        return prose(f"{len(parts):,} of {len(report.components):,} components failed: ", names, more)
    rule = first_failed(parts[0].verdict)
    return prose(names, ": ", _failed(replace(rule, label=_unowned(rule.label)) if rule else None))


def _unowned(label: str) -> str:
    """A component's rule counts no project's lines."""
    bare = label.removeprefix("Project ")
    return f"{bare[:1].upper()}{bare[1:]}"


def _failed(rule: RuleResult | None) -> Prose:
    if rule is None:
        return prose("The gate failed")
    if rule.status is Status.UNKNOWN:
        return prose(name(rule), " could not be judged")
    if rule.id in FALLS and rule.ratio is not None and rule.required is not None:
        return prose(f"{counted(rule.short, rule.noun)} short: ", *_fell(rule, rule.ratio, rule.required))
    if rule.ratio is None or rule.required is None or not rule.id.startswith(_FLOORS):
        return prose(name(rule), ": ", spans(rule.reason)) if rule.reason else prose(name(rule), " failed")
    short = f"{counted(rule.short, rule.noun)} short: " if rule.short else ""
    return prose(short, reached(rule, rule.ratio), f", {threshold(rule.required, rule.unit)} is required")


def _fell(rule: RuleResult, ratio: Ratio, required: Fraction) -> Prose:
    """ "the project's lines fell to 80.42 %, 81.30 % is required"."""
    what = {"file.drop": "the lines of ", "groups.drop": "the lines of group "}.get(rule.id, "")
    subject = prose(what, code(rule.subject)) if what else prose(f"the project's {rule.subject}")
    return prose(subject, f" fell to {percent(ratio)}, {threshold(required, rule.unit)} is required")


def reached(rule: RuleResult, ratio: Ratio) -> Prose:
    """What a rule measured, as a clause: "83.33 % of the changed lines are tested"."""
    return prose(f"{percent(ratio)} of the {lowered(rule.label)}", name(rule)[1:], " are tested")


def name(rule: RuleResult) -> Prose:
    """What a reader calls the rule, with the file or group that it answers for."""
    told = rule.subject.lower() in rule.label.lower()
    return prose(rule.label, *(() if told else (" ", code(rule.subject))))


def lowered(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def told_by_headline(report: Report) -> str:
    """The id of the rule whose number the headline of a passed gate tells, "" for none."""
    if _unchanged(report):
        return "total.line"
    return "diff.line" if report.comparison.coverage.line.total else ""


def _unchanged(report: Report) -> bool:
    """Whether there is a project to tell of and no change to it."""
    comparison = report.comparison
    base, head = comparison.diff.base, comparison.diff.head
    return (
        base.sha == head.sha and not head.dirty and not comparison.coverage.files and bool(comparison.head.line.total)
    )


def _required(report: Report, rule_id: str) -> str:
    """ ", 90 % is required", where it is."""
    rule = next((rule for rule in report.verdict.results if rule.id == rule_id and rule.required is not None), None)
    return f", {threshold(rule.required, rule.unit)} is required" if rule and rule.required is not None else ""


def _passed(report: Report) -> Prose:
    coverage = report.comparison.coverage
    if _unchanged(report):
        whole = percent(report.comparison.head.line)
        return prose(f"{whole} of the project's lines are tested{_required(report, 'total.line')}")
    if not coverage.files:
        return prose("Nothing to measure in this change")
    line = coverage.line
    if not line.total:
        return prose("Passed: this change has no statements of its own")
    if not line.missed:
        every = f"all {line.total:,} changed statements are" if line.total > 1 else "the one changed statement is"
        return prose(f"{every[0].upper()}{every[1:]} tested{_branches_left(coverage.branch)}")
    rule = next((rule for rule in report.verdict.results if rule.id == "diff.line" and rule.required is not None), None)
    if rule and rule.required is not None and line.short_of(rule.required):
        return prose(f"Passed by its allowance: {share(line)} changed statements are tested")
    return prose(f"{percent(line)} of the changed lines are tested{_required(report, 'diff.line')}")


def _branches_left(branch: Ratio) -> str:
    if not branch.missed:
        return ""
    return f", {counted(branch.missed, 'branch')} {'is' if branch.missed == 1 else 'are'} not"


def opening(report: Report) -> tuple[Prose, ...]:
    """Paragraphs right after the headline: the reason why, where the headline cannot hold it."""
    verdict, coverage = report.verdict, report.comparison.coverage
    rule = decisive(report)
    if verdict.conclusion is Conclusion.ERROR:
        return (prose("The numbers below are those of a failing run: what the suite did not reach counts as missed."),)
    if rule and rule.status is Status.UNKNOWN:
        return (sentence(rule.reason),) if rule.reason else ()
    if rule and rule.id in FALLS:
        return (sentence(rule.reason.partition(" short: ")[2]),)
    if verdict.conclusion is Conclusion.PASSED and not coverage.files and coverage.reason:
        return (sentence(coverage.reason),)
    return ()


def next_step(report: Report) -> tuple[Prose, ...]:
    """What to do about it; nothing where the gate passed."""
    rule = decisive(report)
    if report.verdict.conclusion is Conclusion.ERROR:
        pass_again = prose(*_install(report), "make the suite pass", *_command(report))
        return (prose(strong("Next:"), " ", pass_again, ". The gate is judged on a suite that passes."),)
    if rule is None:
        return ()
    return (prose(strong("Next:"), " ", *_remedy(report, rule), _check),)


def _install(report: Report) -> Prose:
    """What to install first, where tests could not import it."""
    found = (_NO_MODULE.search(case.message) for case in report.suite.failures)
    names = dict.fromkeys(match[1] for match in found if match)
    if not names:
        return ()
    told = joined((code(name) for name in list(names)[:MOST_NAMES]), ", ")
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return prose("install ", told, more, " for the suite (in the action by ", code("suite.install"), "), then ")


def _command(report: Report) -> Prose:
    """The suite's command, and where to run it."""
    roots = [part.root for part in report.components if part.suite and part.suite.broken]
    where = prose(" in ", code(roots[0])) if len(roots) == 1 else ()
    return prose(": ", code(report.suite.command), where) if report.suite.command else ()


_check = prose(" ", code("covgate run"), " shows this report again before you push.")


def _remedy(report: Report, rule: RuleResult) -> Prose:
    if rule.status is Status.UNKNOWN:
        return prose("make it possible to judge, or let it pass with ", code("on_unknown: pass"), " in the settings.")
    if rule.id.startswith("diff.") and report.gaps:
        first = next((n for n in range(len(report.gaps[: report.top])) if passes_gate(report, n)), None)
        if first is not None:
            return prose("a test for ", code(report.gaps[first].gap.function or report.gaps[first].gap.path), ".")
        return _several(report, rule)
    if report.fewest:
        return _fewest(report)
    if enough := report.plan.enough if report.plan else ():
        return _functions(enough)
    return _lacking(report, rule)


def _lacking(report: Report, rule: RuleResult) -> Prose:
    """How much is lacking, where nothing says what of it to close."""
    if not rule.short:
        return prose("see the table above.")
    if rule.id == "drop.indirect":
        return prose("test the lines under “Lost elsewhere” again, or bring back the tests that ran them.")
    if rule.id in FALLS and any(one.lost for one in report.comparison.indirect):
        return prose(f"cover {counted(rule.short, f'more {rule.noun}')}, those under “Lost elsewhere” to begin with.")
    return prose(
        f"cover {counted(rule.short, f'more {rule.noun}')}; ",
        code("report.json"),
        " lists what every file of the project misses.",
    )


def _several(report: Report, rule: RuleResult) -> Prose:
    """How far down the list of gaps one must go, where no single one is enough."""
    if report.fewest and (not report.enough or len(report.fewest) < report.enough):
        return _fewest(report)
    if not report.enough:
        left = counted(rule.short, f"more changed {rule.noun}") if rule.short else "more of the change"
        return prose(f"cover {left}; the list above begins with what is worth most.")
    if report.enough == 1:
        gaps = "the first gap above"
    else:
        first = "all" if report.enough == len(report.gaps) else "the first"
        gaps = f"{first} {report.enough:,} gaps{' above' if report.enough <= report.top else ''}"
    promise = "passes the gate" if _only_the_change_failed(report) else "is enough for the changed lines"
    return prose(f"testing {gaps} {promise}.")


def _fewest(report: Report) -> Prose:
    """The gaps by their numbers in the list; of very many, how many there are."""
    numbers = [f"{place + 1:,}" for place in report.fewest]
    if len(numbers) == 1:
        gap = report.gaps[report.fewest[0]].gap
        return prose("a test for ", code(gap.function or gap.path), " passes the gate.")
    if len(numbers) > _MOST_NUMBERS:
        return prose(f"testing {len(numbers):,} of the gaps passes the gate; ", code("report.json"), " names them.")
    return prose(f"testing gaps {', '.join(numbers[:-1])} and {numbers[-1]} passes the gate.")


def _functions(enough: Sequence[tuple[str, str]]) -> Prose:
    """The functions of the project that are enough."""
    path, name = enough[0]
    first = joined((code(name) if name else (), code(path)), " in ")
    more = len(enough) - 1
    others = prose(f" and {counted(more, 'more function')} that ", code("plan.md"), " names") if more else ()
    return prose("tests for ", first, others, " pass the gate.")


def _only_the_change_failed(report: Report) -> bool:
    verdicts = (report.verdict, *(part.verdict for part in report.components))
    return all(rule.id.startswith("diff.") for verdict in verdicts for rule in verdict.failed)


def passes_gate(report: Report, index: int) -> bool:
    """Whether closing this gap alone turns the whole gate green."""
    gap = report.gaps[index]
    return gap.passes and _only_the_change_failed(report) and report.verdict.conclusion is Conclusion.FAILED
