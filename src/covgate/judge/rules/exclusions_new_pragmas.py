"""exclusions.new_pragmas: accepted and answered as unknown until covgate gathers its facts."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import Question, not_yet
from covgate.judge.example import facts
from covgate.judge.options import Count, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class NewPragmas:
    """Greatest number of new exclusion comments."""

    new_pragmas: Count | None = field(
        default=None,
        metadata=about(
            "Greatest number of `# pragma: no cover` that a change may add. Answered as unknown by this version."
        ),
    )


def _check(options: NewPragmas, facts: Facts) -> tuple[RuleResult, ...]:  # noqa: ARG001  # the facts are not there yet
    assert options.new_pragmas is not None
    return not_yet(
        Question(
            "exclusions.new_pragmas",
            "New exclusions",
            "exclusion",
            "exclusions",
            required=Fraction(options.new_pragmas),
            unit="",
        )
    )


RULE = Rule(
    id="exclusions.new_pragmas",
    summary="Greatest number of new exclusion comments",
    options=NewPragmas,
    check=_check,
    examples=(Example("never silently absent", NewPragmas(0), facts(), (Status.UNKNOWN,), "cannot judge this yet"),),
)
