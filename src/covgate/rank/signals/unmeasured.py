"""Files of which nothing ran: one import in one test shows whether they work at all."""

from covgate.model.gap import Gap
from covgate.rank.signal import Evidence, Signal


def read(gap: Gap, _: Evidence) -> tuple[float, str] | None:
    """1 for a file that the suite never imported."""
    return (1, "no test imports this file") if gap.unmeasured else None


SIGNAL = Signal("unmeasured", "files that no test imports", 1.0, read)
