"""Components of a repository: what each asks of the suites, and its own part of the answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from covgate.compare import narrowing
from covgate.judge import Facts, judge
from covgate.model.comparison import Comparison, DiffCoverage, Known
from covgate.model.component import REST, ComponentReport, Counts, depth, within
from covgate.model.diff import Diff
from covgate.model.gap import RankedGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Snapshot
from covgate.model.suite import SuiteResult
from covgate.model.verdict import Conclusion, Verdict
from covgate.ports import Measurement, Repository, SuiteOrder
from covgate.rank import enough
from covgate.rank.passing import failed_on_the_change, would_pass
from covgate.settings import EffectiveComponent, Settings, effective_components, followed, roots
from covgate.steps.preparing import as_the_base_counts

GONE = "The change removes its Python files."
EMPTY = "It holds no Python file."
_WORST_FIRST = (Conclusion.ERROR, Conclusion.FAILED, Conclusion.PASSED)


@dataclass(frozen=True, slots=True)
class Components:
    """The components to judge, and the Python files on disk before the suite ran; neither where there are none."""

    entries: tuple[EffectiveComponent, ...] = ()
    files: tuple[str, ...] = ()

    def holds_files(self, one: EffectiveComponent) -> bool:
        """Whether there is a Python file in its directory."""
        return any(within(path, one.own.root) for path in self.files)

    @property
    def with_suites(self) -> tuple[EffectiveComponent, ...]:
        """Those whose own suites can be run."""
        return tuple(one for one in self.entries if one.own.suite and self.holds_files(one))

    @property
    def at_base(self) -> "Components":
        """Those that the base's settings know, with the suites that they have there."""
        known = ((one, one.at_base) for one in self.entries if one.at_base)
        entries = tuple(replace(one, own=replace(one.own, suite=then.suite)) for one, then in known)
        return replace(self, entries=entries)

    def measurer(self, path: str) -> str:
        """The component whose suite measures a path: the nearest one around it that has one, REST for none."""
        around = [one.own for one in self.with_suites if within(path, one.own.root)]
        return max(around, key=lambda own: depth(own.root)).name if around else REST


@dataclass(frozen=True, slots=True)
class Part:
    """A component's part of the comparison, and what is told of it."""

    report: ComponentReport
    comparison: Comparison


def components_of(settings: Settings, base: Settings | None, repository: Repository) -> Components:
    """The components that this run judges: those of the base, and those that the change adds."""
    entries = effective_components(settings, base)
    if not entries:
        return Components()
    files = repository.python_files()
    return Components(followed(entries, settings, files), files)


def with_suites(
    order: SuiteOrder,
    components: Components,
    settings: Settings,
    diff: Diff,
    repository: Repository,
    *,
    base: Settings | None = None,
) -> SuiteOrder:
    """The order with a part for each suite, where components have suites of their own.

    Shape:  the suite of the top is the last of them, where it has anything to measure: a component without a suite
            around it, or a command or sources that the settings name. It runs as well where the base's settings have
            it run, and then as there: a change must not take from it what it measures by naming components.
    """
    own = components.with_suites
    if not own:
        return order
    asked: dict[str, tuple[str, ...]] = {}
    for path in order.changed:
        name = components.measurer(path)
        asked[name] = (*asked.get(name, ()), path)
    parts = [_part(order, one, settings, diff, repository) for one in own]
    parts = [replace(part, apart=_below(part, components, settings)) for part in parts]
    if _has_top(components, settings):
        parts.append(replace(order, apart=_below(order, components, settings)))
    elif base and _has_top(then := components.at_base, base):
        parts.append(replace(order, apart=_below(order, then, settings)))
    return replace(order, parts=tuple(replace(part, changed=asked.get(part.component, ())) for part in parts))


def _has_top(components: Components, settings: Settings) -> bool:
    """Whether the suite at the top is run beside those of components."""
    entries = [one for one in components.entries if components.holds_files(one)]
    left = any(components.measurer(one.own.root) == REST for one in entries)
    return bool(settings.suite.command or settings.suite.source or left or not components.with_suites)


def suites_at_base(
    order: SuiteOrder, settings: Settings, base: Settings | None, diff: Diff, repository: Repository
) -> SuiteOrder:
    """The order for the base's own files, with a part for each suite that its settings name.

    Shape:  `settings` are those that the base's suite is run by, `base` the base's own, None where there are none.
    """
    entries = tuple(EffectiveComponent(own, own.root, own) for own in (base or settings).components)
    if not entries:
        return order
    components = Components(entries, repository.python_files_at(diff.base.sha))
    whole = with_suites(order, components, settings, diff, repository)
    return replace(whole, parts=tuple(_as_configured_there(part) for part in whole.parts))


def _as_configured_there(part: SuiteOrder) -> SuiteOrder:
    """The order where the tree is the base's: nothing else can say what counts."""
    return replace(part, base_files=None, base_source=None, base_command="", base_python=())


def _below(part: SuiteOrder, components: Components, settings: Settings) -> tuple[str, ...]:
    """Directories of other suites below that of this one, as seen from it."""
    here = part.directory or settings.working_directory
    directories = (one.own.root for one in components.with_suites if one.own.root not in (".", here))
    inside = (directory for directory in directories if within(directory, here))
    return tuple(directory if here == "." else directory.removeprefix(f"{here}/") for directory in inside)


def _part(
    order: SuiteOrder, one: EffectiveComponent, settings: Settings, diff: Diff, repository: Repository
) -> SuiteOrder:
    suite, then = one.own.suite, one.at_base.suite if one.at_base else None
    assert suite is not None
    part = SuiteOrder(
        command=suite.command,
        python=suite.python or settings.suite.python,
        install=suite.install,
        source=suite.source,
        workers=suite.workers,
        timeout_seconds=suite.timeout_seconds,
        env=suite.env,
        head_sha=order.head_sha,
        component=one.own.name,
        directory=one.own.root,
    )
    return as_the_base_counts(part, then, one.was, diff, repository)


def parts_of(
    components: Components, comparison: Comparison, measurement: Measurement, today: dt.date
) -> tuple[Part, ...]:
    """Each component's part of the answer, in the order of the settings."""
    part_of = narrowing(comparison, roots(components.entries))
    ended = dict(measurement.suites)
    parts = []
    for one in components.entries:
        of = part_of(one.own.name)
        own = ended.get(one.own.name)
        suite = own or ended.get(components.measurer(one.own.root), measurement.result)
        gone = not (of.head.files or of.head.unmeasured or components.holds_files(one))
        verdict = _unjudged(own) if gone or not one.own.thresholds.asked else _judged(one, of, suite, today)
        note = (GONE if _counts_at_base(of) else EMPTY) if gone else ""
        parts.append(Part(_report(one, of, verdict, own, note), of))
    return tuple(parts)


def _judged(one: EffectiveComponent, of: Comparison, suite: SuiteResult, today: dt.date) -> Verdict:
    return judge(one.own.thresholds, Facts(of, suite, today))


def _unjudged(own: SuiteResult | None) -> Verdict:
    """A component that nothing is asked of can fail by its suite only."""
    return Verdict(Conclusion.ERROR if own and own.broken else Conclusion.PASSED, ())


def _counts_at_base(of: Comparison) -> bool:
    return bool(of.diff.files or (isinstance(of.baseline, Known) and of.baseline.snapshot.files))


def _report(
    one: EffectiveComponent, of: Comparison, verdict: Verdict, own: SuiteResult | None, note: str
) -> ComponentReport:
    return ComponentReport(
        name=one.own.name,
        root=one.own.root,
        verdict=verdict,
        total=_counts(of.head),
        before=_counts(of.baseline.snapshot) if isinstance(of.baseline, Known) else None,
        diff=_counts(of.coverage),
        reason=of.coverage.reason,
        suite=own,
        added=one.added,
        note=note,
    )


def _counts(of: Snapshot | DiffCoverage) -> Counts:
    return Counts(of.line, of.branch)


def worst(verdict: Verdict, parts: Sequence[Part]) -> Verdict:
    """The whole's verdict, with the conclusion that all components leave of it."""
    conclusions = (verdict.conclusion, *(part.report.verdict.conclusion for part in parts))
    return replace(verdict, conclusion=min(conclusions, key=_WORST_FIRST.index))


def led_by_components(
    gaps: tuple[RankedGap, ...], comparison: Comparison, verdict: Verdict, parts: Sequence[Part]
) -> tuple[tuple[RankedGap, ...], int | None]:
    """The gaps with those of components that failed in front, and how many of them are enough to pass.

    Shape:  `verdict` is the whole's own. What closing a gap does for the gate is promised for one failed verdict only,
            the whole's or a component's; where several failed, nothing is.
    """
    failing = [part for part in parts if part.report.verdict.conclusion is Conclusion.FAILED]
    if not failing:
        return gaps, enough(gaps, comparison, verdict)
    files = {file.path: part for part in failing for file in part.comparison.coverage.files}
    first = tuple(gap for gap in gaps if gap.gap.path in files)
    rest = tuple(replace(gap, passes=False) for gap in gaps if gap.gap.path not in files)
    if verdict.failed or len(failing) > 1:
        return (*(replace(gap, passes=False) for gap in first), *rest), None
    (only,) = failing
    told = tuple(_for(only, gap) for gap in first)
    return (*told, *rest), enough(told, only.comparison, only.report.verdict)


def _for(part: Part, ranked: RankedGap) -> RankedGap:
    """The gap with what closing it does for its component."""
    line = part.comparison.coverage.line
    files = {file.path: file for file in part.comparison.coverage.files}
    passes = would_pass(ranked.gap, files[ranked.gap.path], failed_on_the_change(part.report.verdict))
    return replace(ranked, passes=passes, after=Ratio(line.covered + len(ranked.gap.missed), line.total))
