"""What moved since the baseline, in the shape of report.json. How it is counted is told in `docs/deltas.md`."""

import sys
from typing import Literal

from covgate.render.records.ratio_json import RatioJson

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # what pydantic can read; comes with it


class IndirectJson(TypedDict):
    """Statements of a file that the change did not write, and that ran on one side only; first lines of the head.

    `was` is the file's path at the baseline where it was another; `changed` says that the change touches the file.
    """

    path: str
    was: str | None
    lost_lines: list[int]
    gained_lines: list[int]
    changed: bool


class GoneFileJson(TypedDict):
    """A file of the baseline that is not among the head's measured files, with its numbers there."""

    path: str
    line: RatioJson
    branch: RatioJson


class MovementJson(TypedDict):
    """How a ratio came from the baseline's to the head's, step by step.

    `drifted` is the baseline's with what moved elsewhere than in the change's own lines, `pruned` the same without what
    the change deletes, and `now` that with what it wrote. `elsewhere`, `deleted` and `written` are the steps in points,
    rounded down; the exact ones add up.
    """

    before: RatioJson
    drifted: RatioJson
    pruned: RatioJson
    now: RatioJson
    elsewhere: str | None
    deleted: str | None
    written: str | None


class MovementsJson(TypedDict):
    """How the project's statements and branches moved."""

    line: MovementJson
    branch: MovementJson


class SlowerJson(TypedDict):
    """A test that takes a second or longer, and at least twice as long as at the baseline."""

    name: str
    before: float
    now: float


class SuiteDeltaJson(TypedDict):
    """What became of the tests since the baseline, by their names."""

    added: list[str]
    removed: list[str]
    newly_skipped: list[str]
    newly_slow: list[SlowerJson]


class ReachJson(TypedDict):
    """The files that a file of tests runs something of: so many, with their lines at the baseline and now.

    `anew` counts statements of theirs that run now and did not before; it and `before` are null without a baseline.
    """

    files: int
    before: RatioJson | None
    now: RatioJson
    anew: int | None


class ChangedTestsJson(TypedDict):
    """A file of tests that the change touches; numbers of tests are null where those of one side are not known.

    `reach` is null where no contexts were recorded of its tests.
    """

    path: str
    was: str | None
    kind: Literal["added", "modified", "renamed", "deleted"]
    added: int | None
    removed: int | None
    skipped: int | None
    command: str
    reach: ReachJson | None


class TestsJson(TypedDict):
    """The tests of the change."""

    changed: list[ChangedTestsJson]
    findings: None
    hollow: None
    mutation: None
    inventory: None
