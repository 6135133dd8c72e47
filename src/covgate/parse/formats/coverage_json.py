"""coverage.py's JSON report, formats 1 to 3.

Source: `coverage json`. Format 2 numbers itself, format 3 adds functions and classes. `executed_lines` holds excluded
lines that ran, in older versions also docstrings and other lines that are no statements: which, only the source
can tell.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from covgate.errors import MeasurementError
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Region
from covgate.parse.input_format import MAX_LINE, ForeignReport, InputFormat, damaged, text_of
from covgate.parse.shard_record import START
from covgate.parse.tally import missed_arc, settled

_Line = Annotated[int, Field(strict=True, ge=1, le=MAX_LINE)]
_Target = Annotated[int, Field(strict=True, ge=-MAX_LINE, le=MAX_LINE)]
_Count = Annotated[int, Field(strict=True, ge=0, le=MAX_LINE)]
_Arc = tuple[_Line, _Target]


class _Summary(BaseModel):
    num_statements: _Count
    num_branches: _Count | None = None


class _Region(BaseModel):
    executed_lines: list[_Line]
    missing_lines: list[_Line]
    excluded_lines: list[_Line] = []
    start_line: _Count = 0


class _File(BaseModel):
    executed_lines: list[_Line]
    missing_lines: list[_Line]
    summary: _Summary
    excluded_lines: list[_Line] = []
    executed_branches: list[_Arc] = []
    missing_branches: list[_Arc] | None = None
    functions: dict[str, _Region] = {}
    classes: dict[str, _Region] = {}


class _Meta(BaseModel):
    version: str = ""
    branch_coverage: bool = False


class _Document(BaseModel):
    files: dict[str, _File]
    meta: _Meta = _Meta()


def _recognises(_name: str, head: bytes) -> bool:
    text = text_of(head)
    if START.match(head):
        return False  # a shard's results, whose tests may be called anything
    return text.startswith("{") and any(f'"{key}"' in text for key in ("meta", "files", "executed_lines"))


def _parse(content: bytes, where: str) -> ForeignReport:
    document = _document(content, where)
    entries = {path: entry for path, entry in document.files.items() if path}
    counted = document.meta.branch_coverage
    listed = all(entry.missing_branches is not None for entry in entries.values())
    unlisted = f"{where} counts branches without listing them, as old versions do: its branches are left out."
    return ForeignReport(
        files=tuple(_file(path, entry) for path, entry in entries.items()),
        has_branches=counted and listed,
        tool="coverage.py",
        version=document.meta.version,
        inexact=frozenset(path for path, entry in entries.items() if _is_inexact(entry)),
        notes=(unlisted,) if counted and not listed else (),
    )


def _document(content: bytes, where: str) -> _Document:
    try:
        return _Document.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise _told(error, where) from error


def _told(error: ValidationError, where: str) -> MeasurementError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    key = " → ".join(str(part)[:60] for part in first["loc"])
    said = first["msg"]
    return damaged(where, f"{key}: {said}" if key else said)


def _file(path: str, entry: _File) -> FileCoverage:
    excluded = LineSet.of(entry.excluded_lines)
    executed = LineSet.of(entry.executed_lines) - excluded
    missing = LineSet.of(entry.missing_lines)
    return FileCoverage(
        path=path,
        statements=executed | missing,
        executed=executed - missing,
        excluded=excluded,
        branches=_branches(entry),
        regions=tuple(sorted(_regions(entry), key=lambda region: (region.start, region.kind, region.name))),
    )


def _is_inexact(entry: _File) -> bool:
    """Whether another number of lines is listed than the summary counts."""
    statements = {*entry.executed_lines, *entry.missing_lines} - set(entry.excluded_lines)
    return len(statements) != entry.summary.num_statements


def _counted(entry: _File, listed: int) -> int:
    """The summary's number of branches, where it has one and the branches are listed at all."""
    counted = entry.summary.num_branches
    return listed if counted is None or entry.missing_branches is None else counted


def _exits(entry: _File) -> Counter[int]:
    """Ways out of each branching line, as far as the two lists tell: those into excluded lines are no branches."""
    excluded = set(entry.excluded_lines)
    arcs = {*entry.executed_branches, *(entry.missing_branches or ())}
    return Counter(line for line, to in arcs if to not in excluded and line not in excluded)


def _branches(entry: _File) -> tuple[Branch, ...]:
    exits = _exits(entry)
    excluded = set(entry.excluded_lines)
    missed: dict[int, list[MissedArc]] = {}
    for line, to in dict.fromkeys(entry.missing_branches or ()):
        if line in exits and to not in excluded:
            missed.setdefault(line, []).append(missed_arc(line, to))
    lines = sorted({*entry.missing_lines, *entry.executed_lines} - excluded)
    return settled(exits, missed, _counted(entry, exits.total()), lines)


def _regions(entry: _File) -> Iterator[Region]:
    kinds: tuple[tuple[Literal["function", "class"], dict[str, _Region]], ...] = (
        ("function", entry.functions),
        ("class", entry.classes),
    )
    for kind, regions in kinds:
        for name, region in regions.items():
            lines = LineSet.of([*region.executed_lines, *region.missing_lines, *region.excluded_lines])
            if name and lines:
                yield Region(kind, name.partition("@")[0], region.start_line or lines.ranges[0][0], lines)


FORMAT = InputFormat(
    id="coverage_json",
    summary="coverage.py's JSON report",
    recognises=_recognises,
    parse=_parse,
    samples=("coverage-7.17.json", "coverage-7.17-lines.json", "coverage-7.2.json", "coverage-5.5.json"),
)
