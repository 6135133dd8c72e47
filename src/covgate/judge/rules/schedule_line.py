"""schedule.line: a floor under the project that rises on known days."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from covgate.judge.example import a_file, facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.judge.schedule import Step, scheduled_floor
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine(Step):
    """A floor from a day on, by this count."""

    line: Percent | None = field(
        default=None, metadata=about("Least percentage of the project's statements from that day on.")
    )


def _check(steps: tuple[StepLine, ...], facts: Facts) -> tuple[RuleResult, ...]:
    floors = tuple((step.since, step.line) for step in steps if step.line is not None)
    return (scheduled_floor("line", floors, facts),)


_STEPS = (
    StepLine(since=date(2026, 7, 1), line=Fraction(40)),
    StepLine(since=date(2026, 1, 1), line=Fraction(25)),
    StepLine(since=date(2027, 1, 1), line=Fraction(50)),
)
_FILE = a_file(40, 100)

RULE = Rule(
    id="schedule.line",
    summary="Least percentage of the project's statements, in dated steps",
    options=StepLine,
    check=_check,
    many=True,
    examples=(
        Example(
            "the latest step that has begun holds",
            _STEPS,
            facts(_FILE, today=date(2026, 7, 1)),
            (Status.PASSED,),
            "40 % required since 2026-07-01, 50 % from 2027-01-01 on",
        ),
        Example(
            "a step holds from its first day on",
            _STEPS,
            facts(_FILE, today=date(2027, 1, 1)),
            (Status.FAILED,),
            "10 statements short: 40 of 100",
        ),
        Example(
            "before the first step",
            _STEPS,
            facts(_FILE, today=date(2025, 12, 31)),
            (Status.NOT_APPLICABLE,),
            "the first step, to 25 %, begins on 2026-01-01",
        ),
        Example("nothing measured", _STEPS, facts(), (Status.UNKNOWN,), "nothing was measured"),
    ),
)
