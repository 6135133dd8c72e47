"""How many ways lead through the code, and what changing it without tests risks."""

from covgate.model.gap import Gap
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.ratio import Ratio
from covgate.rank.complexity import crap
from covgate.rank.signal import Answer, Evidence, Signal

SIMPLE = 1
MANY = 10
"""McCabe's own limit: what is above it is worth a word at a gap of the change."""


def read(gap: Gap, evidence: Evidence) -> Answer:
    """Words only, for a change within a function that has too many ways."""
    file = evidence.files.get(gap.path)
    regions = file.regions if file else ()
    region = next((one for one in regions if (one.kind, one.name) == ("function", gap.function)), None)
    if file is None or region is None:
        return None
    complexity = evidence.complexities.get((gap.path, region.start), SIMPLE)
    return (0, _words(complexity, file.narrow(region.lines).line)) if complexity > MANY and not gap.in_tests else None


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
    return (complexity, _words(complexity, gap.of)) if complexity > SIMPLE else None


def _words(complexity: int, statements: Ratio) -> str:
    return f"complexity {complexity} (CRAP {crap(complexity, statements):,})"


SIGNAL = Signal(
    "complexity",
    "cyclomatic complexity, with the CRAP score of what is not tested",
    read=read,
    of_file=of_file,
    of_function=of_function,
)
