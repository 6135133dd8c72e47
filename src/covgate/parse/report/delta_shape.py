"""What moved since the baseline, of report.json, as it is read back."""

from typing import Annotated, Literal

from pydantic import Field

from covgate.parse.report.atoms import (
    MOST_ROWS,
    Decimal,
    FewTests,
    Lines,
    Number,
    RepositoryPath,
    Shape,
    Share,
    Text,
)


class Indirect(Shape):
    """Statements that the change did not write, and that ran on one side only."""

    path: RepositoryPath
    was: RepositoryPath | None
    lost_lines: Lines
    gained_lines: Lines
    changed: bool


class GoneFile(Shape):
    """A file of the baseline that the head did not measure."""

    path: RepositoryPath
    line: Share
    branch: Share


class Moved(Shape):
    """How a ratio came from the baseline's to the head's."""

    before: Share
    drifted: Share
    pruned: Share
    now: Share
    elsewhere: Decimal | None
    deleted: Decimal | None
    written: Decimal | None


class MovedBoth(Shape):
    """How the project's statements and branches moved."""

    line: Moved
    branch: Moved


class Slower(Shape):
    """A test that became slow."""

    name: Text
    before: Number
    now: Number


Names = Annotated[list[Text], Field(max_length=200_000)]


class TestsMoved(Shape):
    """What became of the tests."""

    added: Names
    removed: Names
    newly_skipped: Names
    newly_slow: Annotated[list[Slower], Field(max_length=200_000)]


class TestsReach(Shape):
    """The files that a file of tests runs something of."""

    files: FewTests
    before: Share | None
    now: Share
    anew: FewTests | None


class TestFile(Shape):
    """A file of tests that the change touches."""

    path: RepositoryPath
    was: RepositoryPath | None
    kind: Literal["added", "modified", "renamed", "deleted"]
    added: FewTests | None
    removed: FewTests | None
    skipped: FewTests | None
    command: Text
    reach: TestsReach | None = None


class TestsOfChange(Shape):
    """The tests of the change."""

    changed: Annotated[list[TestFile], Field(max_length=MOST_ROWS)]
