"""What others may call: the public API."""

from covgate.model.plan import FileGap, FunctionGap
from covgate.rank.exports import exported
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The number of public functions that are not all tested."""
    count = sum(reading.signal == "public" for one in gap.functions for reading in one.readings)
    return (count, f"{count:,} public {'functions' if count > 1 else 'function'}") if count else None


def of_function(gap: FunctionGap, file: FileGap, evidence: Evidence) -> Answer:
    """1 for a function that `__all__` names, or that has no leading underscore on the way to it."""
    if not gap.name or "<locals>" in gap.name:
        return None
    return (1, "public") if exported(gap.name, file.path, evidence.sources) else None


SIGNAL = Signal("public", "functions of the public API", of_file=of_file, of_function=of_function)
