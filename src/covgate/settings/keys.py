"""Every key that there is, read off the dataclasses: for suggestions, inputs, the reference and what is shown."""

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from covgate.judge.options import Name, Text
from covgate.judge.thresholds import Thresholds
from covgate.settings.kinds import Shard
from covgate.settings.sections import Values
from covgate.settings.thresholds import threshold_type

ENTRY = "[]"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the file.

    Shape:  `path` is dotted, with "[]" after the name of a list whose entries hold keys; `hint` is the type of its
            value; `input` and `option` name what wins over it, "" where there is none; `pending` says that this
            version reads the key and does not act upon it.
    """

    path: str
    hint: Any
    default: Any
    description: str
    input: str = ""
    option: str = ""
    unit: str = ""
    pending: bool = False
    examples: tuple[Any, ...] = ()
    holds_keys: bool = False

    @property
    def literal(self) -> bool:
        """Whether text given for this key is meant as it stands, whatever it looks like."""
        return self.hint in (Text, Name, Shard)

    @property
    def listed(self) -> bool:
        """Whether the value is a list."""
        return get_origin(self.hint) is tuple


@cache
def all_keys() -> tuple[Key, ...]:
    """All keys, those that hold others before them, in the order of the reference."""
    return tuple(_keys(Values, ""))


def siblings(path: str) -> tuple[str, ...]:
    """Names of the keys that may stand beside the one of this path."""
    parent = path.rpartition(".")[0]
    return tuple(key.path.rpartition(".")[2] for key in all_keys() if _parent(key.path) == parent)


def children(path: str) -> tuple[str, ...]:
    """Names of the keys below the one of this path."""
    return siblings(f"{path}.x") or siblings(f"{path}{ENTRY}.x")


def choices(hint: Any) -> tuple[Any, ...]:
    """The values that a type is limited to, () where it is not."""
    bare = _bare(hint)
    if get_origin(bare) is Literal:
        return get_args(bare)
    return choices(get_args(bare)[0]) if get_origin(bare) is tuple else ()


def _parent(path: str) -> str:
    return path.removesuffix(ENTRY).rpartition(".")[0]


def _keys(owner: type[Any], prefix: str) -> Iterator[Key]:
    hints = get_type_hints(owner, include_extras=True)
    for own in fields(owner):
        if "description" not in own.metadata:
            continue
        hint, inner, many = hints[own.name], *_inner(hints[own.name])
        path = prefix + own.metadata.get("alias", own.name)
        default = own.default_factory() if own.default_factory is not MISSING else own.default
        given = {name: own.metadata[name] for name in ("input", "option", "unit", "pending") if name in own.metadata}
        yield Key(
            path,
            hint,
            default,
            own.metadata["description"],
            examples=tuple(own.metadata.get("examples", ())),
            holds_keys=inner is not None,
            **given,
        )
        if inner is not None:
            yield from _keys(inner, f"{path}{ENTRY if many else ''}.")


def _inner(hint: Any) -> tuple[type[Any] | None, bool]:
    """The dataclass whose keys stand below a value of this type, and whether there is a list of them."""
    bare = _bare(hint)
    if get_origin(bare) is tuple:
        return _inner(get_args(bare)[0])[0], True
    if bare is Thresholds:
        return threshold_type(), False
    return (bare, False) if is_dataclass(bare) and isinstance(bare, type) else (None, False)


def _bare(hint: Any) -> Any:
    """The type without what pydantic was told of it, and without None."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (types.UnionType, Union):
        return _bare(next(part for part in get_args(hint) if part is not type(None)))
    return hint
