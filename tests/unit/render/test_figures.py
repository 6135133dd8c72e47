from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from covgate.model.lines import LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.render.figures import (
    amount,
    change,
    counted,
    duration,
    in_steps,
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
    assert change(Ratio(500_001, 1_000_000), Ratio(1, 2)) == "▲ 0.0001"
    assert change(Ratio(499_999, 1_000_000), Ratio(1, 2)) == "▼ 0.0001"
    assert change(Ratio(500_149, 1_000_000), Ratio(1, 2)) == "▲ 0.01"


def test_steps_that_are_shown_add_up_to_the_sum_that_is_shown() -> None:
    thirds = (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
    assert in_steps(thirds) == ("1.00", ("0.34", "0.33", "0.33"))
    assert in_steps((Fraction("-1.794"), Fraction("-0.093"), Fraction(0))) == ("-1.89", ("-1.80", "-0.09", "0.00"))
    assert in_steps((Fraction("-0.0004"), Fraction("0.25"))) == ("0.2496", ("-0.0004", "0.2500"))


@given(st.lists(st.fractions(-100, 100, max_denominator=9999), min_size=1, max_size=4))
def test_no_step_is_shown_as_nothing_or_far_from_what_it_is(steps: list[Fraction]) -> None:
    whole, parts = in_steps(steps)
    assert sum(map(Fraction, parts)) == Fraction(whole)
    for step, part in zip(steps, parts, strict=True):
        assert abs(Fraction(part) - step) < Fraction(1, 100)
        assert (Fraction(part) == 0) == (step == 0)


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
