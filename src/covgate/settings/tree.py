"""YAML text into plain values that remember where they stand: text, numbers, days, lists and mappings."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from covgate.errors import SettingsError
from covgate.settings.mistakes import Mistake, SettingsMistakesError

MOST_BYTES = 256 * 1024
_MOST_NODES = 5_000
_DEEPEST = 20
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?[0-9]{1,12}\.[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_CORE = "tag:yaml.org,2002:"
_NAMES = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
_READ = {f"{_CORE}{name}" for name in _NAMES}
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as the end of a line
_TAB = "Indent with spaces: YAML does not allow tabs."
_SUGGESTIONS = (
    ("'\\t'", _TAB),
    ("alias", 'A value that begins with `*` or `&` needs quotes, as in "**/*.py".'),
    ("alphabetic or numeric", 'A value that begins with `*` or `&` needs quotes, as in "**/*.py".'),
    ("cannot start any token", "A value that begins with `%`, `@` or a backtick needs quotes."),
    (
        "mapping values are not allowed",
        "A value with a colon and a blank in it needs quotes; else the line before may lack its colon.",
    ),
    ("found unexpected end of stream", "A quote or bracket is opened and never closed."),
    ("expected ',' or", "A bracket is never closed, or a comma is missing."),
)

Path = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's values.

    Shape:  `values` by key; `marks` has the place of every key and list entry by its path; `mistakes` are those that
            did not keep the rest from being read.
    Units:  marks are 1-based (line, column).
    """

    values: dict[str, Any]
    marks: dict[Path, Mark]
    mistakes: tuple[Mistake, ...] = ()


def decoded(data: bytes, where: str) -> str:
    """The text of a settings file.

    Errors: SettingsError where it is too large or not UTF-8.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(len(data), where)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"the settings file is not UTF-8: byte 0x{data[error.start]:02x}"
        raise SettingsError(what, where=f"`{where}` line {line}", hint="Save the file as UTF-8.") from error


def read_tree(text: str, where: str) -> Tree:
    """The values of YAML text and where they stand.

    Errors: SettingsError for YAML that cannot be read, with line, column, the line itself and what may be wrong.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _too_large(len(text), where)
    node = _composed(text, where)
    if node is None:
        return Tree({}, {})
    walk = _Walk(where)
    values = walk.value(node, ())
    if values is None and not walk.mistakes:
        return Tree({}, {})
    if not isinstance(values, dict):
        mistake = Mistake(1, 1, f"`{where}` line 1", "", "must hold keys, as in `version: 1`")
        raise SettingsMistakesError([*walk.mistakes, mistake])
    return Tree(values, walk.marks, tuple(walk.mistakes))


def scalar(text: str) -> Any:
    """A plain word as a boolean, number or day where it is one, exactly; else as it is written."""
    if _INT.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if text.lower() in _TRUE + _FALSE:
        return text.lower() in _TRUE
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _too_large(size: int, where: str) -> SettingsError:
    what = f"the settings file is {size:,} bytes long, {MOST_BYTES:,} are read at most"
    return SettingsError(what, where=f"`{where}`", hint="Settings fit on a page: is this the right file?")


def _composed(text: str, where: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error, text, where) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"this is not valid YAML: it holds the control character {chr(error.character)!r}"
        raise SettingsError(what, where=f"`{where}` line {line}", hint="Remove the character.") from error
    except RecursionError as error:
        raise SettingsError(
            "this is nested too deeply", where=f"`{where}`", hint="Settings are four levels deep."
        ) from error
    return node


def _broken(error: yaml.MarkedYAMLError, text: str, where: str) -> SettingsError:
    mark = error.problem_mark or error.context_mark
    assert mark is not None
    lines = _BREAK.split(text)
    shown = _printable(lines[mark.line][:120]) if mark.line < len(lines) else ""
    pointer = "" if mark.column > len(shown) else f"\n    {' ' * mark.column}^"
    what = f"this is not valid YAML: {error.problem}\n    {shown}{pointer}"
    place = f"`{where}` line {mark.line + 1}, column {mark.column + 1}"
    return SettingsError(what, where=place, hint=_suggestion(error.problem or "", lines[mark.line] if shown else ""))


def _printable(line: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _suggestion(problem: str, line: str) -> str:
    """What is most often wrong where YAML says this."""
    if line.startswith("\t"):
        return _TAB
    fitting = (words for sign, words in _SUGGESTIONS if sign in problem)
    return next(fitting, "Check the indentation, colons and quotes of this line and the one before.")


@dataclass
class _Walk:
    """One walk over the nodes: collects marks and mistakes, and stops at loops and at too many nodes (alias bombs)."""

    where: str
    marks: dict[Path, Mark] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    seen: int = 0

    def value(self, node: yaml.Node, path: Path) -> Any:
        """The plain value of a node."""
        self.seen += 1
        if self.seen > _MOST_NODES or len(path) > _DEEPEST:
            line = node.start_mark.line + 1
            raise SettingsError(
                "the settings file holds too much", where=f"`{self.where}` line {line}", hint="Write without anchors."
            )
        if node.tag not in _READ:
            self.mistake(node, path, f"has the tag {node.tag.replace(_CORE, '!!')}: tags are not read")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.entry(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.leaf(node, path)

    def leaf(self, node: yaml.Node, path: Path) -> Any:
        """Text, or what a plain word stands for.

        A key without a value is a mistake, except at the top where it is a section with all keys commented out.
        """
        if node.tag == f"{_CORE}null":
            if len(path) > 1:
                self.mistake(node, path, "has no value: write one, or leave the key out")
            return None
        quoted = node.tag == f"{_CORE}str"
        return node.value if quoted else scalar(node.value)

    def entry(self, node: yaml.Node, path: Path) -> Any:
        """An entry of a list."""
        self.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        return self.value(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        """The values by key; those without one are left out."""
        values: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.mistake(key, path, "a key must be a word")
                continue
            here = (*path, key.value)
            if here in self.marks and key.value in values:
                self.mistake(key, here, f"stands here twice, first on line {self.marks[here][0]}")
                continue
            self.marks[here] = (key.start_mark.line + 1, key.start_mark.column + 1)
            value = self.value(item, here)
            if value is not None:
                values[key.value] = value
        return values

    def mistake(self, node: yaml.Node, path: Path, says: str) -> None:
        """Remembers a mistake."""
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        key = ".".join(str(part) for part in path)
        self.mistakes.append(Mistake(line, column, f"`{self.where}` line {line}", key, says))
