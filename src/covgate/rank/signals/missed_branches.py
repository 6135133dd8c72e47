"""Ways that are never taken, out of statements that do run."""

from covgate.model.gap import Gap
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.snapshot import MissedArc
from covgate.rank.signal import Answer, Evidence, Signal

_NAMED = 2


def read(gap: Gap, _: Evidence) -> Answer:
    """The number of arcs of the change never taken; the first ones in words."""
    return _told(gap.partial)


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The number of all arcs never taken out of statements that do run."""
    partial = sum(len(function.partial) for function in gap.functions)
    return (partial, f"{partial:,} {'branches' if partial > 1 else 'branch'} never taken") if partial else None


def of_function(gap: FunctionGap, _file: FileGap, _: Evidence) -> Answer:
    """The number of arcs never taken; the first ones in words."""
    return _told(gap.partial)


def _told(partial: tuple[MissedArc, ...]) -> Answer:
    if not partial:
        return None
    words = list(dict.fromkeys(arc.words for arc in partial))
    more = [f"and {len(words) - _NAMED} more"] if len(words) > _NAMED else []
    return len(partial), ", ".join([*words[:_NAMED], *more])


SIGNAL = Signal("missed_branches", "ways out of branches that no test takes", 0.5, read, of_file, of_function)
