"""What must hold of the gate whatever the numbers are."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from covgate.judge.drops import Drift
from covgate.judge.example import a_change, a_deletion, a_file, facts
from covgate.judge.judgement import judge
from covgate.judge.rules.diff_branch import DiffBranch
from covgate.judge.rules.diff_combined import DiffCombined
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.drop import Drop
from covgate.judge.rules.drop_indirect import DropIndirect
from covgate.judge.rules.file_drop import FileDrop
from covgate.judge.rules.file_line import FileLine
from covgate.judge.rules.groups_drop import GroupDrop
from covgate.judge.rules.total_branch import TotalBranch
from covgate.judge.rules.total_line import TotalLine
from covgate.judge.thresholds import Thresholds
from covgate.model.ratio import Ratio, floored
from covgate.model.verdict import Conclusion, Status, Verdict

DRIFTS: tuple[Drift, ...] = ("auto", "count", "show")
drifts = st.sampled_from(DRIFTS)
percents = st.fractions(min_value=0, max_value=100, max_denominator=1000)


@st.composite
def ratios(draw: st.DrawFn, least_total: int = 0) -> Ratio:
    total = draw(st.integers(least_total, 60))
    return Ratio(draw(st.integers(0, total)), total)


@st.composite
def better(draw: st.DrawFn, ratio: Ratio) -> Ratio:
    return Ratio(draw(st.integers(ratio.covered, ratio.total)), ratio.total)


@st.composite
def thresholds(draw: st.DrawFn) -> Thresholds:
    percent, allowed = draw(percents), draw(st.integers(0, 5))
    every = (
        ("diff.line", DiffLine(percent, allowed)),
        ("diff.branch", DiffBranch(draw(percents))),
        ("diff.combined", DiffCombined(draw(percents))),
        ("total.line", TotalLine(draw(percents))),
        ("total.branch", TotalBranch(draw(percents))),
        ("file.line", FileLine(draw(percents))),
        ("drop", Drop(points=draw(percents), of=("line", "branch", "combined"), drift=draw(drifts))),
        ("drop.indirect", DropIndirect(allowed)),
        ("file.drop", FileDrop(draw(percents))),
        ("groups.drop", (GroupDrop(name="all", paths=("src",), drop=draw(percents)),)),
    )
    return Thresholds(tuple(draw(st.lists(st.sampled_from(every), min_size=1, unique_by=lambda pair: pair[0]))))


def _judged(asked: Thresholds, lines: Ratio, branches: Ratio, past: tuple[Ratio, int]) -> Verdict:
    file = a_file(lines.covered, lines.total, branches.covered, branches.total)
    base, deleted = past
    diff = (a_deletion(1, deleted),) if deleted else ()
    given_facts = facts(file, changes=(a_change(file),), base=a_file(base.covered, base.total), diff=diff)
    return judge(asked, given_facts)


@given(st.data(), thresholds(), ratios(1), ratios(), st.tuples(ratios(), st.integers(0, 20)))
def test_covering_more_never_fails_a_passing_gate(
    data: st.DataObject, asked: Thresholds, lines: Ratio, branches: Ratio, past: tuple[Ratio, int]
) -> None:
    before = _judged(asked, lines, branches, past)
    after = _judged(asked, data.draw(better(lines)), data.draw(better(branches)), past)

    assert before.conclusion is Conclusion.FAILED or after.conclusion is Conclusion.PASSED
    assert after.statements_short <= before.statements_short


@given(ratios(1), percents, percents)
def test_what_passes_a_threshold_passes_every_lower_one(ratio: Ratio, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))

    passes = [_passes(TotalLine(percent), ratio) for percent in (low, high)]

    assert passes in ([True, True], [True, False], [False, False])


@given(ratios(1), percents)
def test_a_threshold_is_met_exactly_where_the_exact_ratio_meets_it(ratio: Ratio, percent: Fraction) -> None:
    assert _passes(TotalLine(percent), ratio) == (100 * ratio.covered >= percent * ratio.total)


@given(ratios(1), percents)
def test_covering_as_many_as_are_short_passes_and_one_less_does_not(ratio: Ratio, percent: Fraction) -> None:
    short = ratio.short_of(percent)

    assert _passes(TotalLine(percent), Ratio(ratio.covered + short, ratio.total))
    assert not short or not _passes(TotalLine(percent), Ratio(ratio.covered + short - 1, ratio.total))


@given(ratios(1), percents)
def test_no_shown_number_reaches_a_threshold_that_the_ratio_does_not(ratio: Ratio, percent: Fraction) -> None:
    exact = ratio.percent
    assert exact is not None

    assert exact >= percent or Fraction(floored(exact)) < percent


@given(ratios(1), st.integers(0, 60))
def test_deleting_covered_code_alone_is_never_a_drop(base: Ratio, deleted: int) -> None:
    gone = min(deleted, base.covered)
    head = a_file(base.covered - gone, base.total - gone)
    diff = (a_deletion(1, gone),) if gone else ()

    verdict = judge(
        Thresholds((("drop", Drop(points=Fraction(0), of=("line",))),)),
        facts(head, base=a_file(base.covered, base.total), diff=diff),
    )

    expected = Status.UNKNOWN if gone == base.total else Status.PASSED
    assert [answer.status for answer in verdict.results] == [expected]


def _passes(options: TotalLine, ratio: Ratio) -> bool:
    verdict = judge(Thresholds((("total.line", options),)), facts(a_file(ratio.covered, ratio.total)))
    return verdict.conclusion is Conclusion.PASSED
