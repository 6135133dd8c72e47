"""Kinds of values that only settings have; those of thresholds are in `judge/options.py`."""

import re
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from covgate.judge.options import UnfitError, read_glob, read_name, read_text
from covgate.model.shard import SHARD_NAME


def read_flag(value: object) -> bool:
    """True or false.

    Errors: UnfitError.
    """
    if isinstance(value, bool):
        return value
    raise UnfitError(f"{value!r} is neither true nor false")


def read_workers(value: object) -> str:
    """ "auto", or a number as text.

    Errors: UnfitError.
    """
    text = read_text(value)
    if text != "auto" and not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise UnfitError(f"{text!r} is neither auto nor a number from 1 to 999")
    return text


def read_folder(value: object) -> str:
    """A directory below the repository's root, without a slash at its end; "." is the root itself.

    Errors: UnfitError.
    """
    folder = read_glob(value).rstrip("/")
    if "*" in folder:
        raise UnfitError(f"{folder!r} is a glob: write one directory")
    return folder or "."


def read_env_name(value: object) -> str:
    """The name of a variable of the environment.

    Errors: UnfitError.
    """
    name = read_name(value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise UnfitError(f"{name!r} is not the name of a variable: letters, digits and _ only, without its value")
    return name


def read_shard_name(value: object) -> str:
    """What a shard is called: it becomes a part of the names of files.

    Errors: UnfitError.
    """
    name = read_name(value)
    if not SHARD_NAME.fullmatch(name):
        raise UnfitError(f"{name!r} is no name for a shard: letters, digits, `.`, `_` and `-`, at most 64 of them")
    return name


def read_shard(value: object) -> str:
    """The name of one shard, or "" for none.

    Errors: UnfitError.
    """
    return read_shard_name(value) if read_text(value).strip() else ""


Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Workers = Annotated[
    str,
    PlainValidator(read_workers),
    WithJsonSchema({"anyOf": [{"const": "auto"}, {"type": "integer", "minimum": 1, "maximum": 999}]}),
]
Folder = Annotated[str, PlainValidator(read_folder), WithJsonSchema({"type": "string"})]
EnvName = Annotated[
    str, PlainValidator(read_env_name), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"})
]
_SHARD = {"type": ["string", "number"]}
ShardName = Annotated[str, PlainValidator(read_shard_name), WithJsonSchema(_SHARD)]
Shard = Annotated[str, PlainValidator(read_shard), WithJsonSchema(_SHARD)]
