"""The shape of the project's gaps and of the plan in a report.json that is read back."""

from typing import Annotated

from pydantic import Field

from covgate.parse.report.atoms import (
    MOST_FILES,
    MOST_ROWS,
    Count,
    Decimal,
    Label,
    Lines,
    Number,
    Ranges,
    RepositoryPath,
    Shape,
    Share,
    Text,
)

_Tests = Annotated[int, Field(ge=0, le=20)]


class Reason(Shape):
    """What a signal says of a file."""

    signal: Label
    value: Number
    words: Text


class Worst(Shape):
    """The function of a file with the most missed statements."""

    function: Text
    lines: Ranges
    missed: Lines


class ProjectGap(Shape):
    """A file of the project that is worth a test."""

    path: RepositoryPath
    line: Share
    branch: Share
    changed: bool
    readings: Annotated[list[Reason], Field(max_length=100)]
    worst: Worst | None


class FileToTest(Shape):
    """A file below its target."""

    path: RepositoryPath
    statements: Count
    covered: Count
    target: Decimal
    gain_lines: Count
    gain_points: Decimal
    estimate: Count


class PieceOfWork(Shape):
    """A function to be tested, or a part of one."""

    path: RepositoryPath
    function: Text
    tests: _Tests


class Sitting(Shape):
    """A batch."""

    files: Annotated[list[RepositoryPath], Field(max_length=MOST_FILES)]
    tests: _Tests
    command: Text
    pieces: Annotated[list[PieceOfWork], Field(max_length=MOST_ROWS)]


class Together(Shape):
    """A wave."""

    why: Text
    batches: Annotated[list[Sitting], Field(max_length=MOST_ROWS)]


class NamedFunction(Shape):
    """A function by its file and name."""

    path: RepositoryPath
    function: Text


class PlannedWork(Shape):
    """The plan."""

    strategy: Label
    target: Decimal
    files: Annotated[list[FileToTest], Field(max_length=MOST_FILES)]
    gain_lines: Count
    gain_points: Decimal
    after: Share
    tests: Count
    waves: Annotated[list[Together], Field(max_length=MOST_FILES)]
    enough: Annotated[list[NamedFunction], Field(max_length=MOST_ROWS)]
    notes: Annotated[list[Text], Field(max_length=100)]
