"""The ratchet: floors that the default branch has left behind for so long that they could be raised."""

from fractions import Fraction
from math import floor

from covgate.judge.answers import Measure, lacks_branches, measured
from covgate.judge.in_force import MEASURES, floor_in_force, written_floor
from covgate.judge.rule import Facts
from covgate.judge.thresholds import Thresholds
from covgate.model.history import HistoryLine
from covgate.model.policy import PolicyChange
from covgate.model.ratio import Ratio, plain

COMMITS = 10
"""So many commits of the default branch in a row must have stayed above the floor."""
MARGIN = Fraction(1)
"""Points by which each of them must have been above it; exactly so many are not enough."""


def raised_floors(thresholds: Thresholds, facts: Facts, history: tuple[HistoryLine, ...]) -> tuple[PolicyChange, ...]:
    """Floors that could be raised, as changes to `thresholds.total`.

    Shape:  `history` oldest first; what a merge queue measured does not count, because it may never have been merged.
            Proposed is the lowest of the ten percentages and of this run's own, rounded down to a whole percent: a
            floor that holds now, and would have held all the time. No floor is proposed where none is set.
    """
    newest = [one for one in history if not one.queued][-COMMITS:]
    if len(newest) < COMMITS or facts.suite.broken:
        return ()
    proposals = (_raised(thresholds, facts, newest, measure) for measure in MEASURES)
    return tuple(proposal for proposal in proposals if proposal)


def _raised(thresholds: Thresholds, facts: Facts, newest: list[HistoryLine], measure: Measure) -> PolicyChange | None:
    required = floor_in_force(thresholds, measure, facts.today)
    head = facts.comparison.head
    percents = [ratio.percent for ratio in (*(_ratio(one, measure) for one in newest), measured(head, measure))]
    known = [percent for percent in percents if percent is not None]
    if required is None or len(known) < len(percents) or lacks_branches(measure, head):
        return None
    if min(known) <= required + MARGIN:
        return None
    written = written_floor(thresholds, measure)
    before = "" if written is None else plain(written)
    return PolicyChange(f"thresholds.total.{measure}", before, str(floor(min(known))))


def _ratio(one: HistoryLine, measure: Measure) -> Ratio:
    match measure:
        case "line":
            return one.line
        case "branch":
            return one.branch
        case "combined":
            return one.combined
