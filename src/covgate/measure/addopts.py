"""What a repository's pytest configuration says, and what its `addopts` ask of pytest-cov and pytest-xdist."""

import configparser
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from covgate.errors import SettingsError
from covgate.measure.command import understood

# In pytest's order: the first that holds a configuration is the only one read.
PYTEST_FILES = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
_SECTIONS = {"pytest.ini": "pytest", ".pytest.ini": "pytest", "tox.ini": "pytest", "setup.cfg": "tool:pytest"}


@dataclass(frozen=True, slots=True)
class PytestOptions:
    """What matters here of pytest's own configuration and command line.

    Shape:  `sources` are the values of `--cov=…`, `config_file` that of `--cov-config`, "" where there is none.
    """

    configured: bool = False
    sources: tuple[str, ...] = ()
    config_file: str = ""
    parallel: bool = False


def pytest_options(texts: Mapping[str, str], arguments: tuple[str, ...] = ()) -> PytestOptions:
    """The options of a run of pytest.

    Shape:  `texts` are the configuration files at the top of the repository, by name; `arguments` are those of the
            command line.
    Errors: none; a file that does not parse is pytest's to complain about.
    """
    found = next((options for name in PYTEST_FILES if (options := _addopts(name, texts.get(name))) is not None), None)
    words = [*(found or ()), *arguments]
    return PytestOptions(
        configured=found is not None,
        sources=tuple(dict.fromkeys(value for value in _values(words, "--cov") if value)),
        config_file=next(reversed([value for value in _values(words, "--cov-config") if value]), ""),
        parallel=any(word.startswith(("-n", "--numprocesses", "--dist")) for word in words),
    )


def options_at_base(files: Mapping[str, bytes], command: str) -> PytestOptions:
    """The options of a run of pytest at the base, by the content of its configuration files.

    Errors: none; a command that cannot be read has no arguments.
    """
    texts = {name: content.decode("utf-8", "replace") for name, content in files.items() if name in PYTEST_FILES}
    try:
        arguments = understood(command).arguments if command else ()
    except SettingsError:
        arguments = ()
    return pytest_options(texts, arguments)


def _addopts(name: str, text: str | None) -> list[str] | None:
    """The words of `addopts`; None where the file does not configure pytest."""
    if text is None:
        return None
    try:
        return _from_toml(name, tomllib.loads(text)) if name.endswith(".toml") else _from_ini(name, text)
    except (ValueError, configparser.Error):
        return None


def _from_toml(name: str, document: Mapping[str, Any]) -> list[str] | None:
    """`[tool.pytest.ini_options]`, and the native tables of pytest 9."""
    if name == "pyproject.toml":
        tool = document.get("tool", {}).get("pytest")
        table = tool.get("ini_options", tool) if isinstance(tool, dict) else None
    else:
        table = document.get("pytest", {})
    if not isinstance(table, dict):
        return None
    options = table.get("addopts", "")
    return [str(word) for word in options] if isinstance(options, list) else shlex.split(str(options))


def _from_ini(name: str, text: str) -> list[str] | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    section = _SECTIONS[name]
    if not parser.has_section(section):
        # An empty pytest.ini is a configuration too.
        return [] if name == "pytest.ini" else None
    return shlex.split(parser.get(section, "addopts", fallback=""))


def _values(words: list[str], option: str) -> Iterator[str]:
    """The values of an option, given as `--cov=x` or as `--cov x`."""
    for place, word in enumerate(words):
        if word.startswith(f"{option}="):
            yield word.partition("=")[2]
        elif word == option and place + 1 < len(words) and not words[place + 1].startswith("-"):
            yield words[place + 1]
