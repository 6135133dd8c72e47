"""What the commands do: settings and real ports in, exit code out."""

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from covgate.errors import ComparisonError, SettingsError
from covgate.model.place import Place
from covgate.model.policy import PolicyChange
from covgate.model.shard import shard_files
from covgate.pipeline import run
from covgate.ports import Forge, Ports
from covgate.render import report_files
from covgate.settings import Settings, as_at_base, load, schema, show
from covgate.shell.authorities import authorities
from covgate.shell.baselines import baselines
from covgate.shell.committed import NOTHING_COMMITTED
from covgate.shell.component_roots import refuse_missing_roots
from covgate.shell.config_file import read_config
from covgate.shell.container import ContainerPhases
from covgate.shell.forge.forge import forge
from covgate.shell.forge.place import place, refusal
from covgate.shell.forge.questions import Questions
from covgate.shell.git.process import FetchCredentials
from covgate.shell.git.repository import GitRepository, find_root
from covgate.shell.output import OutputFolder, run_output
from covgate.shell.phases import stop_on_signals
from covgate.shell.screen import Screen
from covgate.shell.stage import project_directory, stage
from covgate.steps.keeping import SNAPSHOT
from covgate.steps.preparing import base_settings
from covgate.steps.requests import Request
from covgate.steps.shards import run_shard
from covgate.steps.telling import tell_failure

INPUT = "INPUT_"


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command as it was given.

    Shape:  `repo` and `config` are paths, "" for those found; `options` stand for settings and are given by their names
            without dashes in front; `from_data` says that the suite is not to be run, `published` that nothing is: the
            report of another run is taken.
    """

    repo: str = ""
    config: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    publish: bool = True
    from_data: bool = False
    verbose: bool = False
    published: bool = False


def in_action(environment: Mapping[str, str]) -> bool:
    """Whether a runner started this as the action, with inputs for arguments."""
    return environment.get("GITHUB_ACTIONS") == "true" and f"{INPUT}MODE" in environment


def inputs(environment: Mapping[str, str]) -> dict[str, str]:
    """The action's inputs by their names; none where this is not the action."""
    given = {name.removeprefix(INPUT).lower(): value for name, value in environment.items() if name.startswith(INPUT)}
    return given if in_action(environment) else {}


def action(environment: Mapping[str, str]) -> int:
    """What the action's inputs ask for."""
    return execute(Invocation(config=inputs(environment).get("config", "")), environment)


def execute(invocation: Invocation, environment: Mapping[str, str]) -> int:
    """One run, from the settings to the exit code.

    Errors: CovgateError where there is no verdict; the summary and the comment say so by then.
    """
    stop_on_signals()
    if invocation.published or inputs(environment).get("mode", "").strip() == "publish":
        from covgate.shell.publishing.command import execute_publication  # noqa: PLC0415  # no other run needs it

        return execute_publication(invocation, environment)
    here = place(environment, lambda path: Path(path).read_bytes())
    token = environment.get(f"{INPUT}GITHUB-TOKEN") or environment.get("GITHUB_TOKEN", "")
    trusted = authorities(environment)
    here = Questions(here, token, trusted).place_of_push()
    early = forge(here, token, authorities=trusted) if wants_comment(invocation, environment) else None
    with told(here, environment, early):
        root = find_root(directory(invocation, environment), environment)
        settings, config = settings_of(invocation, root, environment)
        credentials = FetchCredentials.given(here.server_url, token)
        repository = GitRepository(root, environment, here, credentials, Questions(here, token, trusted).merge_base)
        folder = OutputFolder.given(root, settings.out, inside=in_action(environment))
        phases = ContainerPhases.found(environment, root, folder.path)
        with handed_over(phases):
            folder.prepare((*report_files(), SNAPSHOT, *shard_files(settings.shard)))
            settings, moved = followed(settings, config, here, repository)
            request = replace(requested(invocation, settings, here, config), moved=moved)
            phases = phases and phases.run_by(settings.suite.user)
            project = project_directory(root, settings.working_directory)
            refuse_missing_roots(root, settings)
            committed = repository.committed(request.base) if request.data else NOTHING_COMMITTED
    with (
        closing(repository),
        run_output(environment, folder, Screen(environment)) as output,
        baselines(
            here, settings.baseline.branch, repository, credentials, environment, progress=output.progress
        ) as stored,
        stage(
            root, project, settings, phases=phases, environment=environment, output=output, committed=committed
        ) as suite,
    ):
        if invocation.verbose:
            output.show(show(settings))
        publisher = forge(here, token, settings.publish.author, trusted)
        ports = Ports(repository, suite, stored, publisher, output)
        return run_shard(request, settings, ports) if request.shard else run(request, settings, ports).exit_code


@contextmanager
def handed_over(phases: ContainerPhases | None) -> Iterator[None]:
    """Leaves nothing of root's in the workspace when it ends early: a later step could not remove it."""
    try:
        yield
    except BaseException:
        if phases:
            phases.hand_over()
        raise


def wants_comment(invocation: Invocation, environment: Mapping[str, str]) -> bool:
    """Whether a comment may be written, as far as can be told before there are settings."""
    given = inputs(environment)
    is_shard = bool(given.get("shard") or invocation.options.get("shard"))
    return invocation.publish and given.get("comment", "") != "never" and not is_shard


@contextmanager
def told(here: Place, environment: Mapping[str, str], forge_: Forge | None) -> Iterator[None]:
    """Tells people of an error that comes before there are settings to go by."""
    try:
        yield
    except Exception as error:
        nowhere = OutputFolder(Path.cwd(), Path.cwd())
        with run_output(environment, nowhere, Screen(environment)) as output:
            tell_failure(error, here, output, forge_)
        raise


def directory(invocation: Invocation, environment: Mapping[str, str]) -> Path:
    """Where to look for the repository: the option, the runner's workspace, this directory."""
    return Path(invocation.repo or (environment.get("GITHUB_WORKSPACE", "") if in_action(environment) else "") or ".")


def settings_of(invocation: Invocation, root: Path, environment: Mapping[str, str]) -> tuple[Settings, str]:
    """The settings, and the path in the repository of the file that they are from."""
    text, name = read_config(root, invocation.config)
    return load(text, name, inputs(environment), invocation.options), name


def followed(
    settings: Settings, config: str, here: Place, repository: GitRepository
) -> tuple[Settings, tuple[PolicyChange, ...]]:
    """The settings that this run goes by, and those of the change's own file that it does not follow.

    Errors: SettingsError where the file makes the run a shard: it would end without a verdict. ComparisonError where
            there is no base.
    """
    if settings.shard and not settings.is_given("shard"):
        where = f"shard: {settings.shard} ({settings.origin('shard')})"
        hint = "Give it as the action's input, or as `--shard`; `suite.shards` names all of them."
        raise SettingsError("a job is a shard, not the repository", where=where, hint=hint)
    try:
        diff = repository.change(settings.base if settings.is_given("base") else "")
    except ComparisonError:
        if here.kind != "terminal" or not settings.base:
            raise
        diff = repository.change(settings.base)  # nobody to be wary of, and no other way to a base
    return as_at_base(settings, base_settings(config, diff, repository).settings)


def requested(invocation: Invocation, settings: Settings, here: Place, config: str) -> Request:
    """What the run is asked for.

    Errors: SettingsError where the suite must not be run for this event, or there is nothing to report on.
    """
    if settings.mode == "publish":
        where = f"mode: publish ({settings.origin('mode')})"
        hint = "Give it as the action's input, or call `covgate publish --from DIR`."
        raise SettingsError("the workflow decides on this mode, not the repository", where=where, hint=hint)
    from_data = invocation.from_data or settings.mode == "report"
    if from_data and not settings.data:
        raise SettingsError("there are no data to report on", where="data", hint="Name files in the input `data`.")
    if from_data and settings.shard:
        hint = "Leave `shard` away where shards are combined; `suite.shards` names those that must have reported."
        raise SettingsError("a shard is measured, and this run measures nothing", where="shard", hint=hint)
    if not from_data and (reason := refusal(here)):
        raise SettingsError(reason, where=f"on: {here.event}")
    today = dt.datetime.now(dt.UTC).date()
    data = settings.data if from_data else ()
    return Request(here, today, settings.base, data, config, invocation.publish, settings.shard)


def config(what: str, repo: str, file: str, environment: Mapping[str, str]) -> int:
    """`covgate config check|show|schema`: prints, and answers the exit code."""
    if what == "schema":
        sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
        return 0
    invocation = Invocation(repo, file)
    root = find_root(directory(invocation, environment), environment)
    settings, name = settings_of(invocation, root, environment)
    refuse_missing_roots(root, settings)
    checked = f"{name}: no mistakes.\n" if settings.file else f"There is no {name}: the defaults hold.\n"
    sys.stdout.write(show(settings) if what == "show" else checked)
    return 0
