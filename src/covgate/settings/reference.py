"""The reference of all keys: as JSON Schema for editors, and as the table in the docs."""

from dataclasses import MISSING
from typing import Any

from pydantic import TypeAdapter

from covgate.settings.keys import ENTRY, Key, all_keys, choices
from covgate.settings.sections import Values
from covgate.settings.showing import written


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `.covgate.yml`."""
    described = TypeAdapter(Values).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **described,
        "title": ".covgate.yml",
        "description": "Settings of covgate, a coverage gate for Python teams.",
    }


def table() -> str:
    """All keys as a Markdown table: what each takes, its default, and the input and option that win over it."""
    rows = [_row(key) for key in all_keys() if not _repeated(key)]
    head = "| key | default | meaning | input, option |\n|---|---|---|---|\n"
    return head + "".join(rows)


def _repeated(key: Key) -> bool:
    """Whether the key repeats the top's thresholds for a component, or is a section told by its keys."""
    section = key.holds_keys and key.path.startswith("thresholds.")
    return section or key.path.startswith(f"components{ENTRY}.thresholds.")


def _row(key: Key) -> str:
    wins = ", ".join(f"`{name}`" for name in (key.input, key.option) if name)
    limits = ", ".join(f"`{written(choice)}`" for choice in choices(key.hint))
    examples = ", ".join(f"`{written(_tuple(example))}`" for example in key.examples)
    meaning = [key.description]
    if limits and not key.path.endswith("version"):
        meaning.append(f"One of {limits}." if not key.listed else f"Any of {limits}.")
    elif examples:
        meaning.append(f"As in {examples}.")
    if key.pending:
        meaning.append("Read, not acted upon by this version.")
    return f"| `{key.path}` | {_default(key)} | {' '.join(meaning)} | {wins} |\n"


def _default(key: Key) -> str:
    if key.holds_keys or key.default is None or key.default in ("", ()):
        return ""
    return "required" if key.default is MISSING else f"`{written(key.default, key.unit)}`"


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
