"""Which commits a trend shows, and between which percentages."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.faces import first_run, passed, suite_failed
from tests.unit.render.trend.history import history, measured, sha

from covgate.model.ratio import NOTHING, Ratio
from covgate.render.trend.points import LEAST_SPAN, MOST_POINTS, history_points, report_points, scale

percents = st.fractions(min_value=0, max_value=100, max_denominator=10_000)


def test_the_newest_thirty_commits_are_shown() -> None:
    points = history_points(history(range(8_000, 8_040)))
    assert [point.line.covered for point in points] == list(range(8_010, 8_040))


def test_a_commit_with_nothing_to_cover_is_no_point() -> None:
    empty = replace(measured(1, 1), line=NOTHING)
    assert [point.sha for point in history_points((measured(0, 8_000), empty))] == [sha(0)]


def test_a_day_is_that_of_utc() -> None:
    late = datetime(2026, 1, 3, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert history_points((replace(measured(0, 1), time=late),))[0].day == date(2026, 1, 4)


def test_the_runs_own_total_is_the_last_point() -> None:
    report = replace(passed(), history=history(range(8_000, 8_040)))
    points = report_points(report)
    assert len(points) == MOST_POINTS
    assert (points[-1].own, points[-1].line) == ("PR", report.comparison.head.line)
    assert [point.own for point in points[:-1]] == [""] * (MOST_POINTS - 1)


def test_a_run_outside_of_a_pull_request_is_called_a_run() -> None:
    report = replace(passed(), history=history([8_000]), pull_request=None)
    assert report_points(report)[-1].own == "now"


def test_a_commit_that_is_measured_again_stands_where_it_stood() -> None:
    report = passed()
    known = replace(measured(1, 8_100), sha=report.comparison.diff.head.sha or "")
    points = report_points(replace(report, history=(measured(0, 8_000), known, measured(2, 8_200))))
    assert [point.sha for point in points] == [sha(0), known.sha]
    assert (points[-1].line, points[-1].day) == (report.comparison.head.line, date(2026, 1, 4))


def test_the_numbers_of_a_failing_run_are_no_point() -> None:
    points = report_points(replace(suite_failed(), history=history([8_000, 8_100])))
    assert [point.own for point in points] == ["", ""]


def test_without_a_history_there_is_nothing_to_show() -> None:
    assert report_points(first_run()) == ()


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        (("80",), 78, 83),
        (("80", "80.01"), 78, 83),
        (("80.5", "90.5"), 79, 92),
        (("100",), 95, 100),
        (("0",), 0, 5),
        (("0", "100"), 0, 100),
        (("99.5", "97"), 95, 100),
    ],
)
def test_a_scale_leaves_air_and_spans_at_least_five_points(values: tuple[str, ...], low: int, high: int) -> None:
    assert scale(map(Fraction, values)) == (low, high)


@given(st.lists(percents, min_size=1, max_size=5))
def test_every_value_lies_on_its_scale(values: list[Fraction]) -> None:
    low, high = scale(values)
    assert 0 <= low <= min(values) <= max(values) <= high <= 100
    assert high - low >= LEAST_SPAN


def test_branches_keep_their_own_ratio() -> None:
    (point,) = history_points(history([8_000], [600]))
    assert point.branch == Ratio(600, 1_000)
