"""A commit's snapshot as a file, both ways.

Schema 1. Later versions may add keys, which this one passes over; what this one could not understand gets another
number. The branch that these files lie on can be written by whoever may write to the repository, so nothing in them
is trusted.
"""

import gzip
import json
import zlib
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from covgate.errors import MeasurementError
from covgate.model.history import Stored
from covgate.model.snapshot import LeftOut, Origin, PathMapping, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.file_rows import FileRow, RepositoryPath, Words, files_of, row_of

SCHEMA = 1
MOST_TESTS = 20_000
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_TEXT = 512 * 1024 * 1024
LONGEST_NAME = 2000
LONGEST_MESSAGE = 500
WHAT = "the stored snapshot"
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 6  # within 3 % of the smallest, in a third of the time

Sha = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
_Short = Annotated[str, Field(max_length=200)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Case = tuple[Words, Outcome, _Seconds, Words]


class _Origin(BaseModel):
    tool: _Short
    version: _Short
    python: _Short
    core: _Short
    has_branches: bool
    exclusions: list[tuple[_Short, list[str]]]


class _Suite(BaseModel):
    ending: Ending
    words: Words
    command: Words
    exit_code: int | None
    seconds: _Seconds
    counted: bool
    cases: Annotated[list[_Case], Field(max_length=MOST_TESTS)]


class _Record(BaseModel):
    covgate_snapshot: Annotated[int, Field(strict=True, ge=SCHEMA, le=SCHEMA)]
    sha: Sha
    parents: Annotated[list[Sha], Field(max_length=100)]
    time: str
    covgate: _Short
    queued: bool
    dirty: bool = False
    origin: _Origin
    files: list[FileRow]
    unmeasured: list[FileRow] = []
    left_out: list[tuple[RepositoryPath, Words, bool]] = []
    mapped: list[tuple[Words, RepositoryPath]] = []
    notes: list[Words] = []
    suite: _Suite


def stored_bytes(stored: Stored) -> bytes:
    """The snapshot as the content of `<sha>.json.gz`: the same bytes for the same snapshot.

    Shape:  of the tests only the first `MOST_TESTS`; the suite does not count as counted then, because a test that is
            not among them need not be new.
    """
    text = json.dumps(_record(stored), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return gzip.compress(text, _LEVEL, mtime=0)


def stored_from(content: bytes, where: str) -> Stored:
    """The snapshot in such a file; `where` is what messages call it.

    Errors: MeasurementError where it is damaged or contradicts itself, is unreasonably large, or was written by a
            version of covgate that is newer than this one.
    """
    text = _text(content, where)
    try:
        return _stored(TypeAdapter(_Record).validate_json(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        what = _other_schema(text) or f"is not as expected: {place}: {first['msg']}"
        raise MeasurementError(f"{WHAT} {what}", where=where) from error
    except ValueError as error:
        raise MeasurementError(f"{WHAT} is not as expected: {error}", where=where) from error
    except MeasurementError as error:
        raise MeasurementError(str(error), where=where) from error


def read_time(text: str) -> datetime:
    """A time with its offset from UTC.

    Errors: ValueError.
    """
    time = datetime.fromisoformat(text)
    if time.utcoffset() is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    try:
        time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is no time in UTC") from error
    return time


def _record(stored: Stored) -> dict[str, Any]:
    snapshot, origin = stored.snapshot, stored.snapshot.origin
    return {
        "covgate_snapshot": SCHEMA,
        "sha": stored.sha,
        "parents": stored.parents,
        "time": stored.time.isoformat(),
        "covgate": stored.covgate,
        "queued": stored.queued,
        "dirty": stored.dirty,
        "origin": {**_plain(origin), "exclusions": origin.exclusions},
        "suite": _suite_record(stored.suite),
        "files": [row_of(file) for file in snapshot.files],
        "unmeasured": [row_of(file) for file in snapshot.unmeasured],
        "left_out": [(left.path, left.reason, left.unknown) for left in snapshot.left_out],
        "mapped": [(pair.given, pair.path) for pair in snapshot.mapped],
        "notes": [note[:LONGEST_NAME] for note in snapshot.notes],
    }


def _plain(origin: Origin) -> dict[str, Any]:
    return {key: getattr(origin, key) for key in ("tool", "version", "python", "core", "has_branches")}


def _suite_record(suite: SuiteResult) -> dict[str, Any]:
    return {
        "ending": suite.ending.value,
        "words": suite.words[:LONGEST_NAME],
        "command": suite.command[:LONGEST_NAME],
        "exit_code": suite.exit_code,
        "seconds": suite.seconds,
        "counted": suite.counted and len(suite.cases) <= MOST_TESTS,
        "cases": [_case(case) for case in suite.cases[:MOST_TESTS]],
    }


def _case(case: TestCase) -> tuple[str, str, float, str]:
    return case.name[:LONGEST_NAME], case.outcome.value, case.seconds, case.message[:LONGEST_MESSAGE]


def _text(content: bytes, where: str) -> bytes:
    if len(content) > LARGEST_FILE:
        raise MeasurementError(f"{WHAT} is unreasonably large ({len(content)} bytes)", where=where)
    reader = zlib.decompressobj(_GZIP)
    try:
        text = reader.decompress(content, LARGEST_TEXT)
    except zlib.error as error:
        raise MeasurementError(f"{WHAT} is damaged ({error})", where=where) from error
    if not reader.eof:
        raise MeasurementError(f"{WHAT} is cut off or unreasonably large", where=where)
    return text


class _Schema(BaseModel):
    covgate_snapshot: Annotated[int, Field(strict=True)]


def _other_schema(text: bytes) -> str:
    """Who wrote it, where that was not this version's form; else ""."""
    try:
        schema = _Schema.model_validate_json(text).covgate_snapshot
    except ValidationError:
        return ""
    whom = "a newer covgate" if schema > SCHEMA else "another covgate"
    return "" if schema == SCHEMA else f"was written by {whom}: its schema is {schema}, and this version reads {SCHEMA}"


def _stored(record: _Record) -> Stored:
    given = record.origin
    exclusions = tuple((key, tuple(values)) for key, values in given.exclusions)
    return Stored(
        sha=record.sha,
        parents=tuple(record.parents),
        time=read_time(record.time),
        snapshot=Snapshot(
            files=files_of(record.files, WHAT),
            origin=Origin(given.tool, given.version, given.python, given.core, given.has_branches, exclusions),
            unmeasured=files_of(record.unmeasured, WHAT),
            left_out=tuple(LeftOut(*left) for left in record.left_out),
            mapped=tuple(PathMapping(*pair) for pair in record.mapped),
            notes=tuple(record.notes),
        ),
        suite=_suite(record.suite),
        covgate=record.covgate,
        queued=record.queued,
        dirty=record.dirty,
    )


def _suite(given: _Suite) -> SuiteResult:
    cases = tuple(TestCase(*case) for case in given.cases)
    return SuiteResult(
        given.ending, given.words, given.command, given.exit_code, given.seconds, cases, counted=given.counted
    )
