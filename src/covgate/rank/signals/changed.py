"""What this very change wrote and no test runs: the cheapest time to test it is now."""

from covgate.model.lines import NO_LINES, LineSet
from covgate.model.plan import FileGap, FunctionGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of statements that the change wrote and no test runs."""
    return _told(gap.missed & _missed(gap.path, evidence)) if gap.changed else None


def of_function(gap: FunctionGap, file: FileGap, evidence: Evidence) -> Answer:
    """The same, of one function."""
    return _told(gap.missed & _missed(file.path, evidence)) if file.changed else None


def _missed(path: str, evidence: Evidence) -> LineSet:
    files = evidence.comparison.coverage.files if evidence.comparison else ()
    return next((file.missed for file in files if file.path == path), NO_LINES)


def _told(missed: LineSet) -> Answer:
    return (len(missed), f"{len(missed):,} of them changed here") if missed else None


SIGNAL = Signal("changed", "missed statements that this change wrote", of_file=of_file, of_function=of_function)
