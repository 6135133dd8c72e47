from dataclasses import replace
from fractions import Fraction

import pytest
from tests.golden.faces import FACES
from tests.golden.values import File, comparison, floor, report, rules, suite

from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.suite import Ending, Outcome, TestCase
from covgate.model.verdict import RuleResult, Status
from covgate.render.headline import headline, next_step
from covgate.render.prose import Prose


def told(words: Prose) -> str:
    return "".join(piece.text for piece in words)


def failing(*results: RuleResult) -> Report:
    return report(comparison([File("src/a.py", 10, changed=((1, 4),), missed=((2, 2),))]), results)


def with_change(size: int, missed: tuple[tuple[int, int], ...], forks: tuple[tuple[int, str], ...] = ()) -> Report:
    of = comparison([File("src/a.py", 20, changed=((1, size),), missed=missed, forks=forks, missed_before=0)])
    return report(of, rules(of, diff_line="10", total_line="10")[:1])


CHANGED = floor("diff.line", "Changed lines", Ratio(5, 10), "80")
BRANCHES = floor("diff.branch", "Changed branches", Ratio(5, 6), "90")
PROJECT = floor("total.line", "Project lines", Ratio(50, 100), "80")
FILE = floor("file.line", "Lines of file", Ratio(5, 10), "60", subject="src/a.py")
UNKNOWN = RuleResult("diff.line", "Changed lines", Status.UNKNOWN, "nothing was measured")
DROP = RuleResult(
    "drop",
    "Project lines against the base",
    Status.FAILED,
    "10 statements short: 50.00 % of the statements covered, 60.00 % at the base",
    "lines",
    Ratio(50, 100),
    required=Fraction(60),
    short=10,
)


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ((CHANGED,), "3 statements short: 50.00 % of the changed lines are tested, 80 % is required"),
        ((BRANCHES,), "1 branch short: 83.33 % of the changed branches are tested, 90 % is required"),
        ((FILE,), "1 statement short: 50.00 % of the lines of file src/a.py are tested, 60 % is required"),
        ((UNKNOWN,), "Changed lines could not be judged"),
        ((DROP,), "10 statements short: the project's lines fell to 50.00 %, 60 % is required"),
    ],
)
def test_a_failed_rule_is_told_with_what_is_missing(results: tuple[RuleResult, ...], sentence: str) -> None:
    assert told(headline(failing(*results))) == sentence


def test_changed_lines_are_told_before_branches_and_the_project() -> None:
    assert "changed lines" in told(headline(failing(PROJECT, BRANCHES, CHANGED)))
    assert "changed branches" in told(headline(failing(PROJECT, BRANCHES)))


def test_what_was_judged_is_told_before_what_was_not() -> None:
    assert "project lines" in told(headline(failing(UNKNOWN, PROJECT)))


def test_one_and_many_tested_statements_read_right() -> None:
    assert told(headline(with_change(1, ()))) == "The one changed statement is tested"
    assert told(headline(with_change(3, ()))) == "All 3 changed statements are tested"


def test_branches_that_are_left_are_not_passed_over() -> None:
    one, two = ((1, "`if a` never True"),), ((1, "`if a` never True"), (2, "`if b` never True"))
    assert told(headline(with_change(3, (), one))) == "All 3 changed statements are tested, 1 branch is not"
    assert told(headline(with_change(3, (), two))) == "All 3 changed statements are tested, 2 branches are not"


def test_a_passed_gate_with_missed_lines_says_how_much_is_tested() -> None:
    assert told(headline(with_change(4, ((2, 2),)))) == "75.00 % of the changed lines are tested, 10 % is required"


def test_a_suite_that_did_not_end_well_is_told_in_its_own_words() -> None:
    killed = FACES["suite_killed"]()
    assert told(headline(killed)) == killed.suite.words.rstrip(".")
    wordless = replace(killed, suite=replace(killed.suite, words="", ending=Ending.TIMEOUT))
    assert told(headline(wordless)) == "The suite did not end well: timeout"


def test_gaps_that_are_enough_together_are_counted() -> None:
    failed = FACES["failed"]()
    gaps = tuple(replace(ranked, passes=False) for ranked in failed.gaps)
    both = replace(failed, gaps=gaps, enough=2)
    project = floor("total.line", "Project lines", failed.comparison.head.line, "99")
    more = replace(both, verdict=replace(both.verdict, results=(*both.verdict.results, project)))
    assert "testing all 2 gaps above passes the gate." in told(next_step(both)[0])
    assert "testing all 2 gaps above is enough for the changed lines." in told(next_step(more)[0])
    assert "testing the first gap above is enough" in told(next_step(replace(more, enough=1))[0])
    assert "cover 2 more changed statements; the list above" in told(next_step(replace(both, enough=None))[0])


def test_without_a_change_the_project_is_told() -> None:
    unchanged = FACES["unchanged"]()
    assert told(headline(unchanged)) == "76.25 % of the project's lines are tested"
    asked = replace(unchanged.verdict, results=(floor("total.line", "Project lines", Ratio(305, 400), "75"),))
    assert told(headline(replace(unchanged, verdict=asked))).endswith("lines are tested, 75 % is required")


def test_a_passed_gate_asks_for_nothing() -> None:
    assert next_step(FACES["passed"]()) == ()


@pytest.mark.parametrize(
    ("face", "words"),
    [
        ("failed", "a test for Cart.total."),
        ("many_files", "testing the first 134 gaps passes the gate."),
        ("suite_failed", "make the suite pass: pytest -q."),
        ("unknown", "make it possible to judge"),
        ("project_short", "cover 20 more statements; report.json"),
    ],
)
def test_the_next_step_fits_what_failed(face: str, words: str) -> None:
    assert words in told(next_step(FACES[face]())[0])


def test_what_the_tests_could_not_import_is_to_be_installed_first() -> None:
    missing = (
        TestCase("tests/test_a.py", Outcome.ERROR, message="ModuleNotFoundError: No module named 'shop.cart'"),
        TestCase("tests/test_b.py", Outcome.ERROR, message="ModuleNotFoundError: No module named 'shop'"),
    )
    broken = replace(FACES["suite_failed"](), suite=suite(0, 0, missing))
    assert told(next_step(broken)[0]).startswith(
        "Next: install shop for the suite (in the action by suite.install), then make the suite pass: "
    )
