"""`covgate gaps`: the whole project's gaps and the plan. Neither a change nor a base is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from covgate import __version__
from covgate.errors import ComparisonError, SettingsError
from covgate.model.comparison import Known, Missing
from covgate.model.diff import ChangeKind, Diff
from covgate.model.globs import matches
from covgate.model.plan import FileGap, Outlook
from covgate.model.snapshot import Snapshot
from covgate.model.sources import Sources
from covgate.model.suite import SuiteResult
from covgate.ports import Baselines, Repository, Suite, SuiteOrder
from covgate.settings import Settings
from covgate.steps.components import components_of, with_suites
from covgate.steps.planning import planned
from covgate.steps.preparing import settings_order
from covgate.steps.ranking import Gathered, gathered, project_gaps
from covgate.steps.sources import read_sources
from covgate.steps.suites import run_suites

HEAD = "HEAD"
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be told.

    Shape:  `data` are reports made earlier, `only` paths or globs that the plan is limited to; `rerun` runs the suite
            even where a stored snapshot is there.
    """

    data: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    rerun: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What the gaps are read from, in words, and of which commit; `result` is None where no suite was run for it."""

    snapshot: Snapshot
    words: str
    sha: str
    dirty: bool
    result: SuiteResult | None = None
    notes: tuple[str, ...] = ()


def project_outlook(
    asked: Asked, settings: Settings, repository: Repository, suite: Suite, baselines: Baselines
) -> Outlook:
    """The gaps and the plan, from data that are given, from the newest stored snapshot, or from a run of the suite.

    Errors: MeasurementError as of the suite; SettingsError where nothing that was measured lies at `only`.
    """
    head = head_of(repository)
    sources = read_sources(repository)
    known = gathered(head.head.sha or "" if head else "", sources, settings.gaps, settings.thresholds, repository)
    measured = _given(asked, settings, suite, head) or _stored(asked, head, baselines, sources)
    if measured is None:
        measured = _run(settings, repository, suite, head)
    return told(measured, asked, settings, known)


def head_of(repository: Repository) -> Diff | None:
    """The head, with what is not committed of it; None where there is no commit yet."""
    try:
        return repository.change(HEAD)
    except ComparisonError:
        return None


def _given(asked: Asked, settings: Settings, suite: Suite, head: Diff | None) -> Measured | None:
    if not asked.data:
        return None
    measurement = suite.read(asked.data, settings_order(settings))
    return _of_now(measurement.snapshot, f"the data given ({', '.join(asked.data)})", head, measurement.result)


def _stored(asked: Asked, head: Diff | None, baselines: Baselines, sources: Sources) -> Measured | None:
    """The newest snapshot of the head or of one of its ancestors."""
    if asked.rerun or head is None:
        return None
    found = baselines.find(head)
    if isinstance(found, Missing):
        return None
    return Measured(found.snapshot, _stored_words(found), found.sha, dirty=False, notes=_since(found, head, sources))


def _stored_words(found: Known) -> str:
    behind = f", {found.behind} commit{'' if found.behind == 1 else 's'} before the head" if found.behind else ""
    return f"the stored snapshot{behind}"


def _since(found: Known, head: Diff, sources: Sources) -> tuple[str, ...]:
    """Which measured files are not as they were then: their lines are those of that commit."""
    changes = head.files if found.since is None else found.since
    paths = {change.old_path or change.path for change in changes if change.kind is not ChangeKind.ADDED}
    moved = sorted(paths & {file.path for file in found.snapshot.files})
    if not moved:
        return ()
    names = ", ".join(f"`{path}`" for path in moved[:MOST_NAMES])
    more = f" and {len(moved) - MOST_NAMES} more" if len(moved) > MOST_NAMES else ""
    told = f"Changed since that commit, and told as they were then: {names}{more}. `--run` measures them anew."
    return (told,) if sources.files else ()


def _run(settings: Settings, repository: Repository, suite: Suite, head: Diff | None) -> Measured:
    order = settings_order(settings)
    if head is not None:
        order = with_suites(order, components_of(settings, None, repository), settings, head, repository)
    measurement = run_suites(_unchanged(order), suite)
    return _of_now(measurement.snapshot, "this run of the suite", head, measurement.result)


def _unchanged(order: SuiteOrder) -> SuiteOrder:
    """The order with no change to answer for: files that nothing imports count nowhere in a project."""
    return replace(order, changed=(), parts=tuple(replace(part, changed=()) for part in order.parts))


def _of_now(snapshot: Snapshot, words: str, head: Diff | None, result: SuiteResult) -> Measured:
    sha, dirty = (head.head.sha or "", head.head.dirty) if head else ("", False)
    return Measured(snapshot, words, sha, dirty, result, snapshot.notes)


def told(measured: Measured, asked: Asked, settings: Settings, known: Gathered) -> Outlook:
    """The gaps of what was measured, and the plan for those that were asked for.

    Errors: SettingsError where nothing that was measured lies at `only`.
    """
    _refuse_nothing(asked.only, measured.snapshot)
    ranked = project_gaps(known, measured.snapshot, settings.gaps)
    gaps = tuple(gap for gap in ranked if not asked.only or matches(gap.path, asked.only))
    result = measured.result
    command = settings.suite.command or (result.command if result else "")
    plan = planned(gaps, measured.snapshot, known, settings, settings.thresholds, command=command)
    return Outlook(
        gaps=gaps,
        plan=plan,
        version=__version__,
        sha=measured.sha,
        dirty=measured.dirty,
        measured=measured.words,
        command=command,
        failing=bool(result and result.broken),
        notes=(*measured.notes, *_left_aside(gaps, asked)),
    )


def _refuse_nothing(only: Sequence[str], snapshot: Snapshot) -> None:
    for path in only:
        if not any(matches(file.path, (path,)) for file in snapshot.files):
            hint = "Give a path or a glob of measured files, relative to the repository's root."
            raise SettingsError("nothing that was measured lies there", where=f"--only {path}", hint=hint)


def _left_aside(gaps: Sequence[FileGap], asked: Asked) -> tuple[str, ...]:
    """A remark where only a part of the project is planned."""
    if not asked.only:
        return ()
    counted = "1 file" if len(gaps) == 1 else f"{len(gaps):,} files"
    return (f"Planned is only what lies at {', '.join(f'`{path}`' for path in asked.only)}: {counted}.",)
