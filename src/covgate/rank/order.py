"""Gaps in the order in which they are worth closing."""

from covgate.model.comparison import Comparison
from covgate.model.gap import Gap, RankedGap, Reading
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.verdict import Verdict
from covgate.rank import signals
from covgate.rank.gaps import gaps_of
from covgate.rank.passing import would_pass
from covgate.rank.signal import Evidence, Signal
from covgate.registry import collect


def rank(comparison: Comparison, verdict: Verdict) -> tuple[RankedGap, ...]:
    """The change's gaps, the one to close first in front.

    Shape:  ordered by score, path and line, so that the same change is always told in the same order.
    """
    known: tuple[Signal, ...] = collect(signals, "SIGNAL")
    evidence = Evidence(comparison)
    gaps = [gap for file in comparison.coverage.files for gap in gaps_of(file)]
    ranked = (_ranked(gap, evidence, known, verdict) for gap in gaps)
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.gap.path, _line(one.gap))))


def _ranked(gap: Gap, evidence: Evidence, known: tuple[Signal, ...], verdict: Verdict) -> RankedGap:
    said = [(signal, answer) for signal in known if (answer := signal.read(gap, evidence))]
    line = evidence.comparison.coverage.line
    return RankedGap(
        gap,
        score=sum(signal.weight * value for signal, (value, _) in said),
        readings=tuple(Reading(signal.id, value, words) for signal, (value, words) in said),
        after=Ratio(line.covered + len(gap.missed), line.total),
        passes=would_pass(gap, evidence.comparison.coverage, verdict),
    )


def _line(gap: Gap) -> int:
    lines = gap.missed | LineSet.of(arc.line for arc in gap.partial)
    return lines.ranges[0][0]
