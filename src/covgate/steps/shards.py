"""One part of a suite: measured and kept for the run that judges all parts."""

from dataclasses import replace

from covgate import __version__
from covgate.compare import fingerprints, measured_files
from covgate.errors import MeasurementError, SettingsError
from covgate.model.diff import Head
from covgate.model.place import Place
from covgate.model.report import Links
from covgate.model.shard import Shard
from covgate.parse.shard_checks import unknown_shard
from covgate.parse.shard_record import record_text
from covgate.ports import Ports, SuiteOrder
from covgate.render import shard_summary, shard_text
from covgate.settings import Settings, effective_shards
from covgate.steps.preparing import base_settings, suite_order
from covgate.steps.requests import Request
from covgate.steps.telling import tell_failure


def run_shard(request: Request, settings: Settings, ports: Ports) -> int:
    """One part of the suite: measured and kept for the run that judges all parts. No verdict, no comment.

    Shape:  answers the exit code: 0, or 3 where the suite did not end well; its results are kept all the same.
    Errors: CovgateError where nothing could be measured or kept, after the summary has been told so; a bug likewise.
    """
    try:
        diff = ports.repository.change(request.base)
        base = base_settings(request.config, diff, ports.repository).settings
        remarks = (*known_shard(request.shard, settings, base), *hidden_folder(request.place, settings.out))
        order = suite_order(settings, base, diff, ports.repository)
        shard = measured_shard(request.shard, diff.head, order, ports)
    except Exception as error:
        tell_failure(error, request.place, ports.output, None)
        raise
    ports.output.summarise(shard_summary(shard, Links(run=request.place.run_url), remarks))
    ports.output.show(shard_text(shard))
    for remark in remarks:
        ports.output.tell(f"covgate: {remark}")
    return 3 if shard.suite.broken else 0


def known_shard(name: str, settings: Settings, base: Settings | None) -> tuple[str, ...]:
    """Remarks on the shard's name.

    Errors: SettingsError for a name that neither the head's list holds nor the base's: no report would ever take it.
    """
    expected = effective_shards(settings, base)
    if not expected:
        return ("`suite.shards` names no shards: a verdict could be given without this one.",)
    if name not in expected:
        raise SettingsError(unknown_shard(name, expected), where="shard")
    if name not in settings.suite.shards:
        return (f"This change takes the shard `{name}` off `suite.shards`; it is needed until that is merged.",)
    return ()


def measured_shard(name: str, head: Head, order: SuiteOrder, ports: Ports) -> Shard:
    """The shard, measured as the whole suite would be, and written to the output folder.

    Shape:  `order` has what the base says of what counts: a part must not be measured by other settings than the whole.
    Errors: MeasurementError where it cannot be measured or written.
    """
    repository = ports.repository
    before = fingerprints((path, repository.read_head(path)) for path in repository.python_files())
    measurement = ports.suite.measure(replace(order, keep_data=True))
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
        raise MeasurementError("the shard's coverage could not be written", hint="Name another folder in `out`.")
    return shard


def hidden_folder(place: Place, out: str) -> tuple[str, ...]:
    """A remark where a shard's files would not get far: upload-artifact passes over folders that begin with a dot."""
    if place.kind == "terminal" or not any(part.startswith(".") for part in out.split("/") if part.strip(".")):
        return ()
    return (f"`{out}` is a hidden folder, which actions/upload-artifact leaves out: name another in the input `out`.",)
