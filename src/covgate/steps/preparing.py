"""Before the suite: what the base says, and what the suite's phase is asked for. All of it asks the repository."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from covgate.compare import (
    changed_python_files,
)
from covgate.errors import SettingsError
from covgate.measure.addopts import PYTEST_FILES, options_at_base
from covgate.model.diff import Diff
from covgate.ports import Repository, SuiteOrder
from covgate.settings import Settings, load
from covgate.settings.sections import ComponentSuite, SuiteSettings

COVERAGE_CONFIG_FILES = (".coveragerc", ".coveragerc.toml", "setup.cfg", "tox.ini", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class BaseSettings:
    """What the base commit's settings file says; no settings where there is none, or none that can be read."""

    settings: Settings | None
    had_file: bool
    text: str = ""


def base_settings(config: str, diff: Diff, repository: Repository) -> BaseSettings:
    """The base commit's settings: the thresholds of a pull request are those, whatever its own file says."""
    content = repository.read_at(diff.base.sha, config)
    if content is None:
        return BaseSettings(None, had_file=False)
    try:
        text = content.decode("utf-8-sig")
        return BaseSettings(load(text, config, {}, {}), had_file=True, text=text)
    except (SettingsError, UnicodeDecodeError):
        return BaseSettings(None, had_file=True)


def suite_order(settings: Settings, base: Settings | None, diff: Diff, repository: Repository) -> SuiteOrder:
    """What the suite's phase is asked for: all it needs, so that it need not look into the repository's history."""
    then = base.suite if base else None
    order = as_the_base_counts(settings_order(settings), then, settings.working_directory, diff, repository)
    return replace(order, changed=changed_python_files(diff))


def as_the_base_counts(
    order: SuiteOrder, then: SuiteSettings | ComponentSuite | None, directory: str, diff: Diff, repository: Repository
) -> SuiteOrder:
    """The order with what the base says of what counts.

    Shape:  `then` is what the base's file says of this suite, None where it says nothing; `directory` is where in the
            base's tree the suite's project is, "." for its root.
    """
    folder = "" if directory == "." else f"{directory}/"

    def read(name: str) -> bytes | None:
        return repository.read_at(diff.base.sha, folder + name)

    command = then.command if then else order.command
    files = [path for path in repository.python_files_at(diff.base.sha) if path.startswith(folder)]
    return replace(
        order,
        base_files=configuration_files(read, command),
        base_source=then.source if then else None,
        base_command=command,
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
