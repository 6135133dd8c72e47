"""groups.drop: no group of paths may fall."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.example import a_file, a_rewriting, facts, some_lines
from covgate.judge.groups import Group, group_drop
from covgate.judge.options import Points, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.comparison import SuiteDelta
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDrop(Group):
    """A group of paths, and how far it may fall."""

    drop: Points | None = field(
        default=None,
        metadata=about("By so many percentage points the group's statements may fall below their base."),
    )


def _check(groups: tuple[GroupDrop, ...], facts: Facts) -> tuple[RuleResult, ...]:
    return tuple(group_drop(group, group.drop, facts) for group in groups if group.drop is not None)


_CRITICAL = (GroupDrop(name="critical", paths=("src/shop",), drop=Fraction(0)),)
_FELL = some_lines("!!........")
_BEFORE = some_lines("!.........")
_MOVED = FileChange("src/shop/cart.py", ChangeKind.RENAMED, old_path="src/cart.py")

RULE = Rule(
    id="groups.drop",
    summary="How far each group of paths may fall below its base",
    options=GroupDrop,
    check=_check,
    many=True,
    examples=(
        Example(
            "a group must not fall",
            _CRITICAL,
            facts(_FELL, a_file(50, 50, path="src/web/page.py"), base=_BEFORE, diff=(a_rewriting(1, 2, 2),)),
            (Status.FAILED,),
            "1 statement short: 80.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "an allowance",
            (GroupDrop(name="critical", paths=("src/shop",), drop=Fraction(10)),),
            facts(_FELL, base=_BEFORE, diff=(a_rewriting(1, 2, 2),)),
            (Status.PASSED,),
            "a drop of 10 points is allowed",
        ),
        Example(
            "files that nobody touched fall by themselves",
            _CRITICAL,
            facts(_FELL, base=_BEFORE),
            (Status.PASSED,),
            "all that fell is in files that this change does not touch",
        ),
        Example(
            "files that nobody touched fall with their tests",
            _CRITICAL,
            facts(_FELL, base=_BEFORE, tests=SuiteDelta(newly_skipped=("tests/test_cart.py::test_total",))),
            (Status.FAILED,),
            "1 statement short",
        ),
        Example(
            "a file that moves into the group brings its past along",
            _CRITICAL,
            facts(some_lines(".!!!"), base=some_lines(".!!!", path="src/cart.py"), diff=(_MOVED,)),
            (Status.PASSED,),
            "25.00 % of the statements covered, 25.00 % at the base",
        ),
        Example(
            "a group that matches nothing is most likely misspelt",
            (GroupDrop(name="api", paths=("src/ap/**",), drop=Fraction(0)),),
            facts(_FELL, base=_BEFORE),
            (Status.UNKNOWN,),
            "no measured file matches `src/ap/**`",
        ),
        Example(
            "no baseline", _CRITICAL, facts(_FELL, base="the first run"), (Status.NOT_APPLICABLE,), "the first run"
        ),
    ),
)
