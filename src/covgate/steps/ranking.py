"""What the project's gaps are ranked by: gathered before the suite runs, told once its coverage is known."""

from dataclasses import dataclass, replace

from covgate.errors import ComparisonError
from covgate.judge.groups import named_groups
from covgate.judge.thresholds import Thresholds
from covgate.model.comparison import Comparison
from covgate.model.plan import FileGap
from covgate.model.snapshot import Snapshot
from covgate.model.sources import Sources
from covgate.ports import Repository
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.signal import Group
from covgate.settings.sections import GapSettings

NO_COMPLEXITY = (
    "Branches were not measured, so complexity is not known: `risk` weighs missed statements by churn alone."
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known before the suite runs; `notes` say what could not be had."""

    evidence: Evidence
    notes: tuple[str, ...] = ()


def gathered(
    sha: str, sources: Sources, settings: GapSettings, thresholds: Thresholds, repository: Repository
) -> Gathered:
    """The repository's history and attributes, and what its settings say of its files.

    Shape:  `sha` is the commit whose `.gitattributes` hold: the base's, because the change may have edited its own.
    Errors: none; what cannot be had is noted.
    """
    activity = repository.activity()
    notes = [activity.unknown]
    try:
        marked = repository.attributes(sha, sources.paths)
    except ComparisonError as error:
        marked, notes = {}, [*notes, f"Generated files are not told apart: {error.what}"]
    evidence = Evidence(
        sources=sources,
        activity=activity,
        marked=marked,
        groups=groups_of(thresholds, settings.critical),
        layers=settings.layers,
    )
    return Gathered(evidence, tuple(note for note in notes if note))


def groups_of(thresholds: Thresholds, critical: tuple[str, ...]) -> tuple[Group, ...]:
    """The groups that the thresholds name; those are critical whose names hold one of the given words."""
    return tuple(
        Group(one.name, one.paths, critical=any(word.casefold() in one.name.casefold() for word in critical))
        for one in named_groups(thresholds)
    )


def project_gaps(
    known: Gathered, snapshot: Snapshot, settings: GapSettings, comparison: Comparison | None = None
) -> tuple[FileGap, ...]:
    """The project's gaps in the order of the settings' strategy."""
    return rank_project(snapshot, replace(known.evidence, comparison=comparison), rank_options(settings))


def ranking_notes(known: Gathered, snapshot: Snapshot, settings: GapSettings) -> tuple[str, ...]:
    """What the order does without, in words."""
    blind = settings.strategy == "risk" and not snapshot.origin.has_branches
    return (*known.notes, NO_COMPLEXITY) if blind else known.notes


def rank_options(settings: GapSettings) -> RankOptions:
    """How the settings want gaps ordered."""
    thresholds = {"impact": settings.impact, "triage": settings.triage}
    return RankOptions(settings.strategy, thresholds, settings.omit)
