"""The shape of a plan in report.json and gaps.json."""

import sys

from covgate.render.records.ratio_json import RatioJson

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # what pydantic can read; comes with it


class WhyJson(TypedDict):
    """What one signal says of a file."""

    signal: str
    value: float
    words: str


class WorstJson(TypedDict):
    """The function of a file with the most missed statements; an empty name is the module's top level.

    `lines` are ranges from the first missed line to the last of each part, `missed` first lines.
    """

    function: str
    lines: list[list[int]]
    missed: list[int]


class ProjectGapJson(TypedDict):
    """A file of the project that is worth a test, with the reasons; gaps.json has all of them and their functions."""

    path: str
    line: RatioJson
    branch: RatioJson
    changed: bool
    readings: list[WhyJson]
    worst: WorstJson | None


class PlannedFileJson(TypedDict):
    """A file below its target (percent), and what it gains by reaching it; `estimate` is a number of tests."""

    path: str
    statements: int
    covered: int
    target: str
    gain_lines: int
    gain_points: str
    estimate: int


class PieceJson(TypedDict):
    """A function to be tested in a batch, or a part of one; `tests` is an estimate."""

    path: str
    function: str
    tests: int


class BatchJson(TypedDict):
    """What is to be tested in one sitting, at most 20 tests by estimate, and the command that runs just those."""

    files: list[str]
    tests: int
    command: str
    pieces: list[PieceJson]


class WaveJson(TypedDict):
    """Batches whose files belong together."""

    why: str
    batches: list[BatchJson]


class FunctionNameJson(TypedDict):
    """A function by its file and name; an empty name is the module's top level."""

    path: str
    function: str


class PlanJson(TypedDict):
    """How to bring every file to its target; gaps.json has the gaps themselves.

    `after` are the project's statements with all gains; `enough` the fewest functions that turn the failed rules on the
    whole project green.
    """

    strategy: str
    target: str
    files: list[PlannedFileJson]
    gain_lines: int
    gain_points: str
    after: RatioJson
    tests: int
    waves: list[WaveJson]
    enough: list[FunctionNameJson]
    notes: list[str]
