"""Floors under a ratio: of the project, the change, a file, a group of paths. The rules name the measure."""

from dataclasses import replace
from fractions import Fraction

from covgate.judge.answers import (
    BRANCHES_UNMEASURED,
    MEASURED_IN,
    NOUNS,
    Measure,
    Question,
    at_least,
    base_ratio,
    comparable_base,
    lacks_branches,
    measured,
    plural,
    share,
    short_words,
)
from covgate.judge.rule import Facts
from covgate.model.comparison import ChangedFile
from covgate.model.ratio import Ratio, plain
from covgate.model.verdict import RuleResult, Status

NOTHING_MEASURED = "nothing was measured"


def total_floor(measure: Measure, required: Fraction, facts: Facts, rule: str = "total") -> RuleResult:
    """Whether the whole project reaches `required` percent."""
    things = plural(NOUNS[measure])
    question = Question(
        f"{rule}.{measure}", f"Project {MEASURED_IN[measure]}", NOUNS[measure], things, required=required
    )
    head = facts.comparison.head
    if not head.line.total:
        return question.unknown(NOTHING_MEASURED)
    if lacks_branches(measure, head):
        return question.unknown(BRANCHES_UNMEASURED)
    ratio, before = measured(head, measure), base_ratio(facts, measure)
    if not ratio.total:
        return question.not_applicable(f"the project has no {things}", ratio, before)
    return at_least(question, ratio, required, before)


def diff_floor(measure: Measure, required: Fraction, facts: Facts, allow_missed: int = 0) -> RuleResult:
    """Whether the change reaches `required` percent, or misses no more than `allow_missed`.

    Where there are files that nobody can count, a change that is short without them has failed, and any other is
    unknown.
    """
    things = f"changed {plural(NOUNS[measure])}"
    question = Question(f"diff.{measure}", f"Changed {MEASURED_IN[measure]}", NOUNS[measure], things, required=required)
    answer = _diff_floor(question, measure, required, facts, allow_missed)
    unknown = [left for left in facts.comparison.coverage.left_out if left.unknown]
    if not unknown or answer.status is Status.FAILED:
        return answer
    reasons = "; ".join(sorted({left.reason for left in unknown}))
    many = f"{len(unknown)} changed files" if len(unknown) > 1 else "a changed file"
    advice = "mend what does not parse, or leave it out with `omit` in coverage's settings"
    return question.unknown(f"{many} cannot be counted: {reasons}; {advice}")


def _diff_floor(
    question: Question, measure: Measure, required: Fraction, facts: Facts, allow_missed: int
) -> RuleResult:
    change = facts.comparison.coverage
    if not change.files:
        return question.not_applicable(change.reason or "the change holds no statement that could be measured")
    if lacks_branches(measure, facts.comparison.head):
        return question.unknown(BRANCHES_UNMEASURED)
    ratio = measured(change, measure)
    if not ratio.total:
        return question.not_applicable(f"the change holds no {plural(NOUNS[measure])}", ratio)
    if allow_missed:
        return _allowing(question, ratio, required, allow_missed)
    return at_least(question, ratio, required)


def _allowing(question: Question, ratio: Ratio, required: Fraction, allowed: int) -> RuleResult:
    said = f"{share(ratio, question.things)}; {plain(required)} % required, or at most {allowed} missed"
    short = min(ratio.short_of(required), max(0, ratio.missed - allowed))
    if short:
        return question.failed(f"{short_words(short, question.noun)}: {said}", ratio, short=short)
    if ratio.short_of(required):
        said = f"{ratio.missed} missed, {allowed} allowed: {said}"
    return question.passed(said, ratio)


def file_floors(measure: Measure, required: Fraction, facts: Facts) -> tuple[RuleResult, ...]:
    """Whether each changed file, taken whole, reaches `required` percent."""
    things = plural(NOUNS[measure])
    question = Question(
        f"file.{measure}", f"{MEASURED_IN[measure].capitalize()} of file", NOUNS[measure], things, required=required
    )
    files = facts.comparison.coverage.files
    if not files and not any(left.unknown for left in facts.comparison.coverage.left_out):
        return (question.not_applicable(facts.comparison.coverage.reason or "no measured file was changed"),)
    if lacks_branches(measure, facts.comparison.head):
        return (question.unknown(BRANCHES_UNMEASURED),)
    counted = [file for file in files if measured(file.now, measure).total]
    compares = not isinstance(comparable_base(facts), str)
    answers = tuple(_file_floor(question, file, measure, required, compares=compares) for file in counted)
    answers += tuple(
        replace(question, subject=left.path).unknown(left.reason)
        for left in facts.comparison.coverage.left_out
        if left.unknown
    )
    return answers or (question.not_applicable(f"no changed file has {things}"),)


def _file_floor(
    question: Question, file: ChangedFile, measure: Measure, required: Fraction, *, compares: bool
) -> RuleResult:
    about = Question(question.id, question.label, question.noun, question.things, file.path, required)
    before = measured(file.before, measure) if file.before and compares else None
    note = ", coverage never saw this file" if file.unmeasured else ""
    return at_least(about, measured(file.now, measure), required, before, note)
