"""Everything that was found out, put together for those who tell it."""

from covgate import __version__
from covgate.model.comparison import Comparison
from covgate.model.diff import Diff
from covgate.model.place import Place
from covgate.model.policy import Policy
from covgate.model.report import Links
from covgate.ports import Measurement
from covgate.settings import Settings
from covgate.steps.asking import Asked
from covgate.steps.baselines import baseline_notes
from covgate.steps.requests import Request


def policy_of(asked: Asked, measurement: Measurement) -> Policy:
    """Whose thresholds were judged by, with what the change does to coverage's own settings."""
    return Policy(asked.policy.source, asked.policy.changes, measurement.exclusions)


def links(place: Place, diff: Diff) -> Links:
    """Where the head's lines can be seen on the forge; nowhere on a terminal or for uncommitted lines."""
    sha = place.pull_request.head_sha if place.pull_request else diff.head.sha
    if not (place.repository and sha) or diff.head.dirty:
        return Links(run=place.run_url)
    return Links(blob=f"{place.server_url}/{place.repository}/blob/{sha}", run=place.run_url)


def notes(
    request: Request, settings: Settings, asked: Asked, measurement: Measurement, comparison: Comparison
) -> tuple[str, ...]:
    """Remarks on this run. A key that has no effect yet is told: silence would look like consent."""
    return (
        *filter(None, [request.place.note, unsharded(request, settings)]),
        *measurement.snapshot.notes,
        *(f"`{key}` has no effect in covgate {__version__}." for key in settings.pending()),
        *baseline_notes(comparison.baseline, asked.rerun),
    )


def unsharded(request: Request, settings: Settings) -> str:
    """A remark where shards are named and the suite was run in one: a job of a matrix may have forgotten its name."""
    if request.data or not settings.suite.shards or request.place.kind == "terminal":
        return ""
    return "`suite.shards` names shards, and this run was none of them: it waited for no other (see the input `shard`)."
