"""schedule.branch: a floor under the project that rises on known days."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from covgate.judge.example import a_file, facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.judge.schedule import Step, scheduled_floor
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBranch(Step):
    """A floor from a day on, by this count."""

    branch: Percent | None = field(
        default=None, metadata=about("Least percentage of the project's branches from that day on.")
    )


def _check(steps: tuple[StepBranch, ...], facts: Facts) -> tuple[RuleResult, ...]:
    floors = tuple((step.since, step.branch) for step in steps if step.branch is not None)
    return (scheduled_floor("branch", floors, facts),)


_STEPS = (
    StepBranch(since=date(2026, 7, 1), branch=Fraction(40)),
    StepBranch(since=date(2026, 1, 1), branch=Fraction(25)),
    StepBranch(since=date(2027, 1, 1), branch=Fraction(50)),
)
_FILE = a_file(1, 1, 40, 100)

RULE = Rule(
    id="schedule.branch",
    summary="Least percentage of the project's branches, in dated steps",
    options=StepBranch,
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
            "10 branches short: 40 of 100",
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
