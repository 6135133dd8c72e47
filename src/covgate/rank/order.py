"""Gaps in the order in which they are worth closing."""

from dataclasses import replace

from covgate.model.comparison import Comparison
from covgate.model.gap import Gap, RankedGap, Reading
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.verdict import Verdict
from covgate.rank import signals
from covgate.rank.functions import complexities_of
from covgate.rank.gaps import gaps_of
from covgate.rank.passing import failed_on_the_change, would_pass
from covgate.rank.signal import Evidence, Signal
from covgate.registry import collect


def rank(comparison: Comparison, verdict: Verdict, evidence: Evidence | None = None) -> tuple[RankedGap, ...]:
    """The change's gaps, the one to close first in front.

    Shape:  source before tests; then ordered by score, path and line, so that the same change is always told in the
            same order; `evidence` adds to the reasons that are told, and not to the order.
    """
    known: tuple[Signal, ...] = collect(signals, "SIGNAL")
    coverage, evidence = comparison.coverage, _of_the_change(evidence or Evidence(), comparison)
    line, failed = coverage.line, failed_on_the_change(verdict)
    ranked = [
        RankedGap(
            gap,
            *_judged(gap, evidence, known),
            after=Ratio(line.covered + len(gap.missed), line.total),
            passes=would_pass(gap, file, failed),
        )
        for file in coverage.files
        for gap in gaps_of(file)
    ]
    return tuple(sorted(ranked, key=lambda one: (one.gap.in_tests, -one.score, one.gap.path, _line(one.gap))))


def _of_the_change(evidence: Evidence, comparison: Comparison) -> Evidence:
    """The evidence with the changed files and the complexity of their functions."""
    files = {file.path: file.now for file in comparison.coverage.files}
    complexities = {(path, start): ways for path, now in files.items() for start, ways in complexities_of(now).items()}
    return replace(evidence, comparison=comparison, files=files, complexities=complexities)


def _judged(gap: Gap, evidence: Evidence, known: tuple[Signal, ...]) -> tuple[float, tuple[Reading, ...]]:
    """The gap's score, and what the signals say of it."""
    said = [(signal, answer) for signal in known if signal.read and (answer := signal.read(gap, evidence))]
    score = sum(signal.weight * value for signal, (value, _) in said)
    return score, tuple(Reading(signal.id, value, words) for signal, (value, words) in said)


def _line(gap: Gap) -> int:
    lines = gap.missed | LineSet.of(arc.line for arc in gap.partial)
    return lines.ranges[0][0]
