"""How much of the file is covered."""

from covgate.model.plan import FileGap
from covgate.model.ratio import floored
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The percentage of statements that run; nothing where there are none."""
    percent = gap.line.percent
    return None if percent is None else (float(percent), f"{floored(percent)} % covered")


SIGNAL = Signal("percentage", "how much of the file is covered", of_file=of_file)
