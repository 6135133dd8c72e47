"""Tests of the change that never ran: nothing is missing but a way to run them."""

from covgate.model.gap import Gap
from covgate.model.lines import NO_LINES
from covgate.rank.signal import Evidence, Signal


def read(gap: Gap, evidence: Evidence) -> tuple[float, str] | None:
    """Words only, for a test of which nothing ran; what is missed of one that did run is no news of this kind."""
    is_test = gap.in_tests and gap.function.rpartition(".")[2].startswith("test")
    return (0, "this test never ran") if is_test and not _ran(gap, evidence) else None


def _ran(gap: Gap, evidence: Evidence) -> bool:
    changed = evidence.comparison.coverage.files if evidence.comparison else ()
    file = next((file for file in changed if file.path == gap.path), None)
    regions = file.regions if file else ()
    lines = next((one.lines for one in regions if (one.kind, one.name) == ("function", gap.function)), NO_LINES)
    return not lines or bool(file and file.now.executed & lines)


SIGNAL = Signal("idle_tests", "tests of the change that never ran", 0.0, read)
