"""The fewest gaps that turn the verdict green."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.sketch import sketch
from tests.unit.rank.plan.values import function, gap_of, measured, snapshot

from covgate.compare import compare
from covgate.model.comparison import Missing
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.rank import rank
from covgate.rank.green import fewest_functions, fewest_gaps

PICTURE = """
    [a.py]
     .  def one(coupon):
    +?      if coupon:
    +!          send()
     .  def two():
    +!      a()
    +!      b()
    +!      c()
     .  def three():
    +!      a()
    +!      b()
    [b.py] unmeasured
    +!  import a
    +!  import c
    +!  import d
    +!  import e
"""


GROUPS = {"critical": ("a*",), "late": ("b.py",)}


def failed(rule: str, short: int, noun: str = "statement", subject: str = "") -> RuleResult:
    return RuleResult(rule, rule, Status.FAILED, subject=subject, ratio=Ratio(0, 100), required=Fraction(90),
                      short=short, noun=noun)  # fmt: skip


def names(*results: RuleResult, conclusion: Conclusion = Conclusion.FAILED) -> list[str]:
    head, diff = sketch(PICTURE)
    comparison = compare(diff, head, Missing("no baseline"))
    verdict = Verdict(conclusion, results)
    ranked = rank(comparison, verdict)
    return sorted(
        ranked[place].gap.function or ranked[place].gap.path
        for place in fewest_gaps(ranked, comparison, verdict, GROUPS)
    )


@pytest.mark.parametrize(
    ("results", "enough"),
    [
        ((failed("diff.line", 4),), ["b.py"]),
        ((failed("diff.line", 5),), ["b.py", "two"]),
        ((failed("diff.line", 4), failed("diff.branch", 1, "branch")), ["b.py", "one"]),
        ((failed("diff.line", 3), failed("file.line", 2, subject="a.py")), ["two"]),
        ((failed("total.line", 3),), ["two"]),
        ((failed("drop", 4, subject="lines"),), ["three", "two"]),
        ((failed("diff.combined", 5, "statement or branch"),), ["b.py", "two"]),
        ((failed("diff.line", 99),), []),
        ((failed("diff.line", 1), failed("groups.line", 2, subject="critical")), ["two"]),
        ((failed("groups.line", 4, subject="late"),), ["b.py"]),
        ((failed("groups.drop", 4, subject="late"),), []),
        ((failed("groups.line", 1, subject="a group of nothing"),), []),
        ((failed("diff.line", 1), failed("suite.pass_rate", 1, "test")), []),
        ((failed("diff.line", 1), failed("drop.indirect", 1)), []),
        ((), []),
    ],
)  # fmt: skip
def test_the_fewest_gaps_of_the_change_that_are_enough(results: tuple[RuleResult, ...], enough: list[str]) -> None:
    assert names(*results) == enough


def test_a_failing_suite_is_turned_green_by_no_gap() -> None:
    assert names(failed("diff.line", 1), conclusion=Conclusion.ERROR) == []


def functions(*results: RuleResult) -> tuple[tuple[str, str], ...]:
    file, other = measured("a.py", 20, 20), measured("b.py", 9, 9)
    some = (function("small", LineSet(((1, 2),))), function("large", LineSet(((3, 20),))))
    return fewest_functions(
        [gap_of(file, some), gap_of(other)], snapshot(file, other), Verdict(Conclusion.FAILED, results), GROUPS
    )


def test_the_fewest_functions_of_the_project_that_are_enough() -> None:
    assert functions(failed("total.line", 18)) == (("a.py", "large"),)
    assert functions(failed("total.line", 19)) == (("a.py", "large"), ("b.py", "run"))
    assert functions(failed("groups.line", 2, subject="late")) == (("b.py", "run"),)
    assert functions(failed("schedule.line", 3), failed("file.line", 9, subject="b.py")) == (("b.py", "run"),)


def test_functions_of_the_project_make_up_for_a_fall_that_is_the_changes_own_only_where_all_of_it_is() -> None:
    assert functions(replace(failed("drop", 18), ratio=Ratio(72, 100))) == (("a.py", "large"),)
    assert functions(replace(failed("drop", 17), ratio=Ratio(72, 100))) == ()
    assert functions(replace(failed("file.drop", 8, subject="b.py"), ratio=Ratio(81, 100))) == ()


def test_functions_of_the_project_are_no_answer_to_what_a_change_lacks() -> None:
    assert functions(failed("total.line", 1), failed("diff.line", 1)) == ()
