"""The trend as GitHub is to draw it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.golden.faces import passed
from tests.unit.render.trend.history import history, measured

from covgate.model.ratio import Ratio
from covgate.render.trend.chart import BLUE, MOST_LABELS, ORANGE, chart, labels, legend
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


def test_there_are_as_many_figures_as_labels_and_at_most_thirty() -> None:
    (stated,) = re.findall(r"^    x-axis \[(.*)\]$", chart(RISING), re.MULTILINE)
    assert len(stated.split(", ")) == len(figures(chart(RISING))[0]) == MOST_POINTS


def test_figures_are_rounded_down() -> None:
    assert figures(chart((Point("a", None, Ratio(99_999, 100_000), Ratio(0, 0)),)))[0] == ["99.99"]


def test_branches_are_not_drawn_where_a_commit_has_none_and_the_legend_says_so() -> None:
    points = (*RISING[:-1], replace(RISING[-1], branch=Ratio(0, 0)))
    assert len(figures(chart(points))) == 1
    assert "Lines only: not every commit has branches." in legend(points)[0].text


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 16, 17, 29, 30])
def test_no_two_labels_are_equal_and_few_can_be_seen(count: int) -> None:
    made = labels(RISING[:count])
    seen = [label for label in made if label.strip("\u200b")]
    assert len(set(made)) == len(made) == count
    assert 1 <= len(seen) <= MOST_LABELS
    assert made[-1].strip("\u200b"), "the newest point is always named"


def test_commits_of_one_day_share_its_name_and_not_their_place() -> None:
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    made = labels(history_points(replace(measured(n, 8_000), time=noon) for n in range(3)))
    assert [label.strip("\u200b") for label in made] == ["14 Mar"] * 3
    assert len(set(made)) == 3


def test_the_run_itself_is_marked() -> None:
    points = report_points(replace(passed(), history=history([8_000, 8_100])))
    assert labels(points)[-1] == "PR"
    assert "2 commits of the default branch, 2026-01-03 to 2026-01-04, and this pull request" in legend(points)[0].text


def test_the_legend_says_where_the_scale_begins() -> None:
    assert "The scale is in percent, from 59 to 82." in legend(RISING)[0].text
    assert "    y-axis 59 --> 82\n" in chart(RISING)


@pytest.mark.parametrize("colour", [BLUE, ORANGE])
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_a_line_can_be_seen_in_light_and_dark(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3, "WCAG 2.2, 1.4.11"


def test_a_point_without_a_day_is_named_by_its_commit() -> None:
    assert labels((Point("abcdef0123", None, Ratio(1, 2), Ratio(0, 0)),)) == ("abcdef0",)
    assert labels((Point("abcdef0123", date(2026, 12, 1), Ratio(1, 2), Ratio(0, 0)),)) == ("1 Dec",)
