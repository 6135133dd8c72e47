"""The suite's command: understood where it is Python, so that coverage can be started around it."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from covgate.errors import SettingsError

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)[\d.]*")
_PYTEST = re.compile(r"(?:.*/)?(?:pytest|py\.test)")
_COVERAGE = re.compile(r"(?:.*/)?coverage[\d.]*")
_SHELL_SIGNS = re.compile(r"[|&;<>$`(){}*?\n]|(?:^|\s)~")
_FLAGS = frozenset({"-B", "-b", "-bb", "-d", "-E", "-I", "-O", "-OO", "-P", "-q", "-R", "-s", "-S", "-u", "-v"})
_FLAGS_WITH_VALUE = ("-W", "-X")
_COVERAGE_FLAGS_WITH_VALUE = frozenset(
    {
        "--concurrency",
        "--context",
        "--data-file",
        "--debug",
        "--include",
        "--omit",
        "--rcfile",
        "--save-signal",
        "--source",
    }
)


class Kind(Enum):
    """How a command is run: a script or module in the suite's Python, under coverage, or a shell's text."""

    SCRIPT = "script"
    MODULE = "module"
    SHELL = "shell"


@dataclass(frozen=True, slots=True)
class Command:
    """A command taken apart.

    Shape:  `text` is what was given; `target` is a script's path, a module's name, or the shell's text; `flags` are
            options for Python itself; `environment` are assignments that stood in front.
    """

    text: str
    kind: Kind
    target: str
    arguments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def runner(self) -> str:
        """ "pytest" or "unittest" where the command is one of them, else ""."""
        if self.kind is Kind.SCRIPT:
            return "pytest" if _PYTEST.fullmatch(self.target) else ""
        known = {"pytest": "pytest", "py.test": "pytest", "unittest": "unittest"}
        return known.get(self.target, "") if self.kind is Kind.MODULE else ""


def understood(text: str) -> Command:
    """The command of this text.

    Shape:  `pytest`, `python -m …`, `python script.py` and these behind `coverage run` are run in the suite's Python
            with coverage around them; everything else is the shell's.
    Errors: SettingsError where quotes do not match.
    """
    try:
        words = shlex.split(text, comments=False)
    except ValueError as error:
        raise SettingsError(f"the suite's command cannot be read: {error}", where=text) from error
    if not words:
        raise SettingsError("the suite's command is empty")
    environment = _assignments(words)
    found = None if _SHELL_SIGNS.search(_unquoted(text)) else _python_command(text, words[len(environment) :])
    if found is None:
        return Command(text, Kind.SHELL, text)
    return replace(found, environment=environment)


def _unquoted(text: str) -> str:
    """The text without what stands in quotes, where signs mean nothing to a shell, but for variables in double ones."""
    return re.sub(r"'[^']*'|\"[^\"$`\\]*\"", "", text)


def _assignments(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for word in words:
        if not _ASSIGNMENT.match(word):
            break
        name, _, value = word.partition("=")
        found.append((name, value))
    return tuple(found)


def _python_command(text: str, words: list[str]) -> Command | None:
    if not words:
        return None
    program, *rest = words
    if _PYTEST.fullmatch(program):
        return Command(text, Kind.SCRIPT, "pytest", tuple(rest))
    if _COVERAGE.fullmatch(program):
        return _behind_coverage(text, rest)
    return _behind_python(text, rest) if _PYTHON.fullmatch(program) else None


def _behind_python(text: str, words: list[str]) -> Command | None:
    """What follows `python`: its own options, then a module or a script."""
    flags: list[str] = []
    while words and words[0] != "-m" and words[0].startswith("-"):
        taken = 2 if words[0] in _FLAGS_WITH_VALUE else 1
        if words[0] not in _FLAGS and not words[0].startswith(_FLAGS_WITH_VALUE):
            return None
        flags, words = [*flags, *words[:taken]], words[taken:]
    found = _target(text, words)
    if found and found.kind is Kind.MODULE and found.target == "coverage":
        found = _behind_coverage(text, list(found.arguments))
    return replace(found, flags=tuple(flags)) if found else None


def _behind_coverage(text: str, words: list[str]) -> Command | None:
    """What follows `coverage run`: covgate measures itself, so that its options have no meaning here."""
    if words[:1] != ["run"]:
        return None
    words = words[1:]
    while words and words[0] not in ("-m", "--module") and words[0].startswith("-"):
        words = words[2 if words[0] in _COVERAGE_FLAGS_WITH_VALUE else 1 :]
    return _target(text, ["-m", *words[1:]] if words[:1] == ["--module"] else words)


def _target(text: str, words: list[str]) -> Command | None:
    if words[:1] == ["-m"]:
        return Command(text, Kind.MODULE, words[1], tuple(words[2:])) if len(words) > 1 else None
    return Command(text, Kind.SCRIPT, words[0], tuple(words[1:])) if words else None


def default_command(files: Iterable[str], *, has_pytest: bool, uses_pytest: bool) -> str:
    """What a repository that does not say it is tested with.

    Shape:  `files` are its Python files; `uses_pytest` says that it configures pytest. unittest is told where the tests
            are when they lie in a directory that is no package, which it would not find by itself.
    """
    tests = [path for path in files if is_test_file(path)]
    if uses_pytest or (has_pytest and tests):
        return "pytest"
    package = {path.rpartition("/")[0] for path in files if path.endswith("/__init__.py")}
    tops = {path.partition("/")[0] for path in tests if "/" in path}
    if len(tops) == 1 and not tops <= package and all("/" in path for path in tests):
        return f"python -m unittest discover -s {shlex.quote(tops.pop())}"
    return "python -m unittest"


def is_test_file(path: str) -> bool:
    """Whether pytest or unittest would look into this file by default."""
    name = path.rpartition("/")[2]
    return name.endswith(".py") and (name.startswith("test") or name.endswith("_test.py"))
