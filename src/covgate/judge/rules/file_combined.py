"""file.combined: a floor under each changed file, taken whole."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import file_floors
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class FileCombined:
    """How much of each changed file must be covered, by this count."""

    combined: Percent | None = field(
        default=None,
        metadata=about("Least percentage of statements and branches together in each changed file, taken whole."),
    )


def _check(options: FileCombined, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.combined is not None
    return file_floors("combined", options.combined, facts)


_FILE = a_file(2, 6, 2, 4)
_OTHER = a_file(10, 10, 10, 10, path="src/shop/tax.py")
_NEW = a_file(0, 2, 0, 2, path="src/shop/new.py")

RULE = Rule(
    id="file.combined",
    summary="Least percentage of statements and branches together in each changed file",
    options=FileCombined,
    check=_check,
    examples=(
        Example(
            "each file is answered for",
            FileCombined(Fraction(50)),
            facts(_FILE, _OTHER, changes=(a_change(_FILE), a_change(_OTHER))),
            (Status.FAILED, Status.PASSED),
            "1 statement or branch short: 4 of 10 statements and branches covered (40.00 %); 50 % required",
        ),
        Example(
            "untouched files are not asked",
            FileCombined(Fraction(50)),
            facts(_FILE),
            (Status.NOT_APPLICABLE,),
            "no measured file",
        ),
        Example(
            "a file that coverage never saw counts",
            FileCombined(Fraction(50)),
            facts(_FILE, changes=(a_change(_NEW, unmeasured=True),), unmeasured=(_NEW,)),
            (Status.FAILED,),
            "coverage never saw this file",
        ),
        Example(
            "branches that nobody measured are not taken for covered",
            FileCombined(Fraction(50)),
            facts(_FILE, changes=(a_change(_FILE),), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
    ),
)
