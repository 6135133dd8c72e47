"""file.line: a floor under each changed file, taken whole."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import BROKEN, LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import file_floors
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class FileLine:
    """How much of each changed file must be covered, by this count."""

    line: Percent | None = field(
        default=None, metadata=about("Least percentage of statements in each changed file, taken whole.")
    )


def _check(options: FileLine, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.line is not None
    return file_floors("line", options.line, facts)


_FILE = a_file(4, 10)
_OTHER = a_file(10, 10, 10, 10, path="src/shop/tax.py")
_NEW = a_file(0, 2, 0, 2, path="src/shop/new.py")

RULE = Rule(
    id="file.line",
    summary="Least percentage of statements in each changed file",
    options=FileLine,
    check=_check,
    examples=(
        Example(
            "each file is answered for",
            FileLine(Fraction(50)),
            facts(_FILE, _OTHER, changes=(a_change(_FILE), a_change(_OTHER))),
            (Status.FAILED, Status.PASSED),
            "1 statement short: 4 of 10 statements covered (40.00 %); 50 % required",
        ),
        Example(
            "untouched files are not asked",
            FileLine(Fraction(50)),
            facts(_FILE),
            (Status.NOT_APPLICABLE,),
            "no measured file",
        ),
        Example(
            "a file that coverage never saw counts",
            FileLine(Fraction(50)),
            facts(_FILE, changes=(a_change(_NEW, unmeasured=True),), unmeasured=(_NEW,)),
            (Status.FAILED,),
            "coverage never saw this file",
        ),
        Example(
            "a file that nobody can count is answered for, too",
            FileLine(Fraction(50)),
            facts(_OTHER, changes=(a_change(_OTHER),), left_out=(BROKEN,)),
            (Status.PASSED, Status.UNKNOWN),
            "does not parse",
        ),
        Example(
            "lines are judged where branches were not measured",
            FileLine(Fraction(50)),
            facts(_FILE, changes=(a_change(_FILE),), origin=LINES_ONLY),
            (Status.FAILED,),
            "1 statement short",
        ),
    ),
)
