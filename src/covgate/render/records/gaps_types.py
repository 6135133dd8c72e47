"""The shape of gaps.json. Its JSON Schema (`covgate/schemas/gaps.schema.json`) is made from these types.

Percentages and points are strings with two decimals, rounded down. Lines are 1-based lines of the tree that was
measured.
"""

import sys
from typing import Literal

from covgate.render.records.plan_types import FunctionNameJson, WaveJson
from covgate.render.records.ratio_json import RatioJson
from covgate.render.records.report_types import ArcJson, ReadingJson

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # what pydantic can read; comes with it


class FunctionGapJson(TypedDict):
    """What no test runs of one function; an empty name is the module's top level.

    `lines` are ranges for showing; `missed_lines` first lines of statements; `of` counts the function's statements;
    `partial` are branching lines that ran without going every way; `planned` says that testing it is part of the plan.
    """

    name: str
    start: int
    lines: list[list[int]]
    missed: int
    missed_lines: list[int]
    of: RatioJson
    partial: list[ArcJson]
    readings: list[ReadingJson]
    planned: bool


class NearestTestsJson(TypedDict):
    """Where tests of a file belong: a file to be extended, or a new one."""

    path: str
    exists: bool
    why: str
    fixtures: list[str]


class FileGapJson(TypedDict):
    """A file with something that no test runs.

    `target` is in percent; `gain_lines` and `gain_points` are 0 for a file that is at its target; `after` is the file's
    coverage with the gain; `estimate` is a number of tests.
    """

    path: str
    line: RatioJson
    branch: RatioJson
    tier: int
    score: float
    changed: bool
    readings: list[ReadingJson]
    functions: list[FunctionGapJson]
    target: str | None
    gain_lines: int
    gain_points: str
    after: RatioJson
    estimate: int
    tests: NearestTestsJson | None


class GapsJson(TypedDict):
    """The project's gaps, in the strategy's order, and the plan that closes them.

    `total` are the project's statements now, `after` those with all gains; `enough` are the fewest functions that turn
    the failed rules on the whole project green; `failing` says that the suite did not end well.
    """

    schema: Literal[1]
    covgate: str
    sha: str | None
    dirty: bool
    measured: str
    failing: bool
    command: str
    strategy: str
    target: str
    total: RatioJson
    after: RatioJson
    gain_lines: int
    gain_points: str
    tests: int
    files: list[FileGapJson]
    waves: list[WaveJson]
    enough: list[FunctionNameJson]
    checklist: list[str]
    notes: list[str]
