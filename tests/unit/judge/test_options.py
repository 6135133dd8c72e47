"""Thresholds as people write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.judge.options import (
    UnfitError,
    duration_words,
    read_count,
    read_date,
    read_duration,
    read_glob,
    read_percent,
    read_points,
    read_text,
)


def test_a_percentage_is_exactly_what_was_written() -> None:
    assert read_percent(Decimal("79.995")) == Fraction(79995, 1000)
    assert read_percent(0) == 0
    assert read_percent(100) == 100


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("95%", "'95%' is text: write 95"),
        ("79.5 %", "'79.5 %' is text: write 79.5"),
        ("80", "'80' is text: write 80"),
        ("high", "'high' is not a number"),
        (True, "true is not a number"),
        ([80], "a list is not a number"),
        ({"line": 80}, "a mapping is not a number"),
        (Decimal("100.01"), "100.01 is not within 0 and 100"),
        (-1, "-1 is below 0"),
    ],
)
def test_what_is_no_percentage_is_told_with_what_to_write(value: object, says: str) -> None:
    with pytest.raises(UnfitError, match=f"^{says.replace('(', '[(]')}$"):
        read_percent(value)


def test_points_may_exceed_a_hundred_and_never_go_below_nothing() -> None:
    assert read_points(101) == 101
    with pytest.raises(UnfitError, match="below 0"):
        read_points(Decimal("-0.1"))


@pytest.mark.parametrize(("value", "says"), [(True, "true"), (Decimal("1.5"), "1.5"), ("1", "'1'"), (-1, "below 0")])
def test_what_is_no_count_is_told(value: object, says: str) -> None:
    with pytest.raises(UnfitError, match=says):
        read_count(value)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("30m", 1800), ("1h30m", 5400), ("1h1s", 3601)]
)
def test_durations_are_read_with_their_units(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (90, "90 has no unit: write 90s or 90m"),
        ("", "not a duration"),
        ("30m1h", "not a duration"),
        ("0s", "longer than 0s"),
        (True, "true is not a duration"),
        ("1.5h", "not a duration"),
        ("٣m", "not a duration"),
    ],
)
def test_what_is_no_duration_is_told_with_what_to_write(value: object, says: str) -> None:
    with pytest.raises(UnfitError, match=says):
        read_duration(value)


@given(st.integers(min_value=1, max_value=10**7))
def test_a_duration_is_shown_as_it_can_be_written(seconds: int) -> None:
    assert read_duration(duration_words(seconds)) == seconds


def test_text_keeps_the_spelling_of_numbers_and_days() -> None:
    assert read_text(Decimal("3.10")) == "3.10"
    assert read_text(3) == "3"
    assert read_text(date(2026, 1, 2)) == "2026-01-02"
    with pytest.raises(UnfitError, match="true is not text: put it in quotes"):
        read_text(True)  # the very thing to refuse


@pytest.mark.parametrize(
    ("glob", "says"),
    [
        ("/etc/**", "relative"),
        ("C:/x", "relative"),
        ("src/../../etc", "relative"),
        ("src\\shop\\**", "forward slashes"),
        ("*a" * 7, "more than 6 stars"),
        ("**/a/**/b/**", "or than 2 double ones"),
        ("  ", "must not be empty"),
    ],
)
def test_globs_stay_within_the_repository(glob: str, says: str) -> None:
    with pytest.raises(UnfitError, match=says):
        read_glob(glob)


def test_a_leading_dot_slash_means_nothing() -> None:
    assert read_glob("./src/**") == "src/**"


def test_days_are_days() -> None:
    assert read_date(date(2026, 1, 31)) == date(2026, 1, 31)
    with pytest.raises(UnfitError, match="'soon' is not a day: write it as 2026-01-31"):
        read_date("soon")
