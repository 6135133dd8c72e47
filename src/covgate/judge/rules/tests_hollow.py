"""tests.hollow: accepted and answered as unknown until covgate gathers its facts."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import Question, not_yet
from covgate.judge.example import facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Hollow:
    """Greatest percentage of changed lines covered without an assertion."""

    hollow: Percent | None = field(
        default=None,
        metadata=about(
            "Greatest percentage of covered changed lines that only tests without assertions reach. "
            "Answered as unknown by this version."
        ),
    )


def _check(options: Hollow, facts: Facts) -> tuple[RuleResult, ...]:  # noqa: ARG001  # the facts are not there yet
    assert options.hollow is not None
    return not_yet(
        Question("tests.hollow", "Hollow coverage", "statement", "hollow statements", required=Fraction(options.hollow))
    )


RULE = Rule(
    id="tests.hollow",
    summary="Greatest percentage of changed lines covered without an assertion",
    options=Hollow,
    check=_check,
    examples=(
        Example("never silently absent", Hollow(Fraction(5)), facts(), (Status.UNKNOWN,), "cannot judge this yet"),
    ),
)
