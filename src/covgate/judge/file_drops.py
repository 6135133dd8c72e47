"""No drop in a single file, and no cover lost in lines that the change did not write."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from covgate.judge.answers import NOUNS, Question, comparable_base, plural
from covgate.judge.drops import Parts, drift_counts, fall_limit, touched
from covgate.judge.rule import Facts
from covgate.model.trace import Trace
from covgate.model.verdict import RuleResult


def file_drops(points: Fraction, facts: Facts) -> tuple[RuleResult, ...]:
    """Whether the lines of each changed file fell by no more than `points` since its base.

    Shape:  a file that the base did not measure is not asked; neither is one that the change deletes.
    """
    noun = NOUNS["line"]
    question = Question("file.drop", "File against the base", noun, plural(noun))
    base = comparable_base(facts)
    if isinstance(base, str):
        return (question.not_applicable(base),)
    why, own = drift_counts("auto", facts.comparison), touched(facts.comparison)
    answers = tuple(_file_drop(question, trace, points, why, own) for trace in _changed(facts))
    return answers or (question.not_applicable("no file that the base measured was changed"),)


def _changed(facts: Facts) -> Iterator[Trace]:
    changed = {change.path for change in facts.comparison.diff.files}
    return (trace for trace in facts.comparison.traces if trace.now and trace.before and trace.now.path in changed)


def _file_drop(question: Question, trace: Trace, points: Fraction, why: str, own: frozenset[str]) -> RuleResult:
    assert trace.now
    assert trace.before
    about = replace(question, subject=trace.now.path)
    parts = Parts.of((trace,), "line", own)
    return fall_limit(about, trace.now.line, trace.before.line, parts, points, why=why)


def lost_elsewhere(allowed: int, facts: Facts) -> RuleResult:
    """Whether no more than `allowed` statements lost their cover that the change did not write.

    Those of files that the base measured, that are still there, and that nobody measures any more are lost as well.
    """
    question = Question("drop.indirect", "Lost elsewhere", NOUNS["line"], plural(NOUNS["line"]), unit="")
    base, comparison = comparable_base(facts), facts.comparison
    if isinstance(base, str):
        return question.not_applicable(base)
    lost = sum(len(trace.lost) for trace in comparison.traces)
    vanished = sum(len(trace.before.executed) for trace in comparison.traces if trace.before and trace.vanished)
    count = lost + vanished
    told = f"{count} {question.noun if count == 1 else question.things} that this change did not write"
    reason = f"{told} ran at the base and no longer {'does' if count == 1 else 'do'}; {allowed} allowed"
    asked = replace(question, required=Fraction(allowed))
    answer = asked.failed(reason, None, short=count - allowed) if count > allowed else asked.passed(reason, None)
    return replace(answer, measured=Fraction(count))
