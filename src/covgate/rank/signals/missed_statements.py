"""How much never runs: of the function's change, of a file, of a function."""

from covgate.model.gap import Gap
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.ratio import Ratio
from covgate.rank.signal import Answer, Evidence, Signal


def read(gap: Gap, _: Evidence) -> Answer:
    """The number of missed changed statements."""
    return _told(gap.of, "changed statement")


def of_file(gap: FileGap, _: Evidence) -> Answer:
    """The number of the file's missed statements."""
    return _told(gap.line, "statement")


def of_function(gap: FunctionGap, _file: FileGap, _: Evidence) -> Answer:
    """The number of the function's missed statements."""
    return _told(gap.of, "statement")


def _told(of: Ratio, thing: str) -> Answer:
    missed = of.missed
    if not missed:
        return None
    if of.total == 1:
        return missed, f"the only {thing} never runs"
    if missed == of.total:
        return missed, f"none of the {missed:,} {thing}s runs"
    return missed, f"{missed:,} of {of.total:,} {thing}s never {'runs' if missed == 1 else 'run'}"


SIGNAL = Signal("missed_statements", "statements that no test runs", 1.0, read, of_file, of_function)
