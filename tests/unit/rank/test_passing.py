from fractions import Fraction

import pytest
from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Missing
from covgate.model.ratio import Ratio
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.rank import enough, rank

PICTURE = """
    [a.py]
    +.  x = 1
    +.  y = 2
     .  def one(coupon):
    +?      if coupon:
    +!          send()
     .  def two():
    +!      return 2
"""


def failed(rule: str, ratio: Ratio | None, required: int | None, short: int = 0, subject: str = "") -> RuleResult:
    need = None if required is None else Fraction(required)
    return RuleResult(rule, rule, Status.FAILED, subject=subject, ratio=ratio, required=need, short=short)


def passing(*results: RuleResult) -> dict[str, bool]:
    head, diff = sketch(PICTURE)
    comparison = compare(diff, head, Missing("no baseline"))
    ranked = rank(comparison, Verdict(Conclusion.FAILED, results))
    return {one.gap.function: one.passes for one in ranked}


def test_closing_a_gap_that_reaches_the_requirement_passes() -> None:
    assert passing(failed("diff.line", Ratio(3, 5), 80)) == {"one": True, "two": True}


def test_closing_a_gap_that_leaves_a_statement_short_does_not_pass() -> None:
    assert passing(failed("diff.line", Ratio(3, 5), 81)) == {"one": False, "two": False}


def test_every_failed_rule_on_changed_lines_must_hold() -> None:
    rules = (failed("diff.line", Ratio(3, 5), 80), failed("diff.branch", Ratio(1, 2), 100))
    assert passing(*rules) == {"one": True, "two": False}


def test_statements_and_arcs_add_up_for_the_combined_rule() -> None:
    assert passing(failed("diff.combined", Ratio(4, 7), 85)) == {"one": True, "two": False}


def test_an_allowance_in_statements_counts() -> None:
    # One of two missed statements is allowed: one short, though 100 % would take both.
    assert passing(failed("diff.line", Ratio(3, 5), 100, short=1)) == {"one": True, "two": True}


@pytest.mark.parametrize(
    "result",
    [
        failed("diff.line", None, 80),
        failed("diff.line", Ratio(3, 5), None),
        failed("diff.unheard_of", Ratio(3, 5), 80),
        failed("diff.line", Ratio(0, 1), 80, subject="other.py"),
    ],
)
def test_what_cannot_be_computed_is_never_promised(result: RuleResult) -> None:
    assert passing(result) == {"one": False, "two": False}


def test_a_rule_that_does_not_look_at_the_change_promises_nothing() -> None:
    assert passing(failed("total.line", Ratio(1, 2), 80)) == {"one": False, "two": False}


def test_a_rule_of_one_file_passes_by_that_files_gaps() -> None:
    assert passing(failed("diff.line", Ratio(3, 5), 80, subject="a.py")) == {"one": True, "two": True}


def first_gaps_that_pass(*results: RuleResult) -> int | None:
    head, diff = sketch(PICTURE)
    comparison = compare(diff, head, Missing("no baseline"))
    verdict = Verdict(Conclusion.FAILED, results)
    return enough(rank(comparison, verdict), comparison, verdict)


def test_no_more_gaps_are_asked_for_than_the_requirement_needs() -> None:
    assert first_gaps_that_pass(failed("diff.line", Ratio(3, 5), 80)) == 1
    assert first_gaps_that_pass(failed("diff.line", Ratio(3, 5), 81)) == 2


def test_gaps_are_enough_once_every_failed_rule_on_changed_lines_holds() -> None:
    rules = (failed("diff.line", Ratio(3, 5), 81), failed("diff.branch", Ratio(1, 2), 100))
    assert first_gaps_that_pass(*rules) == 2


def test_an_allowance_is_used_up_before_gaps_are_asked_for() -> None:
    assert first_gaps_that_pass(failed("diff.line", Ratio(3, 5), 100, short=1)) == 1


def test_no_number_of_gaps_is_promised_where_all_are_not_enough() -> None:
    assert first_gaps_that_pass(failed("diff.line", Ratio(3, 9), 100)) is None
    assert first_gaps_that_pass(failed("diff.line", None, 80)) is None
    assert first_gaps_that_pass(failed("total.line", Ratio(1, 2), 80)) is None
