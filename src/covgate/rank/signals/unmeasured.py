"""Files of which nothing ran: one import in one test shows whether they work at all."""

from covgate.model.gap import Gap
from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal
from covgate.rank.signals.size import size_words


def read(gap: Gap, _: Evidence) -> Answer:
    """1 for a file that the suite never imported."""
    if not gap.unmeasured:
        return None
    return 1, "this test file never ran" if gap.in_tests else "no test imports this file"


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """1 for a file of which nothing ran, called out by its size."""
    return None if gap.line.covered else (1, f"no test imports this file of {size_words(gap.line.total)}")


SIGNAL = Signal("unmeasured", "files that no test imports", 1.0, read, of_file)
