from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Missing
from covgate.model.gap import RankedGap
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.verdict import Conclusion, Verdict
from covgate.rank import rank

NO_RULES = Verdict(Conclusion.PASSED, ())


def ranked(picture: str) -> tuple[RankedGap, ...]:
    head, diff = sketch(picture)
    return rank(compare(diff, head, Missing("no baseline")), NO_RULES)


def test_more_missed_statements_come_first_then_path_then_line() -> None:
    gaps = ranked("""
        [b.py]
         .  w = 0
        +!  x = 1
        [a.py]
         .  def one():
        +!      return 1
         .  def two():
        +!      return 2
         .  def three():
        +!      x = 3
        +!      return x
    """)
    assert [(one.gap.path, one.gap.function) for one in gaps] == [
        ("a.py", "three"),
        ("a.py", "one"),
        ("a.py", "two"),
        ("b.py", ""),
    ]


def test_gaps_of_the_source_come_before_those_of_the_tests() -> None:
    gaps = ranked("""
        [tests/helpers.py]
         .  w = 0
        +!  x = 1
        +!  y = 1
        [conftest.py]
         .  w = 0
        +!  x = 1
        +!  y = 1
        [shop/a.py]
         .  w = 0
        +!  x = 1
        [shop/test_a.py]
         .  w = 0
        +!  x = 1
        [shop/tests.py]
         .  w = 0
        +!  x = 1
    """)
    source = ["shop/a.py", "shop/tests.py"]
    assert [one.gap.path for one in gaps] == [*source, "conftest.py", "tests/helpers.py", "shop/test_a.py"]


def test_a_test_that_never_ran_is_called_one() -> None:
    gaps = ranked("""
        [tests/test_a.py]
         .  def test_one():
        +!      assert one()
        +!      assert two()
         .  def test_half():
         .      x = one()
        +!      assert x
         .  def helper():
        +!      return 1
        [tests/test_b.py] unmeasured
        +!  x = 1
    """)
    words = {one.gap.function or one.gap.path: [reading.words for reading in one.readings] for one in gaps}
    assert "this test never ran" in words["test_one"]
    assert "this test never ran" not in words["test_half"] + words["helper"]
    assert "this test file never ran" in words["tests/test_b.py"]


def test_a_gap_tells_its_reasons_in_words() -> None:
    (first,) = ranked("""
        [cart.py]
         .  def total(coupon, tax):
        +.      price = 1
        +?      if coupon:
        +!          price = 2
        +?      if tax:
        +.          price = 3
        +.      return price
    """)
    assert [reading.words for reading in first.readings] == [
        "`if coupon` never True, `if tax` never False",
        "1 of 6 changed statements never runs",
    ]
    assert first.score == 1 + 2 * 0.5


def test_a_gap_tells_what_the_change_reaches_once_it_is_closed() -> None:
    first, second = ranked("""
        [a.py]
        +.  x = 1
        [b.py]
        +!  x = 1
        +!  y = 1
        [c.py]
        +!  x = 1
    """)
    assert (first.after, second.after) == (Ratio(3, 4), Ratio(2, 4))


def test_a_file_that_nothing_imports_comes_before_one_as_long() -> None:
    first, _ = ranked("""
        [a.py]
         .  w = 0
        +!  x = 1
        [b.py] unmeasured
        +!  x = 1
    """)
    assert first.gap.path == "b.py"
    assert [reading.words for reading in first.readings] == [
        "the only changed statement never runs",
        "no test imports this file",
    ]


def test_a_file_of_which_nothing_ran_is_one_gap_though_coverage_knows_it() -> None:
    (only,) = ranked("""
        [report.py]
        +!  import json
        +!  def best():
        +!      return 1
    """)
    assert (only.gap.function, only.gap.missed) == ("", LineSet(((1, 3),)))
    assert [reading.words for reading in only.readings] == [
        "none of the 3 changed statements runs",
        "no test imports this file",
    ]


def test_a_covered_change_has_nothing_to_rank() -> None:
    assert ranked("[a.py]\n+.  x = 1") == ()
