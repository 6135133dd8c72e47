"""suite.flaky: accepted and answered as unknown until covgate gathers its facts."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import Question, not_yet
from covgate.judge.example import facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Flaky:
    """Greatest percentage of flaky tests."""

    flaky: Percent | None = field(
        default=None,
        metadata=about(
            "Greatest percentage of tests that fail and then pass on a rerun. Answered as unknown by this version."
        ),
    )


def _check(options: Flaky, facts: Facts) -> tuple[RuleResult, ...]:  # noqa: ARG001  # the facts are not there yet
    assert options.flaky is not None
    return not_yet(Question("suite.flaky", "Flaky tests", "test", "flaky tests", required=Fraction(options.flaky)))


RULE = Rule(
    id="suite.flaky",
    summary="Greatest percentage of flaky tests",
    options=Flaky,
    check=_check,
    examples=(
        Example("never silently absent", Flaky(Fraction(0)), facts(), (Status.UNKNOWN,), "cannot judge this yet"),
    ),
)
