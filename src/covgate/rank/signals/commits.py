"""How often people changed the file in a year."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of commits in 365 days; nothing where the history is not known."""
    active = evidence.active(gap.path)
    if active is None or not active.commits_365:
        return None
    return active.commits_365, f"{active.commits_365:,} {'commits' if active.commits_365 > 1 else 'commit'} in a year"


SIGNAL = Signal("commits", "commits of the last year that changed the file", of_file=of_file)
