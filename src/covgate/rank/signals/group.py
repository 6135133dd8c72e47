"""Critical paths: groups of files that the repository asks more of."""

from covgate.model.globs import matches
from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """1 for a file of a critical group, 0 for one of another group."""
    groups = [group for group in evidence.groups if matches(gap.path, group.paths)]
    if not groups:
        return None
    first = max(groups, key=lambda group: group.critical)
    return int(first.critical), f"group `{first.name}`"


SIGNAL = Signal("group", "groups of paths below `thresholds.groups`; critical ones come ahead", of_file=of_file)
