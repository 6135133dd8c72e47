"""Critical paths: groups of files that the repository asks more of."""

from covgate.model.gap import Gap
from covgate.model.globs import matches
from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Group, Signal


def read(gap: Gap, evidence: Evidence) -> Answer:
    """Words only, for a change within a critical group."""
    first = _first(gap.path, evidence)
    return (0, f"group `{first.name}`") if first and first.critical and not gap.in_tests else None


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """1 for a file of a critical group, 0 for one of another group."""
    first = _first(gap.path, evidence)
    return (int(first.critical), f"group `{first.name}`") if first else None


def _first(path: str, evidence: Evidence) -> Group | None:
    """The file's group, a critical one where it is in several."""
    groups = [group for group in evidence.groups if matches(path, group.paths)]
    return max(groups, key=lambda group: group.critical, default=None)


SIGNAL = Signal(
    "group", "groups of paths below `thresholds.groups`; critical ones come ahead", read=read, of_file=of_file
)
