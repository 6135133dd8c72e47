"""What is kept from being counted: untested as well, and in no percentage."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of the file's excluded statements."""
    file = evidence.files.get(gap.path)
    count = len(file.excluded) if file else 0
    return (
        (count, f"{count:,} more {'lines are' if count > 1 else 'line is'} excluded from coverage") if count else None
    )


SIGNAL = Signal("exclusions", "lines of the file that are excluded from coverage", of_file=of_file)
