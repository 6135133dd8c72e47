"""The suite's command for just some of its test files."""

import shlex
from collections.abc import Collection, Iterator, Sequence

from covgate.errors import SettingsError
from covgate.measure.command import Command, Kind, understood

_TAKES_A_PATH = frozenset(
    {"-c", "--rootdir", "--confcutdir", "--ignore", "--ignore-glob", "--deselect", "--basetemp", "--cov",
     "--cov-config", "--config-file", "--junitxml", "--junit-xml", "-k", "-m", "-p", "-o", "-n", "-W", "-r"}
)  # fmt: skip


def narrowed(text: str, paths: Sequence[str], files: Collection[str]) -> str:
    """The command that runs the tests of these files alone.

    Shape:  `files` are the repository's Python files: what the command names of them, or of their folders, is left
            out. A command that nobody knows how to narrow comes back whole. "" without a command.
    """
    if not text:
        return ""
    try:
        command = understood(text)
    except SettingsError:
        return text
    if command.runner == "pytest":
        return _joined(command, [*_pytest_options(command.arguments, files), *paths])
    if command.runner == "unittest":
        return _joined(command, [*(one for one in command.arguments if one in ("-v", "-q", "-f", "-b")), *paths])
    if command.kind is Kind.SCRIPT and command.target.endswith("manage.py") and command.arguments[:1] == ("test",):
        return _joined(command, ["test", *(path.removesuffix(".py").replace("/", ".") for path in paths)])
    return text


def _pytest_options(arguments: Sequence[str], files: Collection[str]) -> Iterator[str]:
    """The arguments without the paths of tests."""
    before = ""
    for argument in arguments:
        if argument.startswith("-") or before in _TAKES_A_PATH or not _is_tests(argument, files):
            yield argument
        before = argument


def _is_tests(argument: str, files: Collection[str]) -> bool:
    path = argument.partition("::")[0].removeprefix("./").rstrip("/")
    return path in (".", "") or path in files or any(file.startswith(f"{path}/") for file in files)


def _joined(command: Command, arguments: Sequence[str]) -> str:
    start = [command.target] if command.kind is Kind.SCRIPT and command.runner else ["python", *command.flags]
    if command.kind is Kind.MODULE:
        start += ["-m", command.target]
    elif not command.runner:
        start += [command.target]
    assignments = [f"{name}={shlex.quote(value)}" for name, value in command.environment]
    return " ".join([*assignments, shlex.join([*start, *arguments])])
