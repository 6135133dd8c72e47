"""The run, told in its steps.

Everything that reads the repository happens before the suite runs, because the suite is not trusted; everything after
it reads values only.
"""

import datetime as dt
from dataclasses import dataclass, replace

from covgate import __version__
from covgate.compare import changed_python_files, compare, fingerprints, verify_sources
from covgate.errors import CovgateError, Interrupted, SettingsError, bug
from covgate.judge import Facts, judge
from covgate.model.diff import Diff
from covgate.model.place import Place
from covgate.model.report import Links, Report
from covgate.model.verdict import Conclusion
from covgate.ports import Forge, Measurement, Output, Ports, Posted, Repository, SuiteOrder
from covgate.rank import rank
from covgate.render import Deliverables, comment_marker, deliverables, failure_annotation, failure_report
from covgate.settings import Settings, effective_fail, effective_policy, load

DEFAULT_KEY = "default"
COVERAGE_CONFIG_FILES = (".coveragerc", ".coveragerc.toml", "setup.cfg", "tox.ini", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Request:
    """What this run was asked for, beside the settings.

    Shape:  `data` are reports made earlier, empty where the suite is to be run; `config` is the settings file's path in
            the repository; `base` a revision or ""; `publish` False keeps the report at home.
    """

    place: Place
    today: dt.date
    base: str = ""
    data: tuple[str, ...] = ()
    config: str = ".covgate.yml"
    publish: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finished run: the report, what became of the comment, and the exit code."""

    report: Report
    posted: Posted
    exit_code: int


def run(request: Request, settings: Settings, ports: Ports) -> Outcome:
    """measure → compare → judge → rank → render → publish.

    Errors: CovgateError where there is no verdict, after the summary and the comment have been told so; a bug likewise.
    """
    try:
        report, fails = concluded(request, settings, ports)
        texts = deliverables(report)
        deliver(report, texts, ports.output)
    except Exception as error:
        wanted = request.publish and settings.comment != "never"
        tell_failure(error, request.place, ports.output, ports.forge if wanted else None)
        raise
    comment = settings.comment if request.publish else "never"
    posted = publish(report, texts, request.place, wanted=comment, forge=ports.forge, output=ports.output)
    return Outcome(report, posted, exit_code(report, posted, fails=fails, required=settings.publish.required))


def concluded(request: Request, settings: Settings, ports: Ports) -> tuple[Report, bool]:
    """The report, and whether a failed gate fails the run."""
    diff = ports.repository.change(request.base)
    base = base_settings(request, diff, ports.repository)
    thresholds, policy = effective_policy(settings, base.settings, base_had_file=base.had_file)
    measurement = measured(request.data, suite_order(settings, diff, ports.repository), ports)
    comparison = compare(diff, measurement.snapshot, ports.baselines.find(diff.base.sha))
    verdict = judge(thresholds, Facts(comparison, measurement.result, request.today))
    report = Report(
        verdict=verdict,
        comparison=comparison,
        suite=measurement.result,
        gaps=rank(comparison, verdict),
        policy=replace(policy, exclusions=measurement.exclusions),
        version=__version__,
        links=links(request.place, diff),
        top=settings.gaps.top,
        notes=notes(request, settings, measurement),
        pull_request=request.place.pull_request,
    )
    return report, effective_fail(settings, base.settings)


@dataclass(frozen=True, slots=True)
class BaseSettings:
    """What the base commit's settings file says; no settings where there is none, or none that can be read."""

    settings: Settings | None
    had_file: bool


def base_settings(request: Request, diff: Diff, repository: Repository) -> BaseSettings:
    """The base commit's settings: the thresholds of a pull request are those, whatever its own file says."""
    content = repository.read_at(diff.base.sha, request.config)
    if content is None:
        return BaseSettings(None, had_file=False)
    try:
        return BaseSettings(load(content.decode("utf-8-sig"), request.config, {}, {}), had_file=True)
    except (SettingsError, UnicodeDecodeError):
        return BaseSettings(None, had_file=True)


def suite_order(settings: Settings, diff: Diff, repository: Repository) -> SuiteOrder:
    """What the suite's phase is asked for: all it needs, so that it need not look into the repository's history."""
    folder = "" if settings.working_directory == "." else f"{settings.working_directory}/"
    base_files = {name: repository.read_at(diff.base.sha, folder + name) for name in COVERAGE_CONFIG_FILES}
    return SuiteOrder(
        command=settings.suite.command,
        python=settings.suite.python,
        install=settings.suite.install,
        source=settings.suite.source,
        workers=settings.suite.workers,
        timeout_seconds=settings.suite.timeout_seconds,
        env=settings.suite.env,
        changed=changed_python_files(diff),
        base_files={name: content for name, content in base_files.items() if content is not None},
    )


def measured(data: tuple[str, ...], order: SuiteOrder, ports: Ports) -> Measurement:
    """The suite's coverage, or that of reports made earlier, of the very files that the change was read from."""
    before = fingerprints((path, ports.repository.read_head(path)) for path in order.changed)
    if data:
        return ports.suite.read(data, order)
    measurement = ports.suite.measure(order)
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
    return (*filter(None, [request.place.note]), *measurement.snapshot.notes, *pending)


def deliver(report: Report, texts: Deliverables, output: Output) -> None:
    """Every form of the report to its place; the terminal's last, so that it stands at the end of the log."""
    paths = {name: output.write(name, text) for name, text in texts.files}
    output.summarise(texts.summary)
    output.annotate(texts.annotations)
    output.set_outputs({**texts.outputs, "report": paths.get("report.json", "")})
    output.show(report)


def publish(report: Report, texts: Deliverables, place: Place, *, wanted: str, forge: Forge, output: Output) -> Posted:
    """The comment, where one is wanted. A refusal is told and changes nothing else."""
    if wanted == "never":
        return Posted("skipped", "No comment is wanted for this run.")
    passed = report.verdict.conclusion is Conclusion.PASSED
    if place.kind != "terminal":
        output.progress("Posting the comment")
    posted = forge.post_comment(texts.comment, texts.marker, create=wanted != "on-failure" or not passed)
    output.progress("")
    output.set_outputs({"comment-id": str(posted.comment_id or ""), "comment-url": posted.url})
    if place.kind != "terminal":
        output.tell(f"covgate: {posted.words}")
    return posted


def tell_failure(error: Exception, place: Place, output: Output, forge: Forge | None) -> None:
    """Says in the summary, the log and the comment that there is no verdict, so that an older one does not stand.

    A run that was stopped leaves the comment alone: most often a newer run, which will write it, took its place.
    """
    failure = error if isinstance(error, CovgateError) else bug(error)
    run_links = Links(run=place.run_url)
    output.summarise(failure_report(failure, run_links))
    output.annotate(failure_annotation(failure))
    output.set_outputs({"verdict": Conclusion.ERROR.value})
    if forge is not None and place.pull_request is not None and not isinstance(failure, Interrupted):
        marker = comment_marker(DEFAULT_KEY)
        output.tell(f"covgate: {forge.post_comment(failure_report(failure, run_links, marker), marker).words}")


def exit_code(report: Report, posted: Posted, *, fails: bool, required: bool) -> int:
    """0 passed, 1 gate failed, 3 suite failed, 6 not published where that is required."""
    match report.verdict.conclusion:
        case Conclusion.ERROR:
            return 3
        case Conclusion.FAILED if fails:
            return 1
        case Conclusion.FAILED | Conclusion.PASSED:
            return 6 if required and posted.failed else 0
