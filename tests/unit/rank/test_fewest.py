"""The smallest set that makes up for what is short: exactly, for one rule and for several."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.rank.fewest import Amounts, fewest


@pytest.mark.parametrize(
    ("gains", "short", "taken"),
    [
        ([(3,), (5,), (4,)], (5,), (1,)),
        ([(3,), (5,), (4,)], (6,), (1, 2)),
        ([(3,), (5,), (4,)], (12,), (0, 1, 2)),
        ([(3,), (5,), (4,)], (13,), None),
        ([(2,), (2,)], (1,), (0,)),
        ([], (1,), None),
        ([(1,)], (0,), ()),
    ],
)
def test_for_one_rule_the_largest_are_enough(
    gains: list[Amounts], short: Amounts, taken: tuple[int, ...] | None
) -> None:
    assert fewest(gains, short) == taken


def test_for_several_rules_the_best_pair_beats_the_best_single_ones() -> None:
    """What brings most at once, (4, 4), is in no pair: two that each do for one rule are."""
    assert fewest([(4, 4), (5, 1), (1, 5), (1, 1)], (6, 6)) == (1, 2)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=7),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
def test_no_smaller_set_is_enough(gains: list[Amounts], short: Amounts) -> None:
    found = fewest(gains, short)
    sizes = [size for size in range(len(gains) + 1) for some in combinations(gains, size) if enough(some, short)]
    assert (None if found is None else len(found)) == min(sizes, default=None)
    assert found is None or enough([gains[place] for place in found], short)


def enough(gains: tuple[Amounts, ...] | list[Amounts], short: Amounts) -> bool:
    return all(sum(gain[rule] for gain in gains) >= wanted for rule, wanted in enumerate(short))


def test_very_many_gaps_have_an_answer_that_is_enough() -> None:
    gains = [(n % 7 + 1, n * 3 % 5 + 1, n * 5 % 11) for n in range(500)]
    found = fewest(gains, (150, 150, 300))
    assert found is not None
    assert enough([gains[place] for place in found], (150, 150, 300))
