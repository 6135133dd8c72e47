"""The run, told in its steps.

Everything that reads the repository happens before the suite runs, because the suite is not trusted; everything after
it reads values only.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from covgate import __version__
from covgate.compare import (
    changed_python_files,
    compare,
    fingerprints,
    measured_files,
    verify_shards,
    verify_sources,
)
from covgate.errors import CovgateError, Interrupted, MeasurementError, SettingsError, bug
from covgate.judge import Facts, judge
from covgate.measure.addopts import PYTEST_FILES, options_at_base
from covgate.model.check_run import CheckRun
from covgate.model.diff import Diff
from covgate.model.place import Place
from covgate.model.policy import PolicyChange
from covgate.model.report import Links, Report
from covgate.model.shard import Shard
from covgate.model.verdict import Conclusion
from covgate.parse.shard_checks import unknown_shard
from covgate.parse.shard_record import record_text
from covgate.ports import Forge, Measurement, Output, Ports, Posted, Repository, SuiteOrder
from covgate.rank import rank
from covgate.render import (
    Deliverables,
    comment_marker,
    deliverables,
    failure_annotation,
    failure_report,
    shard_summary,
    shard_text,
)
from covgate.render.check_run import check_run, failed_check_run
from covgate.settings import Settings, effective_fail, effective_policy, effective_shards, load

DEFAULT_KEY = "default"
COVERAGE_CONFIG_FILES = (".coveragerc", ".coveragerc.toml", "setup.cfg", "tox.ini", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Request:
    """What this run was asked for, beside the settings.

    Shape:  `data` are reports made earlier, empty where the suite is to be run; `config` is the settings file's path in
            the repository; `base` a revision or ""; `publish` False keeps the report at home; `shard` names the
            part of the suite that this run is, "" where it is the whole; `moved` are settings of the head that this
            run does not follow, because a change must not decide about itself.
    """

    place: Place
    today: dt.date
    base: str = ""
    data: tuple[str, ...] = ()
    config: str = ".covgate.yml"
    publish: bool = True
    shard: str = ""
    moved: tuple[PolicyChange, ...] = ()


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
        if settings.check_run and request.publish and not isinstance(error, Interrupted):
            unjudged = failed_check_run(failure_of(error), Links(run=request.place.run_url))
            publish_check(unjudged, request.place, ports.forge, ports.output)
        raise
    comment = settings.comment if request.publish else "never"
    posted = publish(report, texts, request.place, wanted=comment, forge=ports.forge, output=ports.output)
    if settings.check_run and request.publish:
        publish_check(check_run(report, blocks=fails), request.place, ports.forge, ports.output)
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
    measurement = measured(request.data, order, ports)
    comparison = compare(diff, measurement.snapshot, ports.baselines.find(diff.base.sha))
    verdict = judge(thresholds, Facts(comparison, measurement.result, request.today))
    report = Report(
        verdict=verdict,
        comparison=comparison,
        suite=measurement.result,
        gaps=rank(comparison, verdict),
        policy=replace(policy, changes=(*request.moved, *policy.changes), exclusions=measurement.exclusions),
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


def base_settings(config: str, diff: Diff, repository: Repository) -> BaseSettings:
    """The base commit's settings: the thresholds of a pull request are those, whatever its own file says."""
    content = repository.read_at(diff.base.sha, config)
    if content is None:
        return BaseSettings(None, had_file=False)
    try:
        return BaseSettings(load(content.decode("utf-8-sig"), config, {}, {}), had_file=True)
    except (SettingsError, UnicodeDecodeError):
        return BaseSettings(None, had_file=True)


def suite_order(settings: Settings, base: Settings | None, diff: Diff, repository: Repository) -> SuiteOrder:
    """What the suite's phase is asked for: all it needs, so that it need not look into the repository's history."""
    folder = "" if settings.working_directory == "." else f"{settings.working_directory}/"

    def read(name: str) -> bytes | None:
        return repository.read_at(diff.base.sha, folder + name)

    files = [path for path in repository.python_files_at(diff.base.sha) if path.startswith(folder)]
    return replace(
        settings_order(settings),
        changed=changed_python_files(diff),
        base_files=configuration_files(read, base.suite.command if base else settings.suite.command),
        base_source=base.suite.source if base else None,
        base_command=base.suite.command if base else settings.suite.command,
        base_python=tuple(path.removeprefix(folder) for path in files),
    )


def configuration_files(read: Callable[[str], bytes | None], command: str) -> dict[str, bytes]:
    """The files that configure coverage.py and pytest, with the one that pytest is told to hand to coverage.py."""
    contents = {name: read(name) for name in dict.fromkeys((*COVERAGE_CONFIG_FILES, *PYTEST_FILES))}
    files = {name: content for name, content in contents.items() if content is not None}
    named = options_at_base(files, command).config_file
    content = read(named) if named else None
    return files if content is None else {**files, named: content}


def settings_order(settings: Settings) -> SuiteOrder:
    """What the suite's phase is asked for by the settings alone."""
    return SuiteOrder(
        command=settings.suite.command,
        python=settings.suite.python,
        install=settings.suite.install,
        source=settings.suite.source,
        workers=settings.suite.workers,
        timeout_seconds=settings.suite.timeout_seconds,
        env=settings.suite.env,
    )


def measured(data: tuple[str, ...], order: SuiteOrder, ports: Ports) -> Measurement:
    """The suite's coverage, or that of reports made earlier, of the very files that the change was read from."""
    before = fingerprints((path, ports.repository.read_head(path)) for path in order.changed)
    if data:
        read = ports.suite.read(data, order)
        remarks = verify_shards(read.shards, read.snapshot, order.changed)
        return replace(read, snapshot=replace(read.snapshot, notes=(*read.snapshot.notes, *remarks)))
    measurement = ports.suite.measure(order)
    verify_sources(before, measurement.snapshot)
    return measurement


def run_shard(request: Request, settings: Settings, ports: Ports) -> int:
    """One part of the suite: measured and kept for the run that judges all parts. No verdict, no comment.

    Shape:  answers the exit code: 0, or 3 where the suite did not end well; its results are kept all the same.
    Errors: CovgateError where nothing could be measured or kept, after the summary has been told so; a bug likewise.
    """
    try:
        remarks = (*known_shard(request, settings, ports.repository), *hidden_folder(request.place, settings.out))
        shard = measured_shard(request.shard, settings, ports)
    except Exception as error:
        tell_failure(error, request.place, ports.output, None)
        raise
    ports.output.summarise(shard_summary(shard, Links(run=request.place.run_url), remarks))
    ports.output.show(shard_text(shard))
    for remark in remarks:
        ports.output.tell(f"covgate: {remark}")
    return 3 if shard.suite.broken else 0


def known_shard(request: Request, settings: Settings, repository: Repository) -> tuple[str, ...]:
    """Remarks on the shard's name. The base is looked at only where the head's list does not hold it.

    Errors: SettingsError for a name that neither list holds: no report would ever take it.
    """
    if request.shard in settings.suite.shards:
        return ()
    base = base_settings(request.config, repository.change(request.base), repository)
    expected = effective_shards(settings, base.settings)
    if expected and request.shard not in expected:
        raise SettingsError(unknown_shard(request.shard, expected), where="shard")
    if expected:
        return (
            f"This change takes the shard `{request.shard}` off `suite.shards`; it is needed until that is merged.",
        )
    return ("`suite.shards` names no shards: a verdict could be given without this one.",)


def hidden_folder(place: Place, out: str) -> tuple[str, ...]:
    """A remark where a shard's files would not get far: upload-artifact passes over folders that begin with a dot."""
    if place.kind == "terminal" or not any(part.startswith(".") for part in out.split("/") if part.strip(".")):
        return ()
    return (f"`{out}` is a hidden folder, which actions/upload-artifact leaves out: name another in the input `out`.",)


def measured_shard(name: str, settings: Settings, ports: Ports) -> Shard:
    """The shard, measured and written to the output folder.

    Errors: MeasurementError where it cannot be measured or written.
    """
    repository, head = ports.repository, ports.repository.head()
    before = fingerprints((path, repository.read_head(path)) for path in repository.python_files())
    measurement = ports.suite.measure(replace(settings_order(settings), keep_data=True))
    data = measurement.data
    shard = Shard(
        name=name,
        sha=head.sha or "",
        suite=measurement.result,
        origin=measurement.snapshot.origin,
        data_sha256=data.sha256 if data else "",
        files=measured_files(before, measurement.snapshot),
        dirty=head.dirty,
        covgate=__version__,
    )
    if not (
        data
        and ports.output.keep(shard.data_name, data.path)
        and ports.output.write(shard.results_name, record_text(shard))
    ):
        raise MeasurementError("the shard's coverage could not be written", where=settings.out)
    return shard


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


def publish_check(check: CheckRun, place: Place, forge: Forge, output: Output) -> None:
    """The check run, where one is wanted. A refusal is told and changes nothing else."""
    posted = forge.post_check(check)
    if place.kind != "terminal":
        output.tell(f"covgate: {posted.words}")


def failure_of(error: Exception) -> CovgateError:
    """The error as users meet it."""
    return error if isinstance(error, CovgateError) else bug(error)


def tell_failure(error: Exception, place: Place, output: Output, forge: Forge | None) -> None:
    """Says in the summary, the log and the comment that there is no verdict, so that an older one does not stand.

    A run that was stopped leaves the comment alone: most often a newer run, which will write it, took its place.
    """
    failure = failure_of(error)
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
