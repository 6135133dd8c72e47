"""Files that coverage never saw: one import in one test shows whether they work at all."""

from covgate.model.gap import Gap
from covgate.rank.signal import Evidence, Signal


def read(gap: Gap, _: Evidence) -> tuple[float, str] | None:
    """1 for a file that the suite never imported."""
    return (1, "the suite never imports this file") if gap.unmeasured else None


SIGNAL = Signal("unmeasured", "files that the suite never imports", 1.0, read)
