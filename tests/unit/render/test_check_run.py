"""The check run that a report becomes."""

from dataclasses import replace

import pytest
from tests.golden.faces import FACES, HOSTILE
from tests.golden.values import File, comparison, gap, report, rules

from covgate.errors import ComparisonError
from covgate.model.ratio import Ratio
from covgate.model.report import Links, Report
from covgate.render.check_run import MOST_REMARKS, check_run, failed_check_run


@pytest.mark.parametrize(
    ("face", "blocks", "conclusion"),
    [
        ("passed", True, "success"),
        ("failed", True, "failure"),
        ("failed", False, "neutral"),
        ("unknown", True, "failure"),
        ("nothing_measurable", True, "neutral"),
        ("suite_failed", False, "failure"),
    ],
)
def test_the_conclusion_follows_the_verdict_and_whether_it_blocks(face: str, blocks: bool, conclusion: str) -> None:
    assert check_run(FACES[face](), blocks=blocks).conclusion == conclusion


def test_the_title_is_the_headline_in_one_harmless_line() -> None:
    assert check_run(FACES["failed"](), blocks=True).title.startswith("❌ 2 statements short: 83.33 % of the")
    title = check_run(FACES["hostile"](), blocks=True).title
    assert (title.isprintable(), len(title) <= 200) == (True, True)


def test_every_gap_has_a_remark_beside_its_first_lines() -> None:
    remarks = check_run(FACES["failed"](), blocks=True).remarks
    assert [(remark.path, remark.first, remark.last) for remark in remarks] == [
        ("src/shop/cart.py", 44, 45),
        ("src/shop/payments/refund.py", 18, 18),
    ]
    assert remarks[0].title == "Not tested: Cart.total"
    assert "Also line 51." in remarks[0].message


def test_a_name_with_line_breaks_has_no_remark_and_the_text_counts_it() -> None:
    check = check_run(FACES["hostile"](), blocks=True)
    assert check.remarks == ()
    assert "1 gap of the list above has no remark." in check.summary
    assert HOSTILE not in check.summary


def many(gaps: int) -> Report:
    files = [File(f"src/{n:05}.py", 9, changed=((1, 9),), missed=((1, 1),), missed_before=0) for n in range(gaps)]
    of = comparison(files)
    shown = [gap(file.path, "f", ((1, 1),), 9, words=("never runs",), after=Ratio(1, 1)) for file in files]
    return report(of, rules(of), tuple(shown))


def test_so_many_gaps_are_cut_and_the_text_says_so() -> None:
    check = check_run(many(MOST_REMARKS + 7), blocks=True)
    assert len(check.remarks) == MOST_REMARKS
    assert "7 gaps of the list above have no remark." in check.summary
    assert len(check.summary) <= 65_535
    assert "more gaps: see [the summary of this run]" in check.summary


def test_another_keys_check_run_has_a_name_of_its_own() -> None:
    assert check_run(FACES["passed"](), blocks=True).name == "covgate verdict"
    assert check_run(replace(FACES["passed"](), key="api"), blocks=True).name == "covgate verdict (api)"


def test_without_a_verdict_it_fails_and_says_why() -> None:
    check = failed_check_run(ComparisonError("There is no base.", hint="Name one."), Links())
    assert check.conclusion == "failure"
    assert check.title.startswith("No verdict: ")
    assert "There is no base" in check.summary
    assert "Name one." in check.summary
