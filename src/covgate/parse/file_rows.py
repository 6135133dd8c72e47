"""Measured files as rows of numbers: how the probe tells of them, and how they are stored."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from covgate.errors import MeasurementError
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Region

LAST_LINE = 10_000_000
MOST_STATEMENTS = 10_000_000
"""In all files together: a few bytes of forged ranges could stand for more lines than there is memory."""


def _inside(path: str) -> str:
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(parts):
        raise ValueError("a path that does not lie in the repository")
    return path


RepositoryPath = Annotated[str, Field(max_length=4096), AfterValidator(_inside)]
Words = Annotated[str, Field(max_length=4096)]
Line = Annotated[int, Field(ge=1, le=LAST_LINE)]
_Target = Annotated[int, Field(ge=-LAST_LINE, le=LAST_LINE)]
_Range = tuple[Line, Line]
_Arc = tuple[_Target, Words]
_Branch = tuple[Line, Line, list[_Arc]]
_Region = tuple[Literal["function", "class"], Words, Line, list[_Range]]


class FileRow(BaseModel):
    """One file. Ranges are inclusive."""

    path: RepositoryPath
    statements: list[_Range]
    executed: list[_Range]
    excluded: list[_Range]
    spans: list[_Range]
    branches: list[_Branch]
    regions: list[_Region]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None
    reached_by: list[tuple[Words, Annotated[int, Field(ge=0)]]] = []


def files_of(rows: Iterable[FileRow], what: str) -> tuple[FileCoverage, ...]:
    """The files, sorted by path; `what` is what they came in, as a message calls it.

    Errors: MeasurementError where they contradict themselves, name a file twice, or tell of too much.
    """
    files = tuple(sorted((_file(row, what) for row in rows), key=lambda file: file.path))
    if len({file.path for file in files}) != len(files):
        raise MeasurementError(f"{what} names a file twice")
    if sum(len(lines) for file in files for lines in (file.statements, file.excluded)) > MOST_STATEMENTS:
        raise MeasurementError(f"{what} tells of more than {MOST_STATEMENTS:,} statements")
    return files


def row_of(file: FileCoverage) -> dict[str, Any]:
    """The file as its row, ready for JSON."""
    return {
        "path": file.path,
        "statements": file.statements.ranges,
        "executed": file.executed.ranges,
        "excluded": file.excluded.ranges,
        "spans": file.spans,
        "branches": [(b.line, b.exits, [(arc.to, arc.words) for arc in b.missed]) for b in file.branches],
        "regions": [(region.kind, region.name, region.start, region.lines.ranges) for region in file.regions],
        "sha256": file.sha256,
        **({"reached_by": file.reached_by} if file.reached_by else {}),
    }


def _file(row: FileRow, what: str) -> FileCoverage:
    try:
        file = FileCoverage(
            path=row.path,
            statements=LineSet.spanning(row.statements),
            executed=LineSet.spanning(row.executed),
            excluded=LineSet.spanning(row.excluded),
            spans=tuple(row.spans),
            branches=tuple(_branch(branch) for branch in row.branches),
            regions=tuple(
                Region(kind, name, start, LineSet.spanning(lines)) for kind, name, start, lines in row.regions
            ),
            sha256=row.sha256,
            reached_by=tuple(row.reached_by),
        )
    except ValueError as error:
        raise MeasurementError(f"{what} is not as expected: {error}", where=row.path) from error
    if (file.executed & file.statements) != file.executed:
        raise MeasurementError("more lines were run than there are statements", where=row.path)
    return file


def _branch(row: _Branch) -> Branch:
    line, exits, missed = row
    if len(missed) > exits:
        raise ValueError(f"line {line} has fewer ways out than were missed")
    return Branch(line, exits, tuple(MissedArc(line, to, words) for to, words in missed))
