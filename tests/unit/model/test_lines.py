import pytest

from covgate.model.lines import NO_LINES, LineSet


def test_lines_in_any_order_and_repeated_become_sorted_ranges() -> None:
    assert LineSet.of([5, 1, 2, 2, 4]).ranges == ((1, 2), (4, 5))


def test_a_line_outside_all_ranges_is_not_in_the_set() -> None:
    lines = LineSet(((2, 4), (8, 9)))
    assert [line for line in range(12) if line in lines] == [2, 3, 4, 8, 9]


@pytest.mark.parametrize("ranges", [((3, 2),), ((1, 2), (3, 4)), ((5, 6), (1, 2)), ((1, 5), (2, 3))])
def test_ranges_that_overlap_touch_or_run_backwards_are_refused(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="range"):
        LineSet(ranges)


def test_gaps_are_joined_only_where_every_line_of_them_may_be_crossed() -> None:
    missed = LineSet.of([4, 5, 8, 11])
    assert missed.joined(across=LineSet.of([6, 7, 9])) == LineSet(((4, 8), (11, 11)))


def test_a_set_is_shown_as_people_write_ranges() -> None:
    assert str(LineSet.of([12, 13, 14, 20])) == "12–14, 20"
    assert str(NO_LINES) == ""
