"""file.drop: no changed file may fall."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import a_deletion, a_file, a_rewriting, facts, some_lines
from covgate.judge.file_drops import file_drops
from covgate.judge.options import Points, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class FileDrop:
    """How far a changed file may fall."""

    drop: Points | None = field(
        default=None,
        metadata=about("By so many percentage points the statements of each changed file may fall below their base."),
    )


def _check(options: FileDrop, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.drop is not None
    return file_drops(options.drop, facts)


_NONE = FileDrop(Fraction(0))
_RENAMED = FileChange("src/shop/cart.py", ChangeKind.RENAMED, a_rewriting(1, 2, 2).hunks, "src/cart.py")

RULE = Rule(
    id="file.drop",
    summary="How far each changed file may fall below its base",
    options=FileDrop,
    check=_check,
    examples=(
        Example(
            "a changed file must not fall",
            _NONE,
            facts(some_lines("!!........"), base=some_lines("!........."), diff=(a_rewriting(1, 2, 2),)),
            (Status.FAILED,),
            "1 statement short: 80.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "an allowance",
            FileDrop(Fraction(10)),
            facts(some_lines("!!........"), base=some_lines("!........."), diff=(a_rewriting(1, 2, 2),)),
            (Status.PASSED,),
            "a drop of 10 points is allowed",
        ),
        Example(
            "a renamed file is compared with what it was",
            _NONE,
            facts(some_lines("!!.."), base=some_lines("....", path="src/cart.py"), diff=(_RENAMED,)),
            (Status.FAILED,),
            "2 statements short",
        ),
        Example(
            "deleting covered code is no drop",
            _NONE,
            facts(a_file(40, 50), base=a_file(90, 100), diff=(a_deletion(1, 50),)),
            (Status.PASSED,),
            "without the 50 covered statements that this change deletes",
        ),
        Example(
            "lines of the file that the change did not write, and that its own keep from running",
            _NONE,
            facts(some_lines("........!!"), base=some_lines(".........."), diff=(a_rewriting(1, 1, 1),)),
            (Status.FAILED,),
            "2 statements short",
        ),
        Example(
            "a new file has no base",
            _NONE,
            facts(
                some_lines("!!"),
                base=some_lines("..", path="src/shop/tax.py"),
                diff=(FileChange("src/shop/cart.py", ChangeKind.ADDED, a_rewriting(1, 0, 2).hunks),),
            ),
            (Status.NOT_APPLICABLE,),
            "no file that the base measured was changed",
        ),
        Example("no baseline", _NONE, facts(a_file(1, 2), base="the first run"), (Status.NOT_APPLICABLE,), "the first"),
    ),
)
