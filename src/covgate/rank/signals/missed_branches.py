"""Ways that the function's change never takes, out of statements that do run."""

from covgate.model.gap import Gap
from covgate.rank.signal import Evidence, Signal

_NAMED = 2


def read(gap: Gap, _: Evidence) -> tuple[float, str] | None:
    """The number of arcs never taken; the first ones in words."""
    if not gap.partial:
        return None
    words = list(dict.fromkeys(arc.words for arc in gap.partial))
    more = [f"and {len(words) - _NAMED} more"] if len(words) > _NAMED else []
    return len(gap.partial), ", ".join([*words[:_NAMED], *more])


SIGNAL = Signal("missed_branches", "ways out of changed branches that no test takes", 0.5, read)
