"""How many ways lead through the code, and what changing it without tests risks."""

from covgate.model.plan import FileGap, FunctionGap
from covgate.rank.complexity import crap
from covgate.rank.signal import Answer, Evidence, Signal

SIMPLE = 1


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The highest complexity of a function that is not all tested."""
    read = [(one, it) for it in gap.functions for one in it.readings if one.signal == "complexity"]
    if not read:
        return None
    reading, function = max(read, key=lambda one: (one[0].value, -one[1].start))
    return reading.value, f"`{function.name}` has {reading.words}"


def of_function(gap: FunctionGap, file: FileGap, evidence: Evidence) -> Answer:
    """The function's cyclomatic complexity, with the CRAP score; nothing where it has no branch, or none is known."""
    complexity = evidence.complexities.get((file.path, gap.start), SIMPLE) if gap.name else SIMPLE
    return (complexity, f"complexity {complexity} (CRAP {crap(complexity, gap.of):,})") if complexity > SIMPLE else None


SIGNAL = Signal(
    "complexity",
    "cyclomatic complexity, with the CRAP score of what is not tested",
    of_file=of_file,
    of_function=of_function,
)
