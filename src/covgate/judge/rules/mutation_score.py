"""mutation.score: accepted and answered as unknown until covgate gathers its facts."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import Question, not_yet
from covgate.judge.example import facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Score:
    """Least percentage of mutants that tests notice."""

    score: Percent | None = field(
        default=None,
        metadata=about(
            "Least percentage of the changed lines' mutants that tests notice. Answered as unknown by this version."
        ),
    )


def _check(options: Score, facts: Facts) -> tuple[RuleResult, ...]:  # noqa: ARG001  # the facts are not there yet
    assert options.score is not None
    return not_yet(Question("mutation.score", "Mutants noticed", "mutant", "mutants", required=Fraction(options.score)))


RULE = Rule(
    id="mutation.score",
    summary="Least percentage of mutants that tests notice",
    options=Score,
    check=_check,
    examples=(
        Example("never silently absent", Score(Fraction(60)), facts(), (Status.UNKNOWN,), "cannot judge this yet"),
    ),
)
