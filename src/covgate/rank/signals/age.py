"""How long nobody touched the file."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal

_YEAR = 365


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """Days from the file's newest commit to the head's; nothing where the history is not known.

    Shape:  without words where the last commits are told as churn.
    """
    active, until = evidence.active(gap.path), evidence.activity.until
    if active is None or until is None:
        return None
    if active.last is None:
        return _YEAR, "unchanged for a year"
    return max(0, (until - active.last).days), "" if active.commits_90 else f"last changed on {active.last}"


SIGNAL = Signal("age", "how long ago the file was last changed", of_file=of_file)
