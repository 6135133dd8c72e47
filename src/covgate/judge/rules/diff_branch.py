"""diff.branch: as `diff.line`, by another count."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import diff_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class DiffBranch:
    """How much of the change must be covered, by this count."""

    branch: Percent | None = field(
        default=None,
        metadata=about("Least percentage of the ways out of changed branching statements that tests take."),
    )


def _check(options: DiffBranch, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.branch is not None
    return (diff_floor("branch", options.branch, facts),)


_FILE = a_file(8, 10, 3, 4)
_STRAIGHT = a_file(8, 10)

RULE = Rule(
    id="diff.branch",
    summary="Least percentage of changed branches that tests take",
    options=DiffBranch,
    check=_check,
    examples=(
        Example(
            "enough",
            DiffBranch(Fraction(75)),
            facts(_FILE, changes=(a_change(_FILE),)),
            (Status.PASSED,),
            "75 % required",
        ),
        Example(
            "one is missing",
            DiffBranch(Fraction(80)),
            facts(_FILE, changes=(a_change(_FILE),)),
            (Status.FAILED,),
            "1 branch short: 3 of 4 changed branches",
        ),
        Example(
            "branches that nobody measured are not taken for covered",
            DiffBranch(Fraction(80)),
            facts(_STRAIGHT, changes=(a_change(_STRAIGHT),), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example(
            "nothing to measure",
            DiffBranch(Fraction(80)),
            facts(_FILE, reason="only documents changed"),
            (Status.NOT_APPLICABLE,),
            "only documents changed",
        ),
        Example(
            "a change without a branch",
            DiffBranch(Fraction(80)),
            facts(_STRAIGHT, changes=(a_change(_STRAIGHT),)),
            (Status.NOT_APPLICABLE,),
            "the change holds no branches",
        ),
    ),
)
