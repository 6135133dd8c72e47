"""The history of the default branch as `history.jsonl`, both ways: a line of JSON for every measured commit."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from covgate.model.history import HistoryLine
from covgate.model.ratio import Ratio
from covgate.parse.stored_snapshot import Sha, read_time

SCHEMA = 1
MOST_LINES = 5000
LARGEST_TEXT = 32 * 1024 * 1024
LONGEST_LINE = 20_000

_Count = Annotated[int, Field(ge=0)]
_Ratio = tuple[_Count, _Count]


class _Line(BaseModel):
    schema_: Annotated[int, Field(alias="schema", ge=1, le=SCHEMA)] = SCHEMA
    sha: Sha
    parents: Annotated[list[Sha], Field(max_length=100)]
    time: str
    line: _Ratio
    branch: _Ratio
    combined: _Ratio
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the file as it stands there, and what it says; None where a newer version of covgate wrote it."""

    text: str
    sha: str
    known: HistoryLine | None


def history_records(content: bytes) -> tuple[Record, ...]:
    """The lines of such a file, in their order, without those that are damaged.

    Errors: none.
    """
    lines = content[:LARGEST_TEXT].decode("utf-8", "replace").split("\n")
    records = (_record(line) for line in lines if 0 < len(line) <= LONGEST_LINE)
    return tuple(record for record in records if record)


def history_from(content: bytes) -> tuple[HistoryLine, ...]:
    """What such a file says, in its order; lines that this version cannot read are passed over.

    Errors: none.
    """
    return tuple(record.known for record in history_records(content) if record.known)


def with_line(records: Iterable[Record], line: HistoryLine) -> tuple[Record, ...]:
    """The history with one commit more, or measured anew: the oldest commit first, the newest `MOST_LINES`.

    Shape:  in the order of the commits' times, those of one time as they were first measured. A line of a newer version
            stays behind the one that it followed.
    """
    kept = tuple(records)
    own = Record(_text(line), line.sha, line)
    if any(record.sha == line.sha for record in kept):
        replaced = tuple(own if record.sha == line.sha else record for record in kept)
    else:
        replaced = (*kept, own)
    return _sorted(replaced)[-MOST_LINES:]


def history_text(records: Iterable[Record]) -> str:
    """The lines as the file's text."""
    return "".join(f"{record.text}\n" for record in records)


def _sorted(records: tuple[Record, ...]) -> tuple[Record, ...]:
    times: list[datetime | None] = []
    for record in records:
        before = times[-1] if times else None
        times.append(record.known.time if record.known else before)
    earliest = [(time is not None, time.timestamp() if time else 0.0) for time in times]
    order = sorted(range(len(records)), key=earliest.__getitem__)
    return tuple(records[place] for place in order)


def _text(line: HistoryLine) -> str:
    values: dict[str, Any] = {
        "schema": SCHEMA,
        "sha": line.sha,
        "parents": line.parents,
        "time": line.time.isoformat(),
        "line": (line.line.covered, line.line.total),
        "branch": (line.branch.covered, line.branch.total),
        "combined": (line.combined.covered, line.combined.total),
        "seconds": line.seconds,
        "queued": line.queued,
    }
    return json.dumps(values, separators=(",", ":"))


class _Newer(BaseModel):
    schema_: Annotated[int, Field(alias="schema", gt=SCHEMA)]
    sha: Sha


def _record(text: str) -> Record | None:
    try:
        known = _known(TypeAdapter(_Line).validate_json(text))
        return Record(text, known.sha, known)
    except ValueError:  # pydantic's is one
        return _newer(text)


def _newer(text: str) -> Record | None:
    try:
        return Record(text, TypeAdapter(_Newer).validate_json(text).sha, None)
    except ValidationError:
        return None


def _known(given: _Line) -> HistoryLine:
    return HistoryLine(
        sha=given.sha,
        parents=tuple(given.parents),
        time=read_time(given.time),
        line=Ratio(*given.line),
        branch=Ratio(*given.branch),
        combined=Ratio(*given.combined),
        seconds=given.seconds,
        queued=given.queued,
    )
