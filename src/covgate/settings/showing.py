"""Settings as people write them: each value by its dotted key."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from covgate.judge.options import duration_words
from covgate.judge.thresholds import Thresholds
from covgate.settings.sections import Settings
from covgate.settings.thresholds import label

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ -]*(?<! )")
_DATA = re.compile(r"(?![0-9]{4}-)[.-]?[0-9][0-9a-fxo_.-]*|[.](?:inf|nan)|true|false|yes|no|on|off|null", re.IGNORECASE)


def show(settings: Settings) -> str:
    """Every effective value and where it came from, one a line, in YAML's spelling."""
    lines = [(f"{key}: {value}", settings.origin(key)) for key, value in written_values(settings)]
    width = min(48, max(len(line) for line, _ in lines))
    return "".join(f"{line.ljust(width)}  # {origin}\n" for line, origin in lines)


def written_values(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Dotted keys and values, of settings or a part of them; what is not set is left out."""
    if isinstance(value, Thresholds):
        yield from written_thresholds(value, prefix)
        return
    for own in fields(value):
        if "description" not in own.metadata:
            continue
        key = prefix + own.metadata.get("alias", own.name)
        yield from _written_field(getattr(value, own.name), key, own.metadata.get("unit", ""))


def _written_field(value: Any, key: str, unit: str) -> Iterator[tuple[str, str]]:
    if is_dataclass(value):
        yield from written_values(value, f"{key}.")
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for index, entry in enumerate(value):
            yield from written_values(entry, f"{key}.{label(entry, index)}.")
    elif value is not None:
        yield key, written(value, unit)


def written_thresholds(thresholds: Thresholds, prefix: str = "thresholds.") -> Iterator[tuple[str, str]]:
    """Dotted keys and values of all thresholds; options that rules share come once."""
    found: dict[str, str] = {}
    for rule_id, options in thresholds.asked:
        section = rule_id.partition(".")[0]
        found.update(_written_field(options, f"{prefix}{section}", ""))
    yield from found.items()
    yield f"{prefix}on_unknown", thresholds.on_unknown


def written(value: Any, unit: str = "") -> str:
    """A value in YAML's spelling; numbers exactly."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and unit == "s":
        return duration_words(value)
    if isinstance(value, Fraction):
        return _decimal(value)
    if isinstance(value, tuple):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, int | date):
        return str(value)
    return value if _PLAIN.fullmatch(value) and not _DATA.fullmatch(value) else _quoted(value)


def _quoted(text: str) -> str:
    """Text in double quotes; what does not print, and so could steer a terminal, as YAML's escapes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in quoted)


def _decimal(number: Fraction) -> str:
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
