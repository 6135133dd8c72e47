import pytest
from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Comparison, Missing
from covgate.model.gap import Gap
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import MissedArc
from covgate.model.verdict import Conclusion, Verdict
from covgate.rank import rank
from covgate.rank.signal import Evidence, Group
from covgate.rank.signals import group, missed_branches, missed_statements, unmeasured


def comparison() -> Comparison:
    head, diff = sketch("[a.py]\n+.  x = 1")
    return compare(diff, head, Missing("no baseline"))


def gap(missed: int = 0, total: int = 11, arcs: int = 0, *, unmeasured: bool = False) -> Gap:
    lines = LineSet.of(range(1, missed + 1))
    partial = tuple(MissedArc(line, line + 1, f"`if x{line}` never True") for line in range(1, arcs + 1))
    return Gap("a.py", "f", lines, lines, partial, Ratio(total - missed, total), unmeasured)


@pytest.mark.parametrize(
    ("one", "value", "words"),
    [
        (gap(3), 3, "3 of 11 changed statements never run"),
        (gap(1), 1, "1 of 11 changed statements never runs"),
        (gap(11), 11, "none of the 11 changed statements runs"),
        (gap(1, 1), 1, "the only changed statement never runs"),
    ],
)
def test_missed_statements_are_counted_in_words(one: Gap, value: int, words: str) -> None:
    assert missed_statements.read(one, Evidence(comparison())) == (value, words)


@pytest.mark.parametrize(
    ("one", "value", "words"),
    [
        (gap(arcs=1), 1, "`if x1` never True"),
        (gap(arcs=2), 2, "`if x1` never True, `if x2` never True"),
        (gap(arcs=4), 4, "`if x1` never True, `if x2` never True, and 2 more"),
    ],
)
def test_arcs_are_named_up_to_two(one: Gap, value: int, words: str) -> None:
    assert missed_branches.read(one, Evidence(comparison())) == (value, words)


def test_a_signal_without_anything_to_say_is_silent() -> None:
    evidence = Evidence(comparison())
    assert missed_statements.read(gap(arcs=1), evidence) is None
    assert missed_branches.read(gap(1), evidence) is None
    assert unmeasured.read(gap(1), evidence) is None


def test_a_file_of_which_nothing_ran_is_told() -> None:
    assert unmeasured.read(gap(1, unmeasured=True), Evidence(comparison())) == (1, "no test imports this file")


def test_a_change_within_a_function_of_many_ways_is_told_with_what_it_risks() -> None:
    forks = "".join(f"     .      if x == {number}:\n     .          x = 0\n" for number in range(10))
    head, diff = sketch(f"[a.py]\n .  def f(x):\n{forks}    +!      return x\n".replace("\n    ", "\n"))
    (ranked,) = rank(compare(diff, head, Missing("no baseline")), Verdict(Conclusion.PASSED, ()))
    assert "complexity 11 (CRAP 11)" in [reading.words for reading in ranked.readings]
    assert ranked.score == 1  # told, and no reason to be put first


def test_a_change_within_a_critical_group_is_told() -> None:
    one = gap(1)
    critical, plain = Group("critical", ("a.py",), critical=True), Group("web", ("a.py",))
    assert group.read(one, Evidence(groups=(plain, critical))) == (0, "group `critical`")
    assert group.read(one, Evidence(groups=(plain,))) is None
