from fractions import Fraction

import pytest

from covgate.model.ratio import NOTHING, Ratio, floored, plain


def test_799_of_1000_passes_79_5_and_fails_80() -> None:
    ratio = Ratio(799, 1000)
    assert ratio.short_of(Fraction("79.5")) == 0
    assert ratio.short_of(Fraction(80)) == 1


def test_one_missing_of_very_many_is_not_100_percent() -> None:
    assert Ratio(20_000, 20_001).short_of(Fraction(100)) == 1
    assert floored(Fraction(100 * 20_000, 20_001)) == "99.99"


def test_nothing_to_cover_has_no_percentage_and_is_short_of_nothing() -> None:
    assert NOTHING.percent is None
    assert NOTHING.short_of(Fraction(100)) == 0


def test_79_995_is_never_shown_as_80() -> None:
    assert floored(Fraction("79.995")) == "79.99"


def test_a_drop_is_floored_away_from_zero() -> None:
    assert floored(Fraction("-0.001")) == "-0.01"


@pytest.mark.parametrize(("covered", "total"), [(-1, 2), (3, 2), (0, -1)])
def test_more_covered_than_there_is_cannot_be_said(covered: int, total: int) -> None:
    with pytest.raises(ValueError, match="not a ratio"):
        Ratio(covered, total)


@pytest.mark.parametrize(("number", "shown"), [("90", "90"), ("79.50", "79.5"), ("33.333", "33.333")])
def test_a_threshold_is_shown_as_people_write_it(number: str, shown: str) -> None:
    assert plain(Fraction(number)) == shown
