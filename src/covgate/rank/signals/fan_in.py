"""How many of the project's files import the file: what breaks with it."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of files, without tests, that import this one."""
    count = evidence.importers.get(gap.path, 0)
    return (count, f"imported by {count:,} {'modules' if count > 1 else 'module'}") if count else None


SIGNAL = Signal("fan_in", "how many of the project's modules import the file", of_file=of_file)
