"""Text, inputs and options into one Settings, or all that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from covgate import __version__
from covgate.settings.components import component_mistakes
from covgate.settings.keys import ENTRY, Key, all_keys, children, siblings
from covgate.settings.mistakes import Mistake, SettingsMistakesError
from covgate.settings.sections import Settings, Values
from covgate.settings.thresholds import label
from covgate.settings.tree import Mark, Path, Tree, read_tree, scalar

# Inputs that stand for no key: the file's own place, and a secret that must not be in a file.
_KEYLESS_INPUTS = ("config", "github-token")
_FLAGS: dict[str, tuple[str, Any]] = {"no-publish": ("comment", "never")}


def load(text: str | None, where: str, inputs: Mapping[str, str], options: Mapping[str, object]) -> Settings:
    """The settings of a file's text (None for no file), the action's inputs and the command line's options.

    Shape:  `where` names the file for the reader; `inputs` by their names ("python-version"), "" for not given;
            `options` by their names without dashes in front ("shard"), None or () for not given. An option wins over an
            input, an input over the file.
    Errors: SettingsError where the text cannot be read, SettingsMistakesError with all that is wrong otherwise.
    """
    tree = read_tree(text, where) if text is not None else Tree({}, {})
    gathered = _Gathered(where, tree)
    gathered.take(_from_inputs(inputs), "input `{}`")
    gathered.take(_from_options(options), "option `--{}`")
    values = gathered.validated()
    if gathered.mistakes:
        raise SettingsMistakesError(gathered.mistakes)
    assert values is not None
    shown = {own.name: getattr(values, own.name) for own in fields(Values)}
    return Settings(**shown, origins=MappingProxyType(gathered.origins), file="" if text is None else where)


Given = tuple[str, Key | None, Any]


def _from_inputs(inputs: Mapping[str, str]) -> Iterator[Given]:
    """Name, key and value of each input that is given."""
    keys = {key.input: key for key in all_keys() if key.input}
    for name, text in inputs.items():
        if text.strip() and name not in _KEYLESS_INPUTS:
            key = keys.get(name)
            yield name, key, _meant(key, text) if key else text


def _from_options(options: Mapping[str, object]) -> Iterator[Given]:
    """Name, key and value of each option that is given.

    Errors: KeyError for an option that stands for no key: that is a bug of the caller.
    """
    keys = {key.option.removeprefix("--"): key for key in all_keys() if key.option}
    by_path = {key.path: key for key in all_keys()}
    for name, value in options.items():
        if name in _FLAGS and value:
            path, meant = _FLAGS[name]
            yield name, by_path[path], meant
        elif name not in _FLAGS and value not in (None, (), []):
            yield name, keys[name], _meant(keys[name], value)


def _meant(key: Key, value: object) -> object:
    """What text stands for where its key takes more than text: lines for a list, numbers, booleans."""
    if key.listed:
        parts = (
            value.splitlines() if isinstance(value, str) else list(value) if isinstance(value, Iterable) else [value]
        )
        return [part.strip() if isinstance(part, str) else part for part in parts if part != "" and str(part).strip()]
    if not isinstance(value, str) or key.literal:
        return value
    return scalar(value.strip())


@dataclass
class _Gathered:
    """What was given so far, from where, and what is wrong with it."""

    where: str
    tree: Tree
    origins: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    given_apart: dict[Path, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mistakes.extend(self.tree.mistakes)
        self.origins.update(_origins(self.tree.values, (), (), self.tree.marks, self.where))

    def take(self, given: Iterable[Given], place: str) -> None:
        """Puts what was given apart from the file over what the file says."""
        for name, key, value in given:
            here = place.format(name)
            if key is None:
                known = [other.input for other in all_keys() if other.input] + list(_KEYLESS_INPUTS)
                self.mistakes.append(Mistake(0, 0, here, "", f"there is no such input{_close(name, known)}"))
                continue
            self._put(key, value)
            self.origins[key.path] = self.given_apart[tuple(key.path.split("."))] = here

    def _put(self, key: Key, value: object) -> None:
        *above, last = key.path.split(".")
        section = self.tree.values
        for name in above:
            section = section.setdefault(name, {})
            if not isinstance(section, dict):
                return  # a mistake of the file, told when it is checked
        section[last] = value

    def validated(self) -> Values | None:
        """The values, or None with all mistakes noted."""
        try:
            values = _checker().validate_python(self.tree.values)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                self._note(found["loc"], _says(found["type"], found["loc"], found["input"], found.get("ctx", {})))
            return None
        for loc, says in component_mistakes(values):
            self._note(loc, says)
        return values

    def _note(self, loc: Path, says: str) -> None:
        line, column = next((self.tree.marks[part] for part in _upwards(loc) if part in self.tree.marks), (1, 1))
        where = f"`{self.where}` line {line}"
        if apart := next((self.given_apart[part] for part in _upwards(loc) if part in self.given_apart), ""):
            where, line, column = apart, 0, 0
        self.mistakes.append(Mistake(line, column, where, _dotted(loc), says))


@cache
def _checker() -> TypeAdapter[Values]:
    return TypeAdapter(Values)


def _upwards(loc: Path) -> Iterator[Path]:
    """The path and those above it, the longest first."""
    return (loc[:length] for length in range(len(loc), 0, -1))


def _dotted(loc: Path) -> str:
    return ".".join(str(part) for part in loc)


def _origins(
    value: Any, shown: tuple[str, ...], path: Path, marks: dict[Path, Mark], where: str
) -> Iterator[tuple[str, str]]:
    """The dotted key of each value in the file, entries of lists by their names, and where it stands."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _origins(below, (*shown, name), (*path, name), marks, where)
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        for index, entry in enumerate(value):
            name = label(entry, index) if isinstance(entry, dict) else str(index)
            yield from _origins(entry, (*shown, name), (*path, index), marks, where)
    elif path in marks:
        yield ".".join(shown), f"`{where}` line {marks[path][0]}"


def _says(kind: str, loc: Path, value: object, context: Mapping[str, Any]) -> str:
    """What is wrong, in words of ours."""
    path = _key_path(loc)
    match kind:
        case "unexpected_keyword_argument":
            return f"there is no such key{_instead(path)}"
        case "missing":
            return "is required"
        case "literal_error":
            return _not_a_choice(loc, value, str(context.get("expected", "")))
        case "tuple_type":
            return f"must be a list: write [{value}]" if isinstance(value, str) else "must be a list"
        case "dataclass_type":
            return f"must hold keys: {', '.join(children(path))}"
        case _:
            return str(context.get("error", "cannot be read"))


def _not_a_choice(loc: Path, value: object, expected: str) -> str:
    if loc == ("version",):
        return f"{value} is not a version that covgate {__version__} reads: write 1"
    shown = str(value).lower() if isinstance(value, bool) else f"{value!r}" if isinstance(value, str) else str(value)
    return f"{shown} is not {expected}{_close(str(value), expected.replace(' or ', ', ').split(', '))}"


def _key_path(loc: Path) -> str:
    """The path of a key as `all_keys` has it, of the place of a mistake."""
    path = ""
    for part in loc:
        path += ENTRY if isinstance(part, int) else f".{part}" if path else part
    return path


def _instead(path: str) -> str:
    """What a key that does not exist was most likely meant to be."""
    name = path.rpartition(".")[2]
    elsewhere = [key.path for key in all_keys() if key.path.rpartition(".")[2] == name]
    if elsewhere:
        return f": did you mean {elsewhere[0]}?"
    return _close(name, siblings(path)) or f": the keys here are {', '.join(siblings(path))}"


def _close(name: str, known: Iterable[str]) -> str:
    options = [word.strip("'") for word in known]
    near = get_close_matches(name.replace("-", "_"), options, 1, 0.6) or get_close_matches(name, options, 1, 0.6)
    return f": did you mean {near[0]}?" if near else ""
