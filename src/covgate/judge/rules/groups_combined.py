"""groups.combined: a floor under a group of paths."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from covgate.judge.example import LINES_ONLY, a_file, facts
from covgate.judge.groups import Group, group_floor
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCombined(Group):
    """A group of paths, and how much of it must be covered by this count."""

    combined: Percent | None = field(
        default=None,
        metadata=about("Least percentage of statements and branches together over all files of the group."),
    )


def _check(groups: tuple[GroupCombined, ...], facts: Facts) -> tuple[RuleResult, ...]:
    return tuple(
        group_floor("combined", group, group.combined, facts) for group in groups if group.combined is not None
    )


_FILE = a_file(2, 6, 2, 4)
_TWIN = replace(_FILE, path="src/shop/payments/refund.py")
_CRITICAL = GroupCombined(name="critical", paths=("src/shop/cart.py", "src/shop/payments"), combined=Fraction(50))
_REST = GroupCombined(name="rest", paths=("src/shop/*.py",), combined=Fraction(40))

RULE = Rule(
    id="groups.combined",
    summary="Least percentage of statements and branches together in each group of paths",
    options=GroupCombined,
    check=_check,
    many=True,
    examples=(
        Example(
            "a group is judged by the sum of its files",
            (_CRITICAL, _REST),
            facts(_FILE, _TWIN),
            (Status.FAILED, Status.PASSED),
            "2 statements and branches short: 8 of 20 statements and branches covered (40.00 %); 50 % required",
        ),
        Example(
            "a group that matches nothing is most likely misspelt",
            (GroupCombined(name="api", paths=("src/ap/**",), combined=Fraction(50)),),
            facts(_FILE),
            (Status.UNKNOWN,),
            "no measured file matches `src/ap/**`",
        ),
        Example(
            "a group whose files are deleted",
            (GroupCombined(name="old", paths=("src/old/**",), combined=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/old/a.py", ChangeKind.DELETED),)),
            (Status.NOT_APPLICABLE,),
            "the change deletes its files",
        ),
        Example(
            "moving a file out of its group does not lower its bar",
            (GroupCombined(name="old", paths=("src/old/**",), combined=Fraction(50)),),
            facts(_FILE, diff=(FileChange("src/shop/cart.py", ChangeKind.RENAMED, old_path="src/old/cart.py"),)),
            (Status.FAILED,),
            "1 statement or branch short: 4 of 10 statements and branches covered (40.00 %)",
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
    ),
)
