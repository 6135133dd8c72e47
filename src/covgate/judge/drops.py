"""No drop: the project against its base, where deleting covered code is no drop."""

from dataclasses import replace
from fractions import Fraction

from covgate.judge.answers import (
    BRANCHES_UNMEASURED,
    MEASURED_IN,
    NOUNS,
    Measure,
    Question,
    comparable_base,
    lacks_branches,
    measured,
    plural,
    short_words,
)
from covgate.judge.floors import NOTHING_MEASURED
from covgate.judge.rule import Facts
from covgate.model.comparison import Comparison
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.ratio import NOTHING, Ratio, floored, plain
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.verdict import RuleResult

_MOST_PLACES = 8


def drop_limit(measure: Measure, points: Fraction, facts: Facts) -> RuleResult:
    """Whether the project fell by no more than `points` since its base.

    Covered code that the change deletes and puts nothing in the place of is left out of the base: of a project with
    90 of 100 that deletes 50 covered statements, 40 of 50 are expected.
    """
    question = _question(measure)
    base, head = comparable_base(facts), facts.comparison.head
    if isinstance(base, str):
        return question.not_applicable(base)
    if not head.line.total:
        return question.unknown(NOTHING_MEASURED)
    if lacks_branches(measure, head):
        return question.unknown(BRANCHES_UNMEASURED)
    deleted = net_deleted(measure, base, facts.comparison)
    return _answer(question, measured(head, measure), measured(base, measure), deleted, points)


def _question(measure: Measure) -> Question:
    name = MEASURED_IN[measure]
    return Question("drop", f"Project {name} against the base", NOUNS[measure], plural(NOUNS[measure]), name)


def _answer(question: Question, ratio: Ratio, before: Ratio, deleted: int, points: Fraction) -> RuleResult:
    then, now = Ratio(before.covered - deleted, before.total - deleted).percent, ratio.percent
    if then is None or now is None:
        why = "nothing that the base measured is left" if then is None else f"the project has no {question.things}"
        return question.not_applicable(why, ratio, before)
    required = max(Fraction(0), then - points)
    asked = replace(question, required=required)
    reason = _reason(question.things, now, then, deleted, points)
    if short := ratio.short_of(required):
        return asked.failed(f"{short_words(short, question.noun)}: {reason}", ratio, before, short)
    return asked.passed(reason, ratio, before)


def net_deleted(measure: Measure, base: Snapshot, comparison: Comparison) -> int:
    """How many covered of the base's statements or branches the change deletes beyond those that it writes anew."""
    files = {file.path: file for file in base.files}
    removed = sum((_removed(change, files, measure) for change in comparison.diff.files), NOTHING)
    written = sum((measured(file, measure) for file in comparison.coverage.files if not file.unmeasured), NOTHING)
    return max(0, removed.covered - written.total)


def _removed(change: FileChange, files: dict[str, FileCoverage], measure: Measure) -> Ratio:
    """What a change takes from a file of the base."""
    file = files.get(change.old_path or change.path)
    if file is None:
        return NOTHING
    if change.kind is ChangeKind.DELETED:
        return measured(file, measure)
    return measured(file.narrow(file.first_lines(change.removed)), measure)


def _reason(things: str, now: Fraction, reference: Fraction, deleted: int, points: Fraction) -> str:
    shown_now, shown_then = apart(now, reference)
    without = f" without the {deleted} covered {things} that this change deletes" if deleted else ""
    allowed = f"; a drop of {plain(points)} {'point' if points == 1 else 'points'} is allowed" if points else ""
    return f"{shown_now} % of the {things} covered, {shown_then} % at the base{without}{allowed}"


def apart(one: Fraction, other: Fraction) -> tuple[str, str]:
    """Both with as many decimals, at least 2, as it takes to tell them apart."""
    for places in range(2, _MOST_PLACES):
        shown = floored(one, places), floored(other, places)
        if one == other or shown[0] != shown[1]:
            return shown
    return floored(one, _MOST_PLACES), floored(other, _MOST_PLACES)
