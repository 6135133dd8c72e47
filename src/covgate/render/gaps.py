"""What to test next: the change's gaps in words."""

from dataclasses import replace

from covgate.model.gap import RankedGap
from covgate.model.lines import LineSet
from covgate.model.report import Report
from covgate.model.verdict import Conclusion
from covgate.render.figures import percent
from covgate.render.headline import passes_gate
from covgate.render.prose import Prose, code, joined, linked, place, prose, spans, strong
from covgate.render.sections import Row, Section


def gaps_section(report: Report, *, full: bool) -> Section:
    """The gaps, the one to close first in front."""
    failing_run = report.verdict.conclusion is Conclusion.ERROR
    return Section(
        prose("Not reached in the failing run" if failing_run else "What to test next", f" ({len(report.gaps):,})"),
        rows=tuple(_row(report, index, ranked) for index, ranked in enumerate(told_gaps(report))),
        noun="gap",
        numbered=True,
        folded=failing_run or (report.verdict.conclusion is Conclusion.PASSED and not full),
        most=None if full else report.top,
    )


def _row(report: Report, index: int, ranked: RankedGap) -> Row:
    path, lines = ranked.gap.path, gap_lines(ranked)
    where = joined((linked(gap_name(ranked), path, lines) if ranked.gap.function else (), place(path, lines)), " · ")
    return (prose(where, ": ", gap_words(ranked), ".", *_tests(ranked), *_outlook(report, index)),)


def told_gaps(report: Report) -> tuple[RankedGap, ...]:
    """The gaps as readers are told of them: from a failing run nobody knows what no test imports."""
    if report.verdict.conclusion is not Conclusion.ERROR:
        return report.gaps
    return tuple(
        replace(ranked, readings=tuple(one for one in ranked.readings if one.signal != "unmeasured"))
        for ranked in report.gaps
    )


def _tests(ranked: RankedGap) -> Prose:
    """Where its test belongs."""
    if not ranked.tests:
        return ()
    return prose(" Extend " if ranked.tests_exist else " Test it in a new ", code(ranked.tests), ".")


def gap_name(ranked: RankedGap) -> str:
    """The function, or the file for its top level."""
    return ranked.gap.function or ranked.gap.path


def gap_lines(ranked: RankedGap) -> LineSet:
    """The lines to look at: those never run, else those whose branches are not all taken."""
    return ranked.gap.lines or ranked.gap.missed or LineSet.of(arc.line for arc in ranked.gap.partial)


def gap_words(ranked: RankedGap) -> Prose:
    """What the signals say of the gap: the count of statements first, then the weightiest."""
    readings = sorted(ranked.readings, key=lambda reading: (reading.signal != "missed_statements", -reading.value))
    return joined((spans(reading.words) for reading in readings if reading.words), "; ") or prose("not tested")


def _outlook(report: Report, index: int) -> Prose:
    ranked = report.gaps[index]
    after = f" ({percent(ranked.after)})." if ranked.gap.missed else "."
    if passes_gate(report, index):
        return prose(" ", strong("Testing this passes the gate"), after)
    if ranked.passes and report.verdict.conclusion is Conclusion.FAILED:
        return prose(" ", strong("Testing this is enough for the changed lines"), after)
    return ()
