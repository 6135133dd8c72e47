"""file.branch: a floor under each changed file, taken whole."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import file_floors
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class FileBranch:
    """How much of each changed file must be covered, by this count."""

    branch: Percent | None = field(
        default=None, metadata=about("Least percentage of branches in each changed file, taken whole.")
    )


def _check(options: FileBranch, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.branch is not None
    return file_floors("branch", options.branch, facts)


_FILE = a_file(9, 10, 4, 10)
_OTHER = a_file(10, 10, 10, 10, path="src/shop/tax.py")
_NEW = a_file(0, 2, 0, 2, path="src/shop/new.py")

RULE = Rule(
    id="file.branch",
    summary="Least percentage of branches in each changed file",
    options=FileBranch,
    check=_check,
    examples=(
        Example(
            "each file is answered for",
            FileBranch(Fraction(50)),
            facts(_FILE, _OTHER, changes=(a_change(_FILE), a_change(_OTHER))),
            (Status.FAILED, Status.PASSED),
            "1 branch short: 4 of 10 branches covered (40.00 %); 50 % required",
        ),
        Example(
            "untouched files are not asked",
            FileBranch(Fraction(50)),
            facts(_FILE),
            (Status.NOT_APPLICABLE,),
            "no measured file",
        ),
        Example(
            "a file that coverage never saw counts",
            FileBranch(Fraction(50)),
            facts(_FILE, changes=(a_change(_NEW, unmeasured=True),), unmeasured=(_NEW,)),
            (Status.FAILED,),
            "coverage never saw this file",
        ),
        Example(
            "branches that nobody measured are not taken for covered",
            FileBranch(Fraction(50)),
            facts(_FILE, changes=(a_change(_FILE),), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example(
            "no branch in any changed file",
            FileBranch(Fraction(50)),
            facts(a_file(1, 1), changes=(a_change(a_file(1, 1)),)),
            (Status.NOT_APPLICABLE,),
            "no changed file has branches",
        ),
    ),
)
