"""The verdict as a whole."""

from fractions import Fraction
from typing import Literal

import pytest

from covgate.judge.example import LINES_ONLY, a_change, a_file, facts
from covgate.judge.judgement import judge
from covgate.judge.rule import Facts
from covgate.judge.rulebook import DEFAULT_THRESHOLDS
from covgate.judge.rules.diff_branch import DiffBranch
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.file_line import FileLine
from covgate.judge.rules.groups_line import GroupLine
from covgate.judge.rules.suite_flaky import Flaky
from covgate.judge.rules.total_line import TotalLine
from covgate.judge.thresholds import Thresholds
from covgate.model.comparison import SuiteDelta
from covgate.model.ratio import Ratio
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import Conclusion, Status

FEWER_TESTS = SuiteDelta(removed=("tests/test_cart.py::test",))
FILE = a_file(80, 100, 5, 10)


def _facts(covered: int = 8, total: int = 10, **more: object) -> Facts:
    change = a_change(a_file(covered, total))
    return facts(FILE, changes=(change,), **more)  # type: ignore[arg-type]  # passed on as they come


def test_without_thresholds_the_change_needs_80_percent_and_the_total_may_not_drop() -> None:
    verdict = judge(Thresholds(), _facts(base=a_file(81, 100, 5, 10), tests=FEWER_TESTS))

    assert [(answer.id, answer.status) for answer in verdict.results] == [
        ("diff.line", Status.PASSED),
        ("drop", Status.FAILED),
        ("drop", Status.PASSED),
    ]
    assert verdict.conclusion is Conclusion.FAILED


def test_the_default_thresholds_do_not_soften_what_is_unknown() -> None:
    assert DEFAULT_THRESHOLDS.on_unknown == "fail"


@pytest.mark.parametrize(("on_unknown", "expected"), [("fail", Conclusion.FAILED), ("pass", Conclusion.PASSED)])
def test_what_is_unknown_fails_unless_told_otherwise(on_unknown: Literal["fail", "pass"], expected: Conclusion) -> None:
    thresholds = Thresholds((("suite.flaky", Flaky(Fraction(0))),), on_unknown)

    verdict = judge(thresholds, _facts())

    assert [answer.status for answer in verdict.results] == [Status.UNKNOWN]
    assert verdict.conclusion is expected


def test_a_change_of_documents_only_passes_even_where_branches_were_not_measured() -> None:
    thresholds = Thresholds((("diff.line", DiffLine(Fraction(90))), ("diff.branch", DiffBranch(Fraction(90)))))

    verdict = judge(thresholds, facts(FILE, reason="no Python file was changed", origin=LINES_ONLY))

    assert [answer.status for answer in verdict.results] == [Status.NOT_APPLICABLE] * 2
    assert verdict.conclusion is Conclusion.PASSED


@pytest.mark.parametrize("ending", [Ending.FAILED, Ending.NO_TESTS, Ending.CRASHED, Ending.KILLED, Ending.TIMEOUT])
def test_a_suite_that_did_not_end_well_is_an_error_whose_rules_are_still_answered(ending: Ending) -> None:
    verdict = judge(Thresholds((("total.line", TotalLine(Fraction(80))),)), _facts(suite=SuiteResult(ending)))

    assert verdict.conclusion is Conclusion.ERROR
    assert [answer.status for answer in verdict.results] == [Status.PASSED]


def test_answers_stand_in_the_order_in_which_they_are_read_not_in_that_of_the_settings() -> None:
    thresholds = Thresholds(
        (
            ("groups.line", (GroupLine(name="all", paths=("src",), line=Fraction(1)),)),
            ("file.line", FileLine(Fraction(1))),
            ("total.line", TotalLine(Fraction(1))),
            ("diff.line", DiffLine(Fraction(1))),
        )
    )

    answers = judge(thresholds, _facts()).results

    assert [answer.id for answer in answers] == ["diff.line", "total.line", "file.line", "groups.line"]


def test_before_is_filled_from_a_baseline_that_was_measured_alike() -> None:
    thresholds = Thresholds(
        (
            ("groups.line", (GroupLine(name="all", paths=("src/shop/",), line=Fraction(1)),)),
            ("total.line", TotalLine(Fraction(1))),
        )
    )

    alike = judge(thresholds, _facts(base=a_file(79, 99))).results
    otherwise = judge(thresholds, _facts(base=a_file(79, 99), base_origin=LINES_ONLY)).results

    assert [answer.before for answer in alike] == [Ratio(79, 99), Ratio(79, 99)]
    assert [answer.before for answer in otherwise] == [None, None]


def test_a_changed_file_keeps_its_numbers_of_the_base() -> None:
    change = a_change(FILE, before=a_file(70, 90))
    thresholds = Thresholds((("file.line", FileLine(Fraction(81))),))

    (answer,) = judge(thresholds, facts(FILE, changes=(change,), base=a_file(70, 90))).results

    assert (answer.subject, answer.before, answer.short) == ("src/shop/cart.py", Ratio(70, 90), 1)


def test_the_statements_short_are_those_of_the_rule_that_lacks_most() -> None:
    thresholds = Thresholds((("diff.line", DiffLine(Fraction(90))), ("total.line", TotalLine(Fraction(85)))))

    verdict = judge(thresholds, _facts())

    assert [answer.short for answer in verdict.results] == [1, 5]
    assert verdict.statements_short == 5
