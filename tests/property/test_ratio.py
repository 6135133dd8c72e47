"""Exact arithmetic: no requirement is met by rounding."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from covgate.model.ratio import Ratio, floored

percents = st.fractions(0, 100, max_denominator=1000)
ratios = st.integers(0, 3000).flatmap(lambda total: st.builds(Ratio, st.integers(0, total), st.just(total)))


@given(ratios, percents)
def test_short_of_is_the_least_number_that_reaches_the_requirement(ratio: Ratio, required: Fraction) -> None:
    short = ratio.short_of(required)
    assert 100 * (ratio.covered + short) >= required * ratio.total
    assert short == 0 or 100 * (ratio.covered + short - 1) < required * ratio.total


@given(percents, st.integers(0, 4))
def test_a_shown_number_is_never_more_than_the_exact_one(percent: Fraction, places: int) -> None:
    shown = Fraction(floored(percent, places))
    assert shown <= percent < shown + Fraction(1, 10**places)
