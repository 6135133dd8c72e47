"""groups.line: a floor under a group of paths."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.groups import Group, group_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine(Group):
    """A group of paths, and how much of it must be covered by this count."""

    line: Percent | None = field(
        default=None, metadata=about("Least percentage of statements over all files of the group.")
    )


def _check(groups: tuple[GroupLine, ...], facts: Facts) -> tuple[RuleResult, ...]:
    return tuple(group_floor("line", group, group.line, facts) for group in groups if group.line is not None)


_FILE = a_file(4, 10)
_TWIN = replace(_FILE, path="src/shop/payments/refund.py")
_CRITICAL = GroupLine(name="critical", paths=("src/shop/cart.py", "src/shop/payments"), line=Fraction(50))
_REST = GroupLine(name="rest", paths=("src/shop/*.py",), line=Fraction(40))

RULE = Rule(
    id="groups.line",
    summary="Least percentage of statements in each group of paths",
    options=GroupLine,
    check=_check,
    many=True,
    examples=(
        Example(
            "a group is judged by the sum of its files",
            (_CRITICAL, _REST),
            facts(_FILE, _TWIN),
            (Status.FAILED, Status.PASSED),
            "2 statements short: 8 of 20 statements covered (40.00 %); 50 % required",
        ),
        Example(
            "a group that matches nothing is most likely misspelt",
            (GroupLine(name="api", paths=("src/ap/**",), line=Fraction(50)),),
            facts(_FILE),
            (Status.UNKNOWN,),
            "no measured file matches `src/ap/**`",
        ),
        Example(
            "a group whose files are deleted",
            (GroupLine(name="old", paths=("src/old/**",), line=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/old/a.py", ChangeKind.DELETED),)),
            (Status.NOT_APPLICABLE,),
            "the change deletes its files",
        ),
        Example(
            "moving a file out of its group does not lower its bar",
            (GroupLine(name="old", paths=("src/old/**",), line=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/shop/cart.py", ChangeKind.RENAMED, old_path="src/old/cart.py"),)),
            (Status.FAILED,),
            "1 statement short: 4 of 10 statements covered (40.00 %)",
        ),
        Example(
            "a changed file that coverage never saw counts in full",
            (_CRITICAL,),
            facts(a_file(10, 10, 10, 10), unmeasured=(_TWIN, replace(_TWIN, path="src/shop/payments/new.py"))),
            (Status.PASSED,),
            "2 of its files coverage never saw",
        ),
        Example(
            "lines are judged where branches were not measured",
            (_CRITICAL,),
            facts(_FILE, origin=LINES_ONLY),
            (Status.FAILED,),
            "1 statement short",
        ),
    ),
)
