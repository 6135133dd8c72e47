"""groups.branch: a floor under a group of paths."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.groups import Group, group_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBranch(Group):
    """A group of paths, and how much of it must be covered by this count."""

    branch: Percent | None = field(
        default=None, metadata=about("Least percentage of branches over all files of the group.")
    )


def _check(groups: tuple[GroupBranch, ...], facts: Facts) -> tuple[RuleResult, ...]:
    return tuple(group_floor("branch", group, group.branch, facts) for group in groups if group.branch is not None)


_FILE = a_file(9, 10, 4, 10)
_TWIN = replace(_FILE, path="src/shop/payments/refund.py")
_CRITICAL = GroupBranch(name="critical", paths=("src/shop/cart.py", "src/shop/payments"), branch=Fraction(50))
_REST = GroupBranch(name="rest", paths=("src/shop/*.py",), branch=Fraction(40))

RULE = Rule(
    id="groups.branch",
    summary="Least percentage of branches in each group of paths",
    options=GroupBranch,
    check=_check,
    many=True,
    examples=(
        Example(
            "a group is judged by the sum of its files",
            (_CRITICAL, _REST),
            facts(_FILE, _TWIN),
            (Status.FAILED, Status.PASSED),
            "2 branches short: 8 of 20 branches covered (40.00 %); 50 % required",
        ),
        Example(
            "a group that matches nothing is most likely misspelt",
            (GroupBranch(name="api", paths=("src/ap/**",), branch=Fraction(50)),),
            facts(_FILE),
            (Status.UNKNOWN,),
            "no measured file matches `src/ap/**`",
        ),
        Example(
            "a group whose files are deleted",
            (GroupBranch(name="old", paths=("src/old/**",), branch=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/old/a.py", ChangeKind.DELETED),)),
            (Status.NOT_APPLICABLE,),
            "the change deletes its files",
        ),
        Example(
            "moving a file out of its group does not lower its bar",
            (GroupBranch(name="old", paths=("src/old/**",), branch=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/shop/cart.py", ChangeKind.RENAMED, old_path="src/old/cart.py"),)),
            (Status.FAILED,),
            "1 branch short: 4 of 10 branches covered (40.00 %)",
        ),
        Example(
            "a changed file that coverage never saw counts in full",
            (_CRITICAL,),
            facts(a_file(10, 10, 10, 10), unmeasured=(_TWIN, replace(_TWIN, path="src/shop/payments/new.py"))),
            (Status.PASSED,),
            "2 of its files coverage never saw",
        ),
        Example(
            "branches that nobody measured are not taken for covered",
            (_CRITICAL,),
            facts(_FILE, origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example("a group without branches", (_CRITICAL,), facts(a_file(1, 1)), (Status.NOT_APPLICABLE,), "no branches"),
    ),
)
