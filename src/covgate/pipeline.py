"""The run, told in its steps.

Everything that reads the repository happens before the suite runs, because the suite is not trusted; everything after
it reads values only.
"""

from covgate import __version__
from covgate.compare import compare
from covgate.judge import Facts, judge
from covgate.model.report import Report
from covgate.ports import Ports
from covgate.rank import rank
from covgate.render import deliverables
from covgate.settings import Settings
from covgate.steps.asking import Asked, ask
from covgate.steps.baselines import found_or_run, settled
from covgate.steps.components import led_by_components, parts_of, worst
from covgate.steps.keeping import kept
from covgate.steps.measuring import measured
from covgate.steps.outlook import with_outlook
from covgate.steps.planning import with_plan
from covgate.steps.ranking import project_gaps
from covgate.steps.reporting import links, notes, policy_of
from covgate.steps.requests import Outcome, Request
from covgate.steps.telling import deliver, exit_code, published, tell_no_verdict


def run(request: Request, settings: Settings, ports: Ports) -> Outcome:
    """ask → measure → compare → judge → rank → render → publish → keep.

    Errors: CovgateError where there is no verdict, after the summary and the comment have been told so; a bug likewise.
    """
    try:
        asked = ask(request, settings, ports)
        report = concluded(asked, request, settings, ports)
        texts = deliverables(report)
        deliver(report, texts, ports.output)
    except Exception as error:
        tell_no_verdict(error, request, settings, ports)
        raise
    posted = published(report, texts, request, settings, ports, blocks=asked.fails)
    kept(report, request, settings.baseline.branch, ports)
    return Outcome(report, posted, exit_code(report, posted, fails=asked.fails, required=settings.publish.required))


def concluded(asked: Asked, request: Request, settings: Settings, ports: Ports) -> Report:
    """What the suites cover, held against the base and the thresholds, and what to do next."""
    found = found_or_run(asked.stored, asked.rerun, ports)
    measurement = measured(request.data, asked, ports)
    baseline = settled(found, measurement, asked.rerun, ports)
    comparison = compare(asked.diff, measurement.snapshot, baseline, measurement.result)
    verdict = judge(asked.thresholds, Facts(comparison, measurement.result, request.today))
    parts = parts_of(asked.components, comparison, measurement, request.today)
    gaps, enough = led_by_components(rank(comparison, verdict, asked.known.evidence), comparison, verdict, parts)
    report = Report(
        verdict=worst(verdict, parts),
        comparison=comparison,
        suite=measurement.result,
        gaps=gaps,
        policy=policy_of(asked, measurement),
        version=__version__,
        links=links(request.place, asked.diff),
        top=settings.gaps.top,
        notes=notes(request, settings, asked, measurement, comparison),
        pull_request=request.place.pull_request,
        enough=enough,
        project_gaps=project_gaps(asked.known, measurement.snapshot, settings.gaps, comparison),
        components=tuple(part.report for part in parts),
        history=ports.baselines.history(),
    )
    report = with_outlook(report, asked.thresholds, request.today, asked.file)
    return with_plan(report, asked.known, settings, asked.thresholds)
