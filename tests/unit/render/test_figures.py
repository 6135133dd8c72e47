from fractions import Fraction

from covgate.model.lines import LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.render.figures import (
    amount,
    change,
    counted,
    duration,
    percent,
    plural_of,
    ranges_in_words,
    share,
    share_of,
    threshold,
)


def test_a_percentage_is_never_rounded_up() -> None:
    assert percent(Ratio(79_999, 100_000)) == "79.99 %"
    assert percent(Ratio(1, 1)) == "100.00 %"


def test_nothing_to_cover_has_no_percentage() -> None:
    assert percent(NOTHING) == "n/a"


def test_a_share_separates_thousands() -> None:
    assert share(Ratio(6_800, 8_000)) == "6,800 of 8,000"


def test_a_share_tells_what_it_counts() -> None:
    assert share_of(Ratio(20, 24), "statement") == "20 of 24 statements"
    assert share_of(Ratio(1, 1), "branch") == "1 of 1 branch"
    assert share_of(Ratio(3, 4), "statement or branch") == "3 of 4 statements and branches"


def test_nouns_follow_their_number() -> None:
    assert counted(1, "statement") == "1 statement"
    assert counted(1_826, "statement") == "1,826 statements"
    assert counted(0, "branch") == "0 branches"
    assert counted(2, "statement or branch") == "2 statements or branches"
    assert plural_of("entry", "entries") == "entries"


def test_a_change_is_told_in_points() -> None:
    assert change(Ratio(8, 10), Ratio(7, 10)) == "▲ 10.00"
    assert change(Ratio(7, 10), Ratio(8, 10)) == "▼ 10.00"
    assert change(Ratio(7, 10), Ratio(14, 20)) == "± 0"


def test_a_tiny_change_is_not_told_as_none() -> None:
    assert change(Ratio(500_001, 1_000_000), Ratio(1, 2)) == "▲ under 0.01"
    assert change(Ratio(499_999, 1_000_000), Ratio(1, 2)) == "▼ 0.01"


def test_a_change_against_nothing_is_not_told() -> None:
    assert change(Ratio(7, 10), None) == ""
    assert change(Ratio(7, 10), NOTHING) == ""
    assert change(NOTHING, Ratio(7, 10)) == ""


def test_a_threshold_stands_as_it_was_written() -> None:
    assert threshold(Fraction("79.5"), "%") == "79.5 %"
    assert threshold(Fraction(90), "%") == "90 %"


def test_a_bases_percentage_as_threshold_is_rounded_up() -> None:
    assert threshold(Fraction(200, 3), "%") == "66.67 %"


def test_other_units_have_two_places_too() -> None:
    assert amount(Fraction(1, 3), "points") == "0.33 points"


def test_ranges_beyond_the_most_are_counted() -> None:
    assert ranges_in_words(LineSet.of([1, 2, 5, 9]), 2) == "1–2, 5 and 1 more place"
    assert ranges_in_words(LineSet.of([1, 2, 5]), 2) == "1–2, 5"


def test_durations_over_a_minute_have_minutes() -> None:
    assert duration(12.44) == "12.4 s"
    assert duration(185.9) == "3 min 5 s"
