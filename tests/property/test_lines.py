"""LineSet behaves as a set of numbers does."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from covgate.model.lines import LineSet

numbers = st.sets(st.integers(1, 40))


@given(numbers, numbers)
def test_union_intersection_and_difference_are_those_of_sets(left: set[int], right: set[int]) -> None:
    one, other = LineSet.of(left), LineSet.of(right)
    assert set(one | other) == left | right
    assert set(one & other) == left & right
    assert set(one - other) == left - right


@given(numbers)
def test_a_line_set_is_sorted_counted_and_searched_as_its_numbers_are(lines: set[int]) -> None:
    one = LineSet.of(lines)
    assert list(one) == sorted(lines)
    assert len(one) == len(lines)
    assert {line for line in range(45) if line in one} == lines


@given(numbers, numbers)
def test_equal_sets_are_equal_values_however_they_were_made(left: set[int], right: set[int]) -> None:
    one, other = LineSet.of(left), LineSet.of(right)
    assert (one | other) - (other - one) == one
    assert LineSet.spanning(one.ranges[::-1]) == one


@given(numbers, st.integers(1, 40), st.integers(0, 6))
def test_a_range_is_held_or_touched_as_its_numbers_are(lines: set[int], first: int, length: int) -> None:
    span = range(first, first + length + 1)
    assert LineSet.of(lines).holds(span[0], span[-1]) == lines.issuperset(span)
    assert LineSet.of(lines).touches(span[0], span[-1]) == bool(lines.intersection(span))


@given(numbers, numbers)
def test_joining_fills_whole_gaps_of_lines_that_may_be_crossed(lines: set[int], across: set[int]) -> None:
    joined = set(LineSet.of(lines).joined(LineSet.of(across)))
    ordered = sorted(lines)
    gaps = [set(range(a + 1, b)) for a, b in pairwise(ordered)]
    assert joined == lines.union(*(gap for gap in gaps if gap <= across))
