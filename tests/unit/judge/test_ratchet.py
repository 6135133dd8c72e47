"""When a floor could be raised, and to what."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.judge.outlook import asked, head, step
from tests.unit.render.trend.history import history, measured

from covgate.judge import raised_floors
from covgate.judge.ratchet import COMMITS
from covgate.model.history import HistoryLine
from covgate.model.policy import PolicyChange
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.suite import Ending, SuiteResult

TEN = history([8_450] * 10)
"""Ten commits at 84.5 %."""


def proposed(lines: tuple[HistoryLine, ...], line: str = "80", covered: int = 900) -> str:
    """The new floor under lines, "" for none."""
    changes = raised_floors(asked(line), head(covered), lines)
    return changes[0].after if changes else ""


def test_the_floor_proposed_is_the_lowest_of_ten_commits_in_whole_percent() -> None:
    lines = history([8_600, 8_450, *[8_600] * 8])
    assert raised_floors(asked("80"), head(900), lines) == (PolicyChange("thresholds.total.line", "80", "84"),)


@pytest.mark.parametrize(("count", "after"), [(9, ""), (10, "84"), (11, "84")])
def test_it_takes_ten_commits(count: int, after: str) -> None:
    assert proposed(history([8_450] * count)) == after


def test_what_was_before_the_ten_does_not_count() -> None:
    assert proposed(history([1, *[8_450] * 10])) == "84"
    assert proposed(history([*[8_450] * 9, 1, *[8_450] * 9])) == ""


@pytest.mark.parametrize(("covered", "after"), [(8_099, ""), (8_100, ""), (8_101, "81")])
def test_exactly_a_point_above_is_not_more_than_a_point(covered: int, after: str) -> None:
    assert proposed(history([*[8_450] * 9, covered])) == after


def test_commits_of_a_merge_queue_do_not_count() -> None:
    queued = measured(10, 8_450, queued=True)
    assert proposed((*TEN[1:], queued)) == ""
    assert proposed((*TEN, replace(queued, line=Ratio(1, 2)))) == "84"


def test_what_this_run_does_not_reach_is_not_proposed() -> None:
    assert proposed(TEN, covered=830) == "83"
    assert proposed(TEN, covered=810) == ""


def test_a_failing_run_proposes_nothing() -> None:
    failed = SuiteResult(Ending.FAILED, "Tests failed.", "pytest", 1, 1.0)
    assert raised_floors(asked("80"), head(900, suite=failed), TEN) == ()


def test_where_no_floor_is_set_none_is_proposed() -> None:
    assert raised_floors(asked(branch="10"), head(900), TEN) == ()


def test_the_step_in_force_is_a_floor_and_a_later_one_is_none() -> None:
    begun, later = step(date(2026, 7, 1), "82"), step(date(2026, 7, 2), "84.4")
    assert raised_floors(asked(steps=(later, begun)), head(900), TEN) == (
        PolicyChange("thresholds.total.line", "", "84"),
    )
    assert raised_floors(asked("80", steps=(step(date(2026, 7, 1), "83.5"),)), head(900), TEN) == ()


def test_branches_have_a_floor_of_their_own() -> None:
    lines = history([8_450] * 10, [700] * 10)
    facts = head(900, taken=9, exits=10)
    assert raised_floors(asked(branch="60.5"), facts, lines) == (PolicyChange("thresholds.total.branch", "60.5", "70"),)


def test_a_commit_without_branches_says_nothing_of_them() -> None:
    lines = history([8_450] * 10, [700] * 10)
    facts = head(900, taken=9, exits=10)
    holed = (*lines[:-1], replace(lines[-1], branch=NOTHING))
    assert raised_floors(asked(branch="60"), facts, holed) == ()
    assert raised_floors(asked(branch="60"), head(900, taken=9, exits=10, lcov=True), lines) == ()


@given(
    st.lists(st.integers(0, 1_000), min_size=COMMITS, max_size=COMMITS + 5),
    st.integers(0, 1_000),
    st.integers(0, 10_000),
)
def test_a_floor_that_is_proposed_is_higher_and_would_have_held(
    covered: list[int], now: int, required_hundredths: int
) -> None:
    lines = history([one * 10 for one in covered])
    floor = f"{required_hundredths / 100:.2f}"
    for change in raised_floors(asked(floor), head(now), lines):
        assert float(floor) < int(change.after)
        assert int(change.after) * 10 <= min(*covered[-COMMITS:], now)
