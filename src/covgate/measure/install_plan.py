"""What an ordinary project's suite needs installed, read from the files that say so."""

import configparser
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from covgate.errors import MeasurementError

OVERRIDE = "say how in .covgate.yml, as in\n  suite:\n    install: pip install -e . -r requirements-test.txt"
TESTING, DEVELOPING = ("test", "tests", "testing"), ("dev",)
"""Names under which projects keep what their tests need: extras, dependency groups and requirements files. What is
there for developing holds much else, and is taken only where there is nothing for testing."""
_PURPOSE = "|".join((*TESTING, *DEVELOPING))
REQUIREMENTS = re.compile(
    rf"requirements([-_.](?P<a>{_PURPOSE}))?\.txt|(?P<b>{_PURPOSE})[-_.]requirements\.txt|requirements/(?P<c>{_PURPOSE})\.txt"
)
PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py")


@dataclass(frozen=True, slots=True)
class InstallPlan:
    """What to install, all resolved together.

    Shape:  `arguments` are those of `uv pip install`, empty where the repository names nothing; `words` tells a reader
            what was found.
    """

    arguments: tuple[str, ...] = ()
    words: str = "nothing"


def is_wanted(path: str) -> bool:
    """Whether a plan depends on this file, by its path in the repository."""
    return path in PROJECT_FILES or REQUIREMENTS.fullmatch(path) is not None


def install_plan(texts: Mapping[str, str]) -> InstallPlan:
    """The plan for a repository.

    Shape:  `texts` are the repository's files of which `is_wanted` is true, by path.
    Errors: MeasurementError where pyproject.toml or setup.cfg cannot be read.
    """
    pyproject = read_toml(texts.get("pyproject.toml", ""))
    requirements = requirements_files(path for path in texts if path not in PROJECT_FILES)
    groups = purposes(table(pyproject, "dependency-groups"))
    extras = purposes(
        {*table(table(pyproject, "project"), "optional-dependencies"), *read_extras(texts.get("setup.cfg", ""))}
    )
    project, words = project_arguments(pyproject, texts, extras)
    arguments = (*flags("-r", requirements), *flags("--group", groups), *project)
    found = (*requirements, *(f"group {name}" for name in groups), *words)
    return InstallPlan(arguments, ", ".join(found) or "nothing")


def project_arguments(
    pyproject: Mapping[str, Any], texts: Collection[str], extras: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The project itself, and words for it: editable where it can be built, else its dependencies only."""
    words = " with extras " + ", ".join(extras) if extras else ""
    if "build-system" in pyproject or "setup.py" in texts:
        return ("-e", f".[{','.join(extras)}]" if extras else "."), (f"the project{words}",)
    if "project" in pyproject:
        return ("-r", "pyproject.toml", *flags("--extra", extras)), (f"the project's dependencies{words}",)
    return (), ()


def purposes(names: Collection[str]) -> tuple[str, ...]:
    """Those of the names that stand for testing, else for developing."""
    return tuple(name for name in TESTING if name in names) or tuple(name for name in DEVELOPING if name in names)


def requirements_files(paths: Iterable[str]) -> tuple[str, ...]:
    """Those to install: what the project needs to run, and what its tests need."""
    by_purpose: dict[str, list[str]] = {}
    for path in sorted(paths):
        by_purpose.setdefault(purpose_of(path), []).append(path)
    return tuple(path for purpose in ("", *purposes(by_purpose)) for path in by_purpose.get(purpose, ()))


def purpose_of(path: str) -> str:
    """What a requirements file is for; "" for the project itself."""
    match = REQUIREMENTS.fullmatch(path)
    return next(filter(None, match.groupdict().values()), "") if match else ""


def table(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table of a TOML file, empty where there is none of this name."""
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def flags(flag: str, values: Iterable[str]) -> tuple[str, ...]:
    """The flag before each value."""
    return tuple(part for value in values for part in (flag, value))


def read_toml(text: str) -> dict[str, Any]:
    """A pyproject.toml; MeasurementError where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MeasurementError(
            f"it is not valid TOML: {error}", where="pyproject.toml", hint=f"mend it, or {OVERRIDE}"
        ) from error


def read_extras(text: str) -> tuple[str, ...]:
    """The extras of a setup.cfg; MeasurementError where it cannot be read."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise MeasurementError(
            f"it cannot be read: {error.message}", where="setup.cfg", hint=f"mend it, or {OVERRIDE}"
        ) from error
    return tuple(parser["options.extras_require"]) if parser.has_section("options.extras_require") else ()
