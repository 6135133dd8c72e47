"""The run, told in its steps.

Everything that reads the repository happens before the suite runs, because the suite is not trusted; everything after
it reads values only.
"""

from collections.abc import Mapping
from dataclasses import replace

from covgate import __version__
from covgate.compare import compare, fingerprints, verify_shards, verify_sources
from covgate.judge import Facts, judge
from covgate.model.diff import Diff
from covgate.model.place import Place
from covgate.model.report import Links, Report
from covgate.ports import Measurement, Ports, SuiteOrder
from covgate.rank import rank
from covgate.render import deliverables
from covgate.settings import Settings, effective_fail, effective_policy, effective_shards
from covgate.steps.baselines import baseline_notes, found_or_run, settled
from covgate.steps.components import components_of, led_by_components, parts_of, with_suites, worst
from covgate.steps.keeping import kept
from covgate.steps.outlook import settings_file, with_outlook
from covgate.steps.planning import with_plan
from covgate.steps.preparing import base_settings, suite_order
from covgate.steps.ranking import gathered, project_gaps
from covgate.steps.requests import Outcome, Request
from covgate.steps.rerun import planned_rerun
from covgate.steps.sources import read_sources
from covgate.steps.suites import run_suites
from covgate.steps.telling import deliver, exit_code, published, tell_no_verdict


def run(request: Request, settings: Settings, ports: Ports) -> Outcome:
    """measure → compare → judge → rank → render → publish → keep.

    Errors: CovgateError where there is no verdict, after the summary and the comment have been told so; a bug likewise.
    """
    try:
        report, fails = concluded(request, settings, ports)
        texts = deliverables(report)
        deliver(report, texts, ports.output)
    except Exception as error:
        tell_no_verdict(error, request, settings, ports)
        raise
    posted = published(report, texts, request, settings, ports, blocks=fails)
    kept(report, request, settings.baseline.branch, ports)
    return Outcome(report, posted, exit_code(report, posted, fails=fails, required=settings.publish.required))


def concluded(request: Request, settings: Settings, ports: Ports) -> tuple[Report, bool]:
    """The report, and whether a failed gate fails the run."""
    diff = ports.repository.change(request.base)
    base = base_settings(request.config, diff, ports.repository)
    thresholds, policy = effective_policy(settings, base.settings, base_had_file=base.had_file)
    shards = effective_shards(settings, base.settings)
    order = replace(
        suite_order(settings, base.settings, diff, ports.repository), shards=shards, head_sha=diff.head.sha or ""
    )
    components = components_of(settings, base.settings, ports.repository)
    order = with_suites(order, components, settings, diff, ports.repository)
    plan = planned_rerun(request, settings, base.settings, diff, order, repository=ports.repository)
    before = fingerprints((path, ports.repository.read_head(path)) for path in order.changed)
    sources = read_sources(ports.repository)
    known = gathered(diff.base.sha, sources, settings.gaps, thresholds, ports.repository)
    file = settings_file(base, request.config, ports.repository)
    found = found_or_run(ports.baselines.find(diff), plan, ports)
    measurement = measured(request.data, order, before, ports)
    comparison = compare(diff, measurement.snapshot, settled(found, measurement, plan, ports), measurement.result)
    verdict = judge(thresholds, Facts(comparison, measurement.result, request.today))
    parts = parts_of(components, comparison, measurement, request.today)
    gaps, enough = led_by_components(rank(comparison, verdict, known.evidence), comparison, verdict, parts)
    report = Report(
        verdict=worst(verdict, parts),
        comparison=comparison,
        suite=measurement.result,
        gaps=gaps,
        policy=replace(policy, changes=(*request.moved, *policy.changes), exclusions=measurement.exclusions),
        version=__version__,
        links=links(request.place, diff),
        top=settings.gaps.top,
        notes=(*notes(request, settings, measurement), *baseline_notes(comparison.baseline, plan)),
        pull_request=request.place.pull_request,
        enough=enough,
        project_gaps=project_gaps(known, measurement.snapshot, settings.gaps, comparison),
        components=tuple(part.report for part in parts),
        history=ports.baselines.history(),
    )
    report = with_outlook(report, thresholds, request.today, file)
    return with_plan(report, known, settings, thresholds), effective_fail(settings, base.settings)


def measured(data: tuple[str, ...], order: SuiteOrder, before: Mapping[str, str], ports: Ports) -> Measurement:
    """The suite's coverage, or that of reports made earlier, of the very files that the change was read from.

    Shape:  `before` are the fingerprints of the changed files before any suite ran.
    """
    if data:
        read = ports.suite.read(data, order)
        remarks = verify_shards(read.shards, read.snapshot, order.changed)
        return replace(read, snapshot=replace(read.snapshot, notes=(*read.snapshot.notes, *remarks)))
    measurement = run_suites(order, ports.suite)
    verify_sources(before, measurement.snapshot)
    return measurement


def links(place: Place, diff: Diff) -> Links:
    """Where the head's lines can be seen on the forge; nowhere on a terminal or for uncommitted lines."""
    sha = place.pull_request.head_sha if place.pull_request else diff.head.sha
    if not (place.repository and sha) or diff.head.dirty:
        return Links(run=place.run_url)
    return Links(blob=f"{place.server_url}/{place.repository}/blob/{sha}", run=place.run_url)


def notes(request: Request, settings: Settings, measurement: Measurement) -> tuple[str, ...]:
    """Remarks on this run. A key that has no effect yet is told: silence would look like consent."""
    pending = tuple(f"`{key}` has no effect in covgate {__version__}." for key in settings.pending())
    return (*filter(None, [request.place.note, unsharded(request, settings)]), *measurement.snapshot.notes, *pending)


def unsharded(request: Request, settings: Settings) -> str:
    """A remark where shards are named and the suite was run in one: a job of a matrix may have forgotten its name."""
    if request.data or not settings.suite.shards or request.place.kind == "terminal":
        return ""
    return "`suite.shards` names shards, and this run was none of them: it waited for no other (see the input `shard`)."
