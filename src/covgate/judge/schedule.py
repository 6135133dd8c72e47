"""Dated steps: floors under the project that rise on known days."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from covgate.judge.answers import MEASURED_IN, NOUNS, Measure, Question, plural
from covgate.judge.floors import total_floor
from covgate.judge.options import Day, about
from covgate.judge.rule import Facts
from covgate.model.ratio import plain
from covgate.model.verdict import RuleResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A floor from a day on; the rules' options add how high it is."""

    since: Day = field(
        metadata=about("The day (UTC) on which the step begins to hold.", alias="from", examples=["2026-07-01"])
    )


def scheduled_floor(measure: Measure, steps: tuple[tuple[date, Fraction], ...], facts: Facts) -> RuleResult:
    """The project's floor by the latest step that has begun, in whatever order the steps are written."""
    begun = [step for step in steps if step[0] <= facts.today]
    if not begun:
        noun = NOUNS[measure]
        question = Question(f"schedule.{measure}", _label(measure), noun, plural(noun))
        since, required = min(steps)
        return question.not_applicable(f"the first step, to {plain(required)} %, begins on {since}")
    since, required = max(begun)
    answer = total_floor(measure, required, facts, rule="schedule")
    return replace(answer, label=_label(measure), reason=f"{answer.reason} since {since}{_next(steps, facts.today)}")


def _label(measure: Measure) -> str:
    return f"Project {MEASURED_IN[measure]} on schedule"


def _next(steps: tuple[tuple[date, Fraction], ...], today: date) -> str:
    coming = min((step for step in steps if step[0] > today), default=None)
    return f", {plain(coming[1])} % from {coming[0]} on" if coming else ""
