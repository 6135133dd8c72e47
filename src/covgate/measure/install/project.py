"""The files in which a project says what it is, taken apart."""

import ast
import configparser
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from covgate.errors import MeasurementError

EXAMPLE = 'say what to install in .covgate.yml, as in `suite: {install: "pip install -e . -r requirements-test.txt"}`'
PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "tox.toml")
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Project:
    """What the files say.

    Shape:  `texts` are the files by path; `pyproject` is pyproject.toml, empty where there is none; `setup` are the
            sections of setup.cfg; `setup_extras` are the extras that setup.cfg and setup.py name.
    """

    texts: Mapping[str, str]
    pyproject: Table = field(default_factory=dict)
    setup: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    setup_extras: tuple[str, ...] = ()

    @property
    def metadata(self) -> Table:
        """`[project]` of pyproject.toml."""
        return table(self.pyproject, "project")

    @property
    def extras(self) -> tuple[str, ...]:
        """The names of all extras."""
        poetry = table(tool(self, "poetry"), "extras")
        return tuple(
            dict.fromkeys((*table(self.metadata, "optional-dependencies"), *poetry, *self.setup_extras)),
        )

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of all dependency groups that every tool can read."""
        return tuple(table(self.pyproject, "dependency-groups"))

    @property
    def buildable(self) -> bool:
        """Whether the project itself can be installed, not only what it depends on."""
        if tool(self, "poetry").get("package-mode") is False:
            return False
        is_package = "build-system" in self.pyproject or "setup.py" in self.texts
        return is_package or ("pyproject.toml" in self.texts and "name" in self.setup.get("metadata", {}))


def project_of(texts: Mapping[str, str]) -> Project:
    """The project of these files.

    Errors: MeasurementError where pyproject.toml or setup.cfg cannot be read.
    """
    setup = read_sections("setup.cfg", texts.get("setup.cfg", ""))
    extras = (*setup.get("options.extras_require", {}), *script_extras(texts.get("setup.py", "")))
    return Project(texts, read_toml("pyproject.toml", texts.get("pyproject.toml", "")), setup, extras)


def table(parent: Table, key: str) -> Table:
    """A table of a TOML file, empty where there is none of this name."""
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def tables(parent: Table, key: str) -> tuple[Table, ...]:
    """An array of tables, those left out that are none."""
    return tuple(item for item in items(parent.get(key)) if isinstance(item, dict))


def words(value: object) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(item for item in items(value) if isinstance(item, str))


def items(value: object) -> Iterable[object]:
    """The items of a list; none where it is no list."""
    return value if isinstance(value, list) else ()


def tool(project: Project, name: str) -> Table:
    """The table of a tool in pyproject.toml."""
    return table(table(project.pyproject, "tool"), name)


def flags(flag: str, values: Iterable[str]) -> tuple[str, ...]:
    """The flag before each value."""
    return tuple(part for value in values for part in (flag, value))


def read_toml(path: str, text: str) -> dict[str, Any]:
    """A TOML file; MeasurementError where it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise unreadable(path, f"it is not valid TOML: {error}") from error


def read_sections(path: str, text: str) -> dict[str, dict[str, str]]:
    """The sections of an INI file; MeasurementError where it cannot be read."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise unreadable(path, f"it cannot be read: {error.message}") from error
    return {name: dict(parser[name]) for name in parser.sections()}


def unreadable(path: str, what: str) -> MeasurementError:
    """What a reader needs to know of a file that cannot be read."""
    return MeasurementError(what, where=path, hint=f"mend it, or {EXAMPLE}")


def script_extras(text: str) -> tuple[str, ...]:
    """The extras of a setup.py that writes them down; the script is not run for it."""
    return tuple(dict.fromkeys(name for value in script_values(text, "extras_require") for name in keys(value)))


def script_values(text: str, argument: str) -> Iterator[ast.expr]:
    """What a setup.py gives to `setup()` for an argument, and what it calls by the argument's name."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    named = dict(assignments(tree))
    given = [
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == argument
    ]
    for value in given or [value for name, value in named.items() if name.lower() == argument]:
        yield named.get(value.id, value) if isinstance(value, ast.Name) else value


def assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The names that a script gives values to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


def keys(value: ast.expr) -> Iterator[str]:
    """The keys of a dictionary that is written down, or made by `dict()`."""
    if isinstance(value, ast.Dict):
        yield from (key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
    elif isinstance(value, ast.Call):
        yield from (keyword.arg for keyword in value.keywords if keyword.arg)


def script_texts(text: str, argument: str) -> tuple[str, ...]:
    """The texts of the lists that a setup.py writes down for an argument."""
    lists = [value for value in script_values(text, argument) if isinstance(value, ast.List)]
    constants = [item for value in lists for item in value.elts if isinstance(item, ast.Constant)]
    return tuple(item.value for item in constants if isinstance(item.value, str))
