"""What tox, Hatch and setuptools are told about the tests, for projects that say it nowhere else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from covgate.errors import MeasurementError
from covgate.measure.install.project import (
    Project,
    read_sections,
    read_toml,
    script_texts,
    table,
    tool,
    words,
)
from covgate.measure.install.purposes import normal

_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*([<>=!~;@(].*)?")
_FILE = re.compile(r"(?P<flag>-r|-c|--requirement|--constraint)[=\s]*(?P<path>\S+)")
_ITSELF = re.compile(r"(-e\s*)?\.(\[(?P<extras>[^\]]*)\])?")
_ROOT = re.compile(r"\{(toxinidir|tox_root|root)\}/?")
HATCH = ("hatch-test", "test", "tests", "testing", "dev", "default")


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said in one place.

    Shape:  `lines` are requirements, and files of them behind `-r`; `extras` and `groups` are names.
    """

    where: str = ""
    lines: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The lines as arguments of an installer."""
        return tuple(part for line in self.lines for part in line_arguments(line))


NO_HINT = Hint()


def hint(project: Project) -> Hint:
    """The first place that says anything; an empty hint where none does."""
    return next((found for found in all_hints(project) if found.lines or found.extras or found.groups), NO_HINT)


def all_hints(project: Project) -> Iterator[Hint]:
    """What each place says, of those that exist."""
    for where, text in tox_texts(project).items():
        section = tox_sections(text).get("testenv", {})
        yield read_hint(
            where,
            section.get("deps", "").splitlines(),
            re.split(r"[,\s]+", section.get("extras", "")),
            re.split(r"[,\s]+", section.get("dependency_groups", "")),
        )
    for where, settings in tox_tables(project).items():
        run = table(settings, "env_run_base")
        yield read_hint(where, words(run.get("deps")), words(run.get("extras")), groups_of(run))
    for name, env in hatch_environments(project):
        lines = (*words(env.get("dependencies")), *words(env.get("extra-dependencies")))
        yield read_hint(f"Hatch's environment {name}", lines, words(env.get("features")), groups_of(env))
    required = project.setup.get("options", {}).get("tests_require", "")
    yield read_hint("tests_require in setup.cfg", required.splitlines())
    yield read_hint("tests_require in setup.py", script_texts(project.texts.get("setup.py", ""), "tests_require"))


def groups_of(env: Mapping[str, Any]) -> tuple[str, ...]:
    """The dependency groups that an environment names; tox and Hatch differ in one letter."""
    return (*words(env.get("dependency_groups")), *words(env.get("dependency-groups")))


def tox_texts(project: Project) -> dict[str, str]:
    """tox's settings in its older form, by where they are."""
    legacy = tool(project, "tox").get("legacy_tox_ini")
    inside = {"tox in pyproject.toml": legacy} if isinstance(legacy, str) else {}
    own = {"tox.ini": project.texts["tox.ini"]} if "tox.ini" in project.texts else {}
    return {**own, **inside}


def tox_tables(project: Project) -> dict[str, Mapping[str, Any]]:
    """tox's settings in its newer form, by where they are; none of a file that cannot be read."""
    try:
        own = read_toml("tox.toml", project.texts.get("tox.toml", ""))
    except MeasurementError:
        own = {}
    return {"tox.toml": own, "tox in pyproject.toml": tool(project, "tox")}


def tox_sections(text: str) -> Mapping[str, Mapping[str, str]]:
    """The sections of tox.ini; none where it cannot be read: it is a hint only."""
    try:
        return read_sections("tox.ini", text)
    except MeasurementError:
        return {}


def hatch_environments(project: Project) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Hatch's environments of the usual names."""
    envs = table(tool(project, "hatch"), "envs")
    yield from ((name, table(envs, name)) for name in HATCH if name in envs)


def read_hint(where: str, lines: Iterable[str], extras: Iterable[str] = (), groups: Iterable[str] = ()) -> Hint:
    """What is said, less what only its own tool understands: conditions, substitutions, the project itself."""
    plain = [_ROOT.sub("", line.partition(" #")[0].strip()) for line in lines]
    inside = [
        name for line in plain if (match := _ITSELF.fullmatch(line)) for name in (match["extras"] or "").split(",")
    ]
    kept = tuple(line for line in plain if (_REQUIREMENT.fullmatch(line) or _FILE.fullmatch(line)) and "{" not in line)
    names = tuple(name.strip() for name in (*extras, *inside) if name.strip() and "{" not in name)
    return Hint(where, kept, names, tuple(name for name in groups if name and "{" not in name))


def line_arguments(line: str) -> tuple[str, ...]:
    """One line as arguments: a file behind its flag, or a requirement."""
    match = _FILE.fullmatch(line)
    return (match["flag"], match["path"]) if match else (line,)


def known(names: Iterable[str], all_names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that the project has, as it writes them."""
    by_name = {normal(name): name for name in all_names}
    return tuple(dict.fromkeys(by_name[normal(name)] for name in names if normal(name) in by_name))
