"""total.line: a floor under the whole project."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.floors import total_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class TotalLine:
    """How much of the project must be covered, by this count."""

    line: Percent | None = field(
        default=None, metadata=about("Least percentage of the project's statements that tests run.")
    )


def _check(options: TotalLine, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.line is not None
    return (total_floor("line", options.line, facts),)


_FILE = a_file(799, 1000)

RULE = Rule(
    id="total.line",
    summary="Least percentage of the project's statements that tests run",
    options=TotalLine,
    check=_check,
    examples=(
        Example(
            "799 of 1000 pass 79.5",
            TotalLine(Fraction("79.5")),
            facts(_FILE),
            (Status.PASSED,),
            "799 of 1000 statements covered (79.90 %); 79.5 % required",
        ),
        Example(
            "799 of 1000 fail 80",
            TotalLine(Fraction(80)),
            facts(_FILE),
            (Status.FAILED,),
            "1 statement short: 799 of 1000",
        ),
        Example("nothing measured", TotalLine(Fraction(80)), facts(), (Status.UNKNOWN,), "nothing was measured"),
        Example(
            "lines are judged where branches were not measured",
            TotalLine(Fraction(50)),
            facts(_FILE, origin=LINES_ONLY),
            (Status.PASSED,),
            "799 of 1000",
        ),
    ),
)
