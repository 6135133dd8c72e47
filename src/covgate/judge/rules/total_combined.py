"""total.combined: a floor under the whole project."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.floors import total_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class TotalCombined:
    """How much of the project must be covered, by this count."""

    combined: Percent | None = field(
        default=None,
        metadata=about("Least percentage of statements and branches together: the total that coverage.py prints."),
    )


def _check(options: TotalCombined, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.combined is not None
    return (total_floor("combined", options.combined, facts),)


_FILE = a_file(790, 990, 9, 10)

RULE = Rule(
    id="total.combined",
    summary="Least percentage of the project's statements and branches, together",
    options=TotalCombined,
    check=_check,
    examples=(
        Example(
            "799 of 1000 pass 79.5",
            TotalCombined(Fraction("79.5")),
            facts(_FILE),
            (Status.PASSED,),
            "799 of 1000 statements and branches covered (79.90 %); 79.5 % required",
        ),
        Example(
            "799 of 1000 fail 80",
            TotalCombined(Fraction(80)),
            facts(_FILE),
            (Status.FAILED,),
            "1 statement or branch short: 799 of 1000",
        ),
        Example("nothing measured", TotalCombined(Fraction(80)), facts(), (Status.UNKNOWN,), "nothing was measured"),
        Example(
            "branches that nobody measured are not taken for covered",
            TotalCombined(Fraction(50)),
            facts(a_file(1, 1), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
    ),
)
