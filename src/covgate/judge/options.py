"""What thresholds are made of: percentages, durations and globs as people write them, read exactly.

A rule's options are a frozen dataclass whose fields have metadata made by `about`. The settings check what
people wrote by these types; the reference in the docs and the JSON Schema are made of the same fields.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from covgate.model.ratio import plain

_DURATION = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?", re.ASCII)
# Each is a loop within a loop for whatever matches the glob: more than these can take minutes on one long path.
_MOST_STARS = 6
_MOST_DOUBLE_STARS = 2


class UnfitError(ValueError):
    """What somebody wrote does not do for an option; the message says what to write instead."""


def about(description: str, **more: Any) -> dict[str, Any]:
    """Metadata of an option: the sentence that the reference and the JSON Schema show for it.

    Shape:  `more` may hold `alias`, the key in the file where Python keeps the word for itself, `examples`, and
            `unit="s"` where the value is written as a duration.
    """
    return {"description": description, **more}


def read_percent(value: object) -> Fraction:
    """A percentage within 0..100, exactly as written.

    Errors: UnfitError, with what to write instead.
    """
    number = read_points(value)
    if not 0 <= number <= 100:  # noqa: PLR2004  # what a percentage is
        raise UnfitError(f"{plain(number)} is not within 0 and 100")
    return number


def read_points(value: object) -> Fraction:
    """A number of percentage points, 0 or more, exactly as written.

    Errors: UnfitError, with what to write instead.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise UnfitError(_not_a_number(value))
    if value < 0:
        raise UnfitError(f"{plain(Fraction(value))} is below 0")
    return Fraction(value)


def _not_a_number(value: object) -> str:
    if isinstance(value, str):
        bare = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*%?\s*", value, re.ASCII)
        return f"{value!r} is text: write {bare[1]}" if bare else f"{value!r} is not a number"
    return f"{_kind(value)} is not a number"


def read_count(value: object) -> int:
    """A whole number, 0 or more.

    Errors: UnfitError, with what to write instead.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnfitError(f"{_shown(value)} is not a whole number")
    if value < 0:
        raise UnfitError(f"{value} is below 0")
    return value


def read_duration(value: object) -> int:
    """Seconds of a duration such as 90s, 15m or 1h30m.

    Errors: UnfitError, with what to write instead.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        raise UnfitError(f"{value} has no unit: write {value}s or {value}m")
    parts = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if parts is None or not any(parts.groups()):
        raise UnfitError(f"{_shown(value)} is not a duration: write it as 90s, 15m or 1h30m")
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if not total:
        raise UnfitError("a duration must be longer than 0s")
    return total


def duration_words(seconds: int) -> str:
    """Seconds as `read_duration` reads them: 1h30m, 90s as 1m30s."""
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "h"), (rest // 60, "m"), (rest % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"


def read_text(value: object) -> str:
    """Text; numbers and dates that were meant as text keep their spelling.

    Errors: UnfitError for booleans, lists and mappings.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | date):
        raise UnfitError(f"{_kind(value)} is not text" + (": put it in quotes" if isinstance(value, bool) else ""))
    return str(value)


def read_name(value: object) -> str:
    """Text that is not empty.

    Errors: UnfitError.
    """
    name = read_text(value).strip()
    if not name:
        raise UnfitError("must not be empty")
    return name


def read_glob(value: object) -> str:
    """A glob of paths below the repository's root, with forward slashes.

    Errors: UnfitError for paths that leave the root, and for globs that would take too long to match.
    """
    glob = read_name(value)
    if "\\" in glob:
        raise UnfitError(f"{glob!r} has backslashes: write forward slashes")
    if glob.startswith("/") or re.match(r"[A-Za-z]:", glob) or ".." in glob.split("/"):
        raise UnfitError(f"{glob!r} must be relative to the repository's root and stay within it")
    if glob.count("*") > _MOST_STARS or glob.count("**") > _MOST_DOUBLE_STARS:
        raise UnfitError(f"{glob!r} has more than {_MOST_STARS} stars, or than {_MOST_DOUBLE_STARS} double ones")
    return glob.removeprefix("./")


def read_date(value: object) -> date:
    """A day, quoted or not.

    Errors: UnfitError, with what to write instead.
    """
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])", value):
        return date.fromisoformat(value)
    raise UnfitError(f"{_shown(value)} is not a day: write it as 2026-01-31")


def _shown(value: object) -> str:
    return str(value) if type(value) in (int, Decimal) else _kind(value)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "a date" if isinstance(value, date) else repr(value)


Percent = Annotated[
    Fraction, PlainValidator(read_percent), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})
]
Points = Annotated[Fraction, PlainValidator(read_points), WithJsonSchema({"type": "number", "minimum": 0})]
Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Seconds = Annotated[
    int,
    PlainValidator(read_duration),
    WithJsonSchema({"type": "string", "pattern": "^(?=.)([0-9]+h)?([0-9]+m)?([0-9]+s)?$", "examples": ["90s", "15m"]}),
]
Text = Annotated[str, PlainValidator(read_text), WithJsonSchema({"type": ["string", "number"]})]
Name = Annotated[str, PlainValidator(read_name), WithJsonSchema({"type": ["string", "number"]})]
Glob = Annotated[str, PlainValidator(read_glob), WithJsonSchema({"type": "string"})]
Day = Annotated[date, PlainValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
