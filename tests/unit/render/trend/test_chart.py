"""The trend as GitHub is to draw it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.golden.faces import passed
from tests.unit.render.trend.history import history, measured

from covgate.model.ratio import Ratio
from covgate.render.trend.chart import BLUE, MOST_LABELS, ORANGE, chart, legend
from covgate.render.trend.points import MOST_POINTS, Point, history_points, report_points

BACKGROUNDS = ("#ffffff", "#0d1117", "#333333")  # GitHub's pages, and what Mermaid's dark theme lays under a chart
RISING = history_points(history(range(8_000, 8_040), [600] * 40))


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def figures(drawn: str) -> list[list[str]]:
    return [row.split(", ") for row in re.findall(r"^    line \[(.*)\]$", drawn, re.MULTILINE)]


def test_a_chart_has_a_line_of_figures_for_statements_and_one_for_branches() -> None:
    lines, branches = figures(chart(RISING))
    assert (lines[0], lines[-1], set(branches)) == ("80.10", "80.39", {"60.00"})


def test_there_are_at_most_thirty_figures() -> None:
    assert [len(line) for line in figures(chart(RISING))] == [MOST_POINTS, MOST_POINTS]


def test_figures_are_rounded_down() -> None:
    assert figures(chart((Point("a", None, Ratio(99_999, 100_000), Ratio(0, 0)),)))[0] == ["99.99"]


def test_branches_are_not_drawn_where_a_commit_has_none_and_the_legend_says_so() -> None:
    points = (*RISING[:-1], replace(RISING[-1], branch=Ratio(0, 0)))
    assert len(figures(chart(points))) == 1
    assert "Lines only: not every commit has branches." in legend(points)[0].text


def below(points: tuple[Point, ...]) -> str:
    """What stands below the points."""
    (stated,) = re.findall(r"^    x-axis (.*)$", chart(points), re.MULTILINE)
    return str(stated)


def test_a_few_commits_are_named_by_their_days() -> None:
    assert below(RISING[:3]) == '["13 Jan", "14 Jan", "15 Jan"]'


def test_commits_of_one_day_are_told_apart_by_their_names() -> None:
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    made = below(history_points(replace(measured(n, 8_000), time=noon) for n in range(3)))
    assert made == '["c000000", "c000001", "c000002"]'


@pytest.mark.parametrize(("count", "stated"), [(9, "-8 --> 0"), (30, "-29 --> 0")])
def test_many_commits_are_counted_back_from_the_newest(count: int, stated: str) -> None:
    assert below(RISING[:count]) == stated
    assert "; 0 is the newest, -1 the commit before." in legend(RISING[:count])[0].text


@pytest.mark.parametrize("count", range(1, MOST_POINTS + 1))
def test_labels_are_few_and_no_two_are_equal_and_nothing_is_hidden(count: int) -> None:
    labels = re.findall('"([^"]*)"', below(RISING[:count]))
    assert len(set(labels)) == len(labels) == (count if count <= MOST_LABELS else 0)
    assert chart(RISING[:count]).isascii()


def test_the_run_itself_is_marked() -> None:
    points = report_points(replace(passed(), history=history([8_000, 8_100])))
    assert below(points) == '["3 Jan", "4 Jan", "PR"]'
    assert "2026-01-03 to 2026-01-04, and this pull request at the right end." in legend(points)[0].text
    many = report_points(replace(passed(), history=history([8_000] * 20), pull_request=None))
    assert "20 commits of the default branch, 2026-01-03 to 2026-01-22; 0 is this run, -1" in legend(many)[0].text


def test_one_day_is_named_once() -> None:
    points = report_points(replace(passed(), history=(*history([8_000]), *history([8_100]))))
    assert "of the default branch, 2026-01-03, and this" in legend(points)[0].text


def test_the_legend_says_where_the_scale_begins() -> None:
    assert "The scale is in percent, from 59 to 82." in legend(RISING)[0].text
    assert "    y-axis 59 --> 82\n" in chart(RISING)


@pytest.mark.parametrize("colour", [BLUE, ORANGE])
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_a_line_can_be_seen_in_light_and_dark(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3, "WCAG 2.2, 1.4.11"


def test_a_point_without_a_day_is_named_by_its_commit() -> None:
    assert below((Point("abcdef0123", None, Ratio(1, 2), Ratio(0, 0)),)) == '["abcdef0"]'
