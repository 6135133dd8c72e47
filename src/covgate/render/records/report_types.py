"""The shape of report.json. Its JSON Schema (`covgate/schemas/report.schema.json`) is made from these types.

A percentage is a string with two decimals, rounded down, and null where there is nothing to cover. Lines are 1-based
lines of the head. Sections of capabilities that are off, or not there yet, are null.
"""

import sys
from typing import Literal

from covgate.render.records.delta_types import GoneFileJson, IndirectJson, MovementsJson, SuiteDeltaJson, TestsJson
from covgate.render.records.plan_types import PlanJson, ProjectGapJson
from covgate.render.records.ratio_json import RatioJson

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # what pydantic can read; comes with it


class CountsJson(TypedDict):
    """Statements, arcs out of branching lines, and both together (coverage.py's total)."""

    line: RatioJson
    branch: RatioJson
    combined: RatioJson


class BaseJson(TypedDict):
    """The commit that the change is measured against."""

    sha: str
    how: Literal["merge parent", "merge base", "given"]


class HeadJson(TypedDict):
    """The tree that was measured; dirty where it held changes that are not committed."""

    sha: str | None
    dirty: bool


class PullRequestJson(TypedDict):
    """The pull request that the run was made for, and its head: what was measured may be a merge with the base."""

    number: int
    head_sha: str


class BaselineJson(TypedDict):
    """The base's coverage, or the reason why it is missing."""

    state: Literal["known", "missing"]
    reason: str | None
    sha: str | None
    source: Literal["data branch", "rerun", "file"] | None
    behind: int | None


class OriginJson(TypedDict):
    """Who measured the head."""

    tool: str
    version: str
    python: str
    core: str
    has_branches: bool


class ArcJson(TypedDict):
    """A branching line of the change that ran, the lines that it never went to, and that in words."""

    line: int
    to: list[int]
    words: str


class BranchJson(TypedDict):
    """A branching line of the change: the number of its ways out, and of those never taken."""

    line: int
    exits: int
    missed: int


class ChangedFileJson(TypedDict):
    """What the change did to one file: only added or rewritten statements and their arcs count.

    `statements` are ranges of first lines.
    """

    line: RatioJson
    branch: RatioJson
    kind: Literal["added", "modified", "renamed", "deleted"]
    was: str | None
    statements: list[list[int]]
    missed_lines: list[int]
    branches: list[BranchJson]
    partial: list[ArcJson]
    unmeasured: bool
    excluded_lines: list[int]
    continuation_lines: list[int]


class LeftOutJson(TypedDict):
    """A changed file that counts nowhere."""

    path: str
    reason: str


class DiffJson(TypedDict):
    """Coverage of the change; `reason` says why there is nothing to measure where there is not."""

    line: RatioJson
    branch: RatioJson
    combined: RatioJson
    files: dict[str, ChangedFileJson]
    left_out: list[LeftOutJson]
    reason: str | None


class FileJson(TypedDict):
    """A measured file as a whole, now and at the base; `partial_branches` counts lines that ran, not all their ways."""

    line: RatioJson
    branch: RatioJson
    before: CountsJson | None
    was: str | None
    missed_lines: list[int]
    partial_branches: int


class SettingChangeJson(TypedDict):
    """A setting that the change moves; an empty value where it is not set."""

    key: str
    before: str
    after: str


class ProposalsJson(TypedDict):
    """Floors that could be raised, and the patch of the settings file that raises them."""

    changes: list[SettingChangeJson]
    patch: str


class TrendLineJson(TypedDict):
    """A commit of the default branch; `queued` where a merge queue measured it, `seconds` null without a suite."""

    sha: str
    time: str
    line: RatioJson
    branch: RatioJson
    combined: RatioJson
    seconds: float | None
    queued: bool


class PragmaJson(TypedDict):
    """An exclusion that the change adds."""

    path: str
    line: int
    text: str


class ExclusionsJson(TypedDict):
    """What the change does to what counts."""

    added: list[PragmaJson] | None
    config: list[SettingChangeJson]


class PolicyJson(TypedDict):
    """Whose thresholds were judged by, and how the change would move them."""

    source: str
    changes: list[SettingChangeJson]


class RuleJson(TypedDict):
    """One rule's answer. `measured` and `required` are in the rule's unit; `before` is the same measure at the base.

    `required` is rounded where it is no decimal number; `required_exact` is a fraction ("250/3") or a whole number.
    """

    id: str
    label: str
    subject: str | None
    status: Literal["passed", "failed", "not_applicable", "unknown"]
    measured: str | None
    required: str | None
    required_exact: str | None
    unit: str
    ratio: RatioJson | None
    before: RatioJson | None
    short: int
    noun: str
    reason: str


class ReadingJson(TypedDict):
    """What one signal says of a gap."""

    signal: str
    value: float
    words: str


class GapTestsJson(TypedDict):
    """The test file that the gap's test belongs into, and whether it is there."""

    path: str
    exists: bool


class GapJson(TypedDict):
    """Missed statements and arcs of the change within one function; an empty name is the module's top level.

    `after` and `percent_after` are the changed lines' coverage once it is tested, `passes` whether that alone satisfies
    every rule on changed lines that failed.
    """

    path: str
    function: str
    lines: list[list[int]]
    missed: int
    missed_lines: list[int]
    partial: list[ArcJson]
    unmeasured: bool
    score: float
    readings: list[ReadingJson]
    percent_after: str | None
    after: RatioJson
    passes: bool
    tests: GapTestsJson | None


class CaseJson(TypedDict):
    """One test; `message` is the first line of what went wrong, or of the reason for a skip."""

    name: str
    outcome: Literal["passed", "failed", "error", "skipped"]
    seconds: float
    message: str


class SuiteJson(TypedDict):
    """How the suite ended. Counts are null where its runner reports none; `failed` counts errors outside tests too.

    `failures` are the first 1,000; `failures_left_out` are those after them, which count all the same.
    """

    ending: Literal["passed", "failed", "no tests", "crashed", "killed", "timeout", "not run"]
    words: str
    command: str
    exit_code: int | None
    passed: int | None
    failed: int | None
    skipped: int | None
    flaky: list[str] | None
    pass_rate: str | None
    seconds: float
    slowest: list[CaseJson]
    failures: list[CaseJson]
    failures_left_out: int
    delta: SuiteDeltaJson | None


class ComponentJson(TypedDict):
    """A part of a monorepo; `verdict` is null where it has no thresholds of its own, `added` where the change adds it.

    `total`, `before` and `diff` count its files; what belongs to no component is the rest of the whole's. `suite` is
    null where it has none of its own.
    """

    name: str
    root: str
    verdict: Literal["passed", "failed", "error"] | None
    on_unknown: Literal["fail", "pass"]
    added: bool
    total: CountsJson
    before: CountsJson | None
    diff: CountsJson
    reason: str | None
    rules: list[RuleJson]
    suite: SuiteJson | None
    note: str


class PathMappingJson(TypedDict):
    """A path in a report made elsewhere, and the file that it was taken for."""

    given: str
    path: str


class ReportJson(TypedDict):
    """One run's whole answer."""

    schema: Literal[1]
    covgate: str
    verdict: Literal["passed", "failed", "error"]
    statements_short: int
    on_unknown: Literal["fail", "pass"]
    base: BaseJson
    head: HeadJson
    pull_request: PullRequestJson | None
    baseline: BaselineJson
    origin: OriginJson
    total: CountsJson
    before: CountsJson | None
    diff: DiffJson
    files: dict[str, FileJson]
    indirect: list[IndirectJson] | None
    deleted: list[GoneFileJson]
    vanished: list[GoneFileJson]
    unmapped: list[str]
    movements: MovementsJson | None
    exclusions: ExclusionsJson
    policy: PolicyJson
    rules: list[RuleJson]
    gaps: list[GapJson]
    enough: int | None
    fewest: list[int]
    project: list[ProjectGapJson]
    plan: PlanJson | None
    suite: SuiteJson
    tests: TestsJson
    mapped: list[PathMappingJson]
    notes: list[str]
    trend: list[TrendLineJson]
    coming: list[str]
    proposals: ProposalsJson | None
    components: list[ComponentJson]
