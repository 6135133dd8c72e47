"""How much of the function's change never runs."""

from covgate.model.gap import Gap
from covgate.rank.signal import Evidence, Signal


def read(gap: Gap, _: Evidence) -> tuple[float, str] | None:
    """The number of missed changed statements."""
    missed = len(gap.missed)
    if not missed:
        return None
    if missed == gap.of.total > 1:
        return missed, f"none of the {missed} changed statements runs"
    if gap.of.total == 1:
        return missed, "the only changed statement never runs"
    return missed, f"{missed} of {gap.of.total} changed statements never {'runs' if missed == 1 else 'run'}"


SIGNAL = Signal("missed_statements", "changed statements that no test runs", 1.0, read)
