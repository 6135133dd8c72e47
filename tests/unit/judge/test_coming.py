"""Steps of the schedule that are about to begin."""

from datetime import timedelta

import pytest
from tests.unit.judge.outlook import TODAY, asked, branch_step, head, step

from covgate.judge import Thresholds, coming_steps
from covgate.model.suite import Ending, SuiteResult


def in_days(days: int, line: str = "40") -> Thresholds:
    return asked(steps=(step(TODAY - timedelta(days=90), "25"), step(TODAY + timedelta(days=days), line)))


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 0), (1, 1), (13, 1), (14, 1), (15, 0)])
def test_a_step_is_told_in_the_fourteen_days_before_it_begins(days: int, told: int) -> None:
    assert len(coming_steps(in_days(days), head(300))) == told


def test_the_day_the_values_and_what_is_short_are_told() -> None:
    assert coming_steps(in_days(14), head(388)) == (
        "From 2026-07-15 on, 40 % of the project's lines are required (25 % today): 12 statements short as of now.",
    )


def test_one_statement_short_is_one() -> None:
    assert "1 statement short as of now." in coming_steps(in_days(14), head(399))[0]


def test_a_step_that_is_reached_says_so() -> None:
    assert coming_steps(in_days(7), head(400)) == (
        "From 2026-07-08 on, 40 % of the project's lines are required (25 % today): reached already, with 40.00 %.",
    )


def test_before_the_first_step_nothing_is_required() -> None:
    thresholds = asked(steps=(step(TODAY + timedelta(days=3), "25"),))
    assert "are required (none today)" in coming_steps(thresholds, head(300))[0]


def test_a_floor_under_the_total_holds_beside_the_schedule() -> None:
    thresholds = asked("30", steps=(step(TODAY, "25"), step(TODAY + timedelta(days=3), "40")))
    assert "(30 % today)" in coming_steps(thresholds, head(300))[0]


def test_several_steps_are_told_in_the_order_of_their_days() -> None:
    steps = asked(steps=(step(TODAY + timedelta(days=9), "50"), step(TODAY + timedelta(days=2), "40"))).asked
    branches = ("schedule.branch", (branch_step(TODAY + timedelta(days=5), "30"),))
    told = coming_steps(Thresholds((*steps, branches)), head(300, taken=1, exits=10))
    assert [sentence[5:15] for sentence in told] == ["2026-07-03", "2026-07-06", "2026-07-10"]
    assert "30 % of the project's branches are required (none today): 2 branches short as of now." in told[1]


def test_what_cannot_be_counted_now_is_left_unsaid() -> None:
    failed = SuiteResult(Ending.FAILED, "Tests failed.", "pytest", 1, 1.0)
    branches = Thresholds((("schedule.branch", (branch_step(TODAY + timedelta(days=5), "30"),)),))
    for told in (
        coming_steps(in_days(14), head(300, suite=failed)),
        coming_steps(in_days(14), head(0, 0)),
        coming_steps(branches, head(300, lcov=True)),
    ):
        assert [sentence[-1] for sentence in told] == ["."]
        assert "as of now" not in told[0]
        assert "reached" not in told[0]


def test_without_a_schedule_nothing_is_coming() -> None:
    assert coming_steps(asked("80"), head(300)) == ()
