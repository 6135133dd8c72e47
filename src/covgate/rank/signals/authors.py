"""How many people changed the file in a year: what many work on needs tests to agree on."""

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The number of authors in 365 days; nothing where the history is not known."""
    active = evidence.active(gap.path)
    if active is None or not active.authors:
        return None
    return active.authors, f"by {active.authors:,} {'people' if active.authors > 1 else 'person'} in a year"


SIGNAL = Signal("authors", "people who changed the file in the last year", of_file=of_file)
