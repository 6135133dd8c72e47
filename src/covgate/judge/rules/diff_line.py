"""Of the statements that the change added or rewrote, how many tests run."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import BROKEN, LINES_ONLY, a_change, a_file, facts
from covgate.judge.floors import diff_floor
from covgate.judge.options import Count, Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.snapshot import LeftOut
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class DiffLine:
    """How much of the changed lines must be covered."""

    line: Percent | None = field(
        default=None, metadata=about("Least percentage of changed statements that tests run.", examples=[90])
    )
    allow_missed: Count = field(
        default=0, metadata=about("So many missed changed statements pass `line` whatever the percentage is.")
    )


def _check(options: DiffLine, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.line is not None
    return (diff_floor("line", options.line, facts, options.allow_missed),)


def _change(covered: int, total: int, *left_out: LeftOut) -> Facts:
    file = a_file(covered, total)
    return facts(file, changes=(a_change(file),), left_out=left_out)


RULE = Rule(
    id="diff.line",
    summary="Least percentage of changed statements that tests run",
    options=DiffLine,
    check=_check,
    examples=(
        Example("799 of 1000 pass 79.5", DiffLine(Fraction("79.5")), _change(799, 1000), (Status.PASSED,), "79.90 %"),
        Example(
            "799 of 1000 fail 80",
            DiffLine(Fraction(80)),
            _change(799, 1000),
            (Status.FAILED,),
            "1 statement short: 799",
        ),
        Example("20 of 24 fail 90", DiffLine(Fraction(90)), _change(20, 24), (Status.FAILED,), "2 statements short"),
        Example(
            "a small miss is allowed", DiffLine(Fraction(90), 1), _change(2, 3), (Status.PASSED,), "1 missed, 1 allowed"
        ),
        Example(
            "one miss more than allowed",
            DiffLine(Fraction(90), 1),
            _change(1, 3),
            (Status.FAILED,),
            "1 statement short: 1 of 3 changed statements covered (33.33 %); 90 % required, or at most 1 missed",
        ),
        Example(
            "no statement is neither 0 nor 100",
            DiffLine(Fraction(90)),
            facts(a_file(1, 1), reason="only documents changed"),
            (Status.NOT_APPLICABLE,),
            "only documents changed",
        ),
        Example(
            "what nobody can count is neither covered nor absent",
            DiffLine(Fraction(90)),
            _change(1, 1, BROKEN),
            (Status.UNKNOWN,),
            "a changed file cannot be counted: does not parse: 'invalid syntax' at line 1",
        ),
        Example(
            "a change of nothing else is not known to be nothing",
            DiffLine(Fraction(90)),
            facts(a_file(1, 1), left_out=(BROKEN,), reason="No changed Python file counts."),
            (Status.UNKNOWN,),
            "a changed file cannot be counted",
        ),
        Example(
            "what is short is short beside it",
            DiffLine(Fraction(90)),
            _change(1, 2, BROKEN),
            (Status.FAILED,),
            "1 statement short",
        ),
        Example(
            "lines are judged where branches were not measured",
            DiffLine(Fraction(90)),
            facts(a_file(1, 1), changes=(a_change(a_file(1, 1)),), origin=LINES_ONLY),
            (Status.PASSED,),
            "1 of 1",
        ),
    ),
)
