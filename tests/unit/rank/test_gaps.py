from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Missing
from covgate.model.gap import Gap
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.rank.gaps import gaps_of


def gaps(picture: str) -> list[Gap]:
    head, diff = sketch(picture)
    comparison = compare(diff, head, Missing("no baseline"))
    return [gap for file in comparison.coverage.files for gap in gaps_of(file)]


def test_missed_statements_are_grouped_by_function() -> None:
    total, refund, module = gaps("""
        [cart.py]
         .  class Cart:
         .      def total(self):
        +!          price = 1
        +.          return price
         .      def refund(self):
        +!          return 2
        +!  rate = 3
    """)
    assert [gap.function for gap in (total, refund, module)] == ["Cart.total", "Cart.refund", ""]
    assert [gap.missed.ranges for gap in (total, refund, module)] == [((3, 3),), ((6, 6),), ((7, 7),)]
    assert total.of == Ratio(1, 2)


def test_a_nested_functions_lines_are_its_own() -> None:
    inner, outer = sorted(
        gaps("""
            [a.py]
             .  def outer():
             .      def inner():
            +!          return 1
            +!      return inner
        """),
        key=lambda gap: gap.missed.ranges,
    )
    assert (inner.function, outer.function) == ("outer.inner", "outer")


def test_lines_are_joined_across_blanks_and_comments_to_the_ends_of_statements() -> None:
    (gap,) = gaps("""
        [a.py]
         .  def send():
        +!      first = 1
        +-
        +-      # second
        +!      second = call(
        +|          1)
         .      third = 3
        +!      fourth = 4
    """)
    assert gap.missed == LineSet.of([2, 5, 8])
    assert gap.lines == LineSet(((2, 6), (8, 8)))


def test_an_excluded_line_between_missed_ones_is_not_shown_as_missed() -> None:
    (gap,) = gaps("""
        [a.py]
        +!  one = 1
        +x  two = 2  # pragma: no cover
        +!  three = 3
    """)
    assert gap.lines == LineSet.of([1, 3])


def test_an_untouched_missed_statement_between_is_not_the_changes() -> None:
    (gap,) = gaps("""
        [a.py]
        +!  one = 1
         !  two = 2
        +!  three = 3
    """)
    assert gap.lines == LineSet.of([1, 3])


def test_a_branch_half_taken_is_a_gap_without_missed_lines() -> None:
    (gap,) = gaps("""
        [a.py]
         .  def pay(coupon):
        +?      if coupon:
         !          send()
         .      return 1
    """)
    assert (len(gap.missed), len(gap.lines), gap.of) == (0, 0, Ratio(1, 1))
    assert [arc.words for arc in gap.partial] == ["`if coupon` never True"]


def test_a_covered_function_has_no_gap() -> None:
    assert gaps("[a.py]\n .  def f():\n+.      return 1") == []


def test_gaps_of_a_file_never_measured_say_so() -> None:
    assert [gap.unmeasured for gap in gaps("[a.py] unmeasured\n+!  x = 1")] == [True]
