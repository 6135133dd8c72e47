"""diff.combined: as `diff.line`, by another count."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import diff_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class DiffCombined:
    """How much of the change must be covered, by this count."""

    combined: Percent | None = field(
        default=None, metadata=about("Least percentage of changed statements and branches together.")
    )


def _check(options: DiffCombined, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.combined is not None
    return (diff_floor("combined", options.combined, facts),)


_FILE = a_file(8, 10, 3, 4)
_STRAIGHT = a_file(8, 10)

RULE = Rule(
    id="diff.combined",
    summary="Least percentage of changed statements and branches, together",
    options=DiffCombined,
    check=_check,
    examples=(
        Example(
            "enough",
            DiffCombined(Fraction(75)),
            facts(_FILE, changes=(a_change(_FILE),)),
            (Status.PASSED,),
            "75 % required",
        ),
        Example(
            "one is missing",
            DiffCombined(Fraction(80)),
            facts(_FILE, changes=(a_change(_FILE),)),
            (Status.FAILED,),
            "1 statement or branch short: 11 of 14 changed statements and branches",
        ),
        Example(
            "branches that nobody measured are not taken for covered",
            DiffCombined(Fraction(80)),
            facts(_STRAIGHT, changes=(a_change(_STRAIGHT),), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example(
            "nothing to measure",
            DiffCombined(Fraction(80)),
            facts(_FILE, reason="only documents changed"),
            (Status.NOT_APPLICABLE,),
            "only documents changed",
        ),
    ),
)
