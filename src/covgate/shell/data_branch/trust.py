"""Which runs may add to the data branch: what lies there becomes the bar for every change."""

from covgate.model.history import Stored
from covgate.model.place import Place

DEFAULT_BRANCH_EVENTS = ("push", "schedule", "workflow_dispatch")


def unfit(here: Place, stored: Stored) -> str:
    """Why this run's snapshot is nobody's baseline, in a sentence; "" where it may be kept."""
    if here.kind != "github":
        return "Snapshots are kept by runs on GitHub only."
    place = _elsewhere(here)
    if place:
        return place
    if stored.dirty:
        return "The snapshot was not kept: files were edited after the checkout, so it is not the commit's."
    if stored.sha != here.sha:
        return "The snapshot was not kept: another commit was checked out than the one that this run was started for."
    if stored.suite.broken:
        return "The snapshot was not kept: the suite did not end well."
    return ""


def _elsewhere(here: Place) -> str:
    """Why this is no run of the default branch; "" where it is one."""
    if not here.default_branch:
        return "The snapshot was not kept: the event does not tell the default branch."
    if here.event == "merge_group":
        into = here.pull_request.base_ref if here.pull_request else ""
        return "" if into == here.default_branch else "Snapshots are kept of the default branch only."
    if here.event in DEFAULT_BRANCH_EVENTS and here.branch == here.default_branch:
        return ""
    return "Snapshots are kept of the default branch only."
