"""Files of which nothing ran: one import in one test shows whether they work at all."""

from covgate.model.gap import Gap
from covgate.rank.signal import Evidence, Signal


def read(gap: Gap, _: Evidence) -> tuple[float, str] | None:
    """1 for a file that the suite never imported."""
    if not gap.unmeasured:
        return None
    return 1, "this test file never ran" if gap.in_tests else "no test imports this file"


SIGNAL = Signal("unmeasured", "files that no test imports", 1.0, read)
