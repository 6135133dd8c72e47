"""How often people changed the file lately."""

from covgate.model.gap import Gap
from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal

OFTEN = 5


def read(gap: Gap, evidence: Evidence) -> Answer:
    """Words only, for a file that is changed often."""
    active = evidence.active(gap.path)
    return (0, _words(active.commits_90)) if active and active.commits_90 >= OFTEN and not gap.in_tests else None


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of commits in 90 days; nothing where the history is not known."""
    active = evidence.active(gap.path)
    return (active.commits_90, _words(active.commits_90)) if active and active.commits_90 else None


def _words(commits: int) -> str:
    return "changed once in 90 days" if commits == 1 else f"changed {commits:,} times in 90 days"


SIGNAL = Signal("churn", "commits of the last 90 days that changed the file", read=read, of_file=of_file)
