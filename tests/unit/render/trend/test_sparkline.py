"""The trend in one row of a terminal."""

from covgate.model.ratio import NOTHING, Ratio
from covgate.render.trend.sparkline import sparkline


def test_bars_rise_with_the_percentage() -> None:
    assert sparkline([Ratio(0, 10), Ratio(5, 10), Ratio(10, 10)]) == "▁▄█"


def test_a_tenth_of_a_point_is_no_landslide() -> None:
    assert sparkline([Ratio(800, 1000), Ratio(801, 1000)]) == "▃▃"


def test_a_commit_without_the_measure_is_a_hole() -> None:
    assert sparkline([Ratio(10, 10), NOTHING, Ratio(0, 10)]) == "█ ▁"


def test_nothing_is_drawn_of_nothing() -> None:
    assert sparkline([NOTHING]) == sparkline([]) == ""
