"""drop.indirect: how many lines that the change did not write may lose their cover."""

from dataclasses import dataclass, field, replace

from covgate.judge.example import ORIGIN, a_file, a_rewriting, facts, some_lines
from covgate.judge.file_drops import lost_elsewhere
from covgate.judge.options import Count, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class DropIndirect:
    """How much cover may be lost elsewhere."""

    indirect: Count | None = field(
        default=None,
        metadata=about(
            "So many statements that the change did not write may lose their cover; not asked unless set.",
            examples=[0],
        ),
    )


def _check(options: DropIndirect, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.indirect is not None
    return (lost_elsewhere(options.indirect, facts),)


_BEFORE = some_lines("........")

RULE = Rule(
    id="drop.indirect",
    summary="How many lines that the change did not write may lose their cover",
    options=DropIndirect,
    check=_check,
    examples=(
        Example(
            "lines that nobody touched must not lose their tests",
            DropIndirect(0),
            facts(some_lines("......!!"), base=_BEFORE),
            (Status.FAILED,),
            "2 statements that this change did not write ran at the base and no longer do; 0 allowed",
        ),
        Example(
            "an allowance",
            DropIndirect(2),
            facts(some_lines("......!!"), base=_BEFORE),
            (Status.PASSED,),
            "2 allowed",
        ),
        Example(
            "lines that the change wrote are judged by other rules",
            DropIndirect(0),
            facts(some_lines("......!!"), base=_BEFORE, diff=(a_rewriting(7, 2, 2),)),
            (Status.PASSED,),
            "0 statements",
        ),
        Example(
            "cover gained elsewhere makes up for none that is lost",
            DropIndirect(0),
            facts(some_lines(".......!"), base=some_lines("!!......")),
            (Status.FAILED,),
            "1 statement that this change did not write ran at the base and no longer does",
        ),
        Example(
            "a file that nobody measures any more has lost all that it had",
            DropIndirect(0),
            facts(a_file(3, 3, path="src/shop/tax.py"), base=_BEFORE),
            (Status.FAILED,),
            "8 statements",
        ),
        Example(
            "no baseline", DropIndirect(0), facts(_BEFORE, base="the first run"), (Status.NOT_APPLICABLE,), "the first"
        ),
        Example(
            "numbers of different measuring do not compare",
            DropIndirect(0),
            facts(_BEFORE, base=_BEFORE, base_origin=replace(ORIGIN, version="7.16")),
            (Status.NOT_APPLICABLE,),
            "measured differently",
        ),
    ),
)
