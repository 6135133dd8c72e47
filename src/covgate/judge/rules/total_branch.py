"""total.branch: a floor under the whole project."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.floors import total_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class TotalBranch:
    """How much of the project must be covered, by this count."""

    branch: Percent | None = field(
        default=None, metadata=about("Least percentage of the project's branches that tests take.")
    )


def _check(options: TotalBranch, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.branch is not None
    return (total_floor("branch", options.branch, facts),)


_FILE = a_file(10, 10, 799, 1000)

RULE = Rule(
    id="total.branch",
    summary="Least percentage of the project's branches that tests take",
    options=TotalBranch,
    check=_check,
    examples=(
        Example(
            "799 of 1000 pass 79.5",
            TotalBranch(Fraction("79.5")),
            facts(_FILE),
            (Status.PASSED,),
            "799 of 1000 branches covered (79.90 %); 79.5 % required",
        ),
        Example(
            "799 of 1000 fail 80",
            TotalBranch(Fraction(80)),
            facts(_FILE),
            (Status.FAILED,),
            "1 branch short: 799 of 1000",
        ),
        Example("nothing measured", TotalBranch(Fraction(80)), facts(), (Status.UNKNOWN,), "nothing was measured"),
        Example(
            "branches that nobody measured are not taken for covered",
            TotalBranch(Fraction(50)),
            facts(a_file(1, 1), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example(
            "a project without branches",
            TotalBranch(Fraction(50)),
            facts(a_file(1, 1)),
            (Status.NOT_APPLICABLE,),
            "the project has no branches",
        ),
    ),
)
