"""report.json as it is read back: the same keys as are written, and bounds on everything.

The types that covgate writes by (`render/records/report_types.py`) bound nothing: an honest report may be of any size.
One that a stranger may have written must not. A key that is not known here is not read: later versions add some.
"""

from typing import Annotated, Literal

from pydantic import Field

from covgate.parse.report.atoms import (
    MOST_COMPONENTS,
    MOST_FILES,
    MOST_ROWS,
    Count,
    Counts,
    Decimal,
    Exact,
    Instant,
    Label,
    Line,
    Lines,
    Number,
    Ranges,
    RepositoryPath,
    RuleId,
    Sha,
    Shape,
    Share,
    Target,
    Text,
    Version,
)
from covgate.parse.report.delta_shape import GoneFile, Indirect, MovedBoth, TestsMoved, TestsOfChange
from covgate.parse.report.plan_shape import PlannedWork, ProjectGap


class BaseCommit(Shape):
    """The commit that the change is measured against."""

    sha: Sha
    how: Literal["merge parent", "merge base", "given"]


class HeadTree(Shape):
    """The tree that was measured."""

    sha: Sha | None
    dirty: bool


class PullHint(Shape):
    """The pull request that the run says it was made for: to be checked."""

    number: Annotated[int, Field(gt=0, le=2**53)]
    head_sha: Sha


class BaselineState(Shape):
    """The base's coverage, or why it is missing."""

    state: Literal["known", "missing"]
    reason: Text | None
    sha: Sha | None
    source: Literal["data branch", "rerun", "file"] | None
    behind: Count | None


class Measurer(Shape):
    """Who measured."""

    tool: Label
    version: Label
    python: Label
    core: Label
    has_branches: bool


class Arcs(Shape):
    """The ways out of a line that were never taken."""

    line: Line
    to: Annotated[list[Target], Field(max_length=10_000)]
    words: Text


class BranchingLine(Shape):
    """A branching line of the change."""

    line: Line
    exits: Annotated[int, Field(ge=0, le=10_000)]
    missed: Annotated[int, Field(ge=0, le=10_000)]


class Changed(Shape):
    """What the change did to one file."""

    line: Share
    branch: Share
    kind: Literal["added", "modified", "renamed", "deleted"]
    was: RepositoryPath | None
    statements: Ranges
    missed_lines: Lines
    branches: Annotated[list[BranchingLine], Field(max_length=100_000)]
    partial: Annotated[list[Arcs], Field(max_length=100_000)]
    unmeasured: bool
    excluded_lines: Lines
    continuation_lines: Lines


class NotCounted(Shape):
    """A changed file that counts nowhere."""

    path: RepositoryPath
    reason: Text


class Change(Shape):
    """Coverage of the change."""

    line: Share
    branch: Share
    combined: Share
    files: Annotated[dict[RepositoryPath, Changed], Field(max_length=MOST_ROWS)]
    left_out: Annotated[list[NotCounted], Field(max_length=MOST_ROWS)]
    reason: Text | None


class WholeFile(Shape):
    """A measured file."""

    line: Share
    branch: Share
    before: Counts | None
    was: RepositoryPath | None
    missed_lines: Lines
    partial_branches: Count


class SettingChange(Shape):
    """A setting that the change moves."""

    key: Text
    before: Text
    after: Text


SettingChanges = Annotated[list[SettingChange], Field(max_length=MOST_ROWS)]


class Exclusions(Shape):
    """What the change does to what counts."""

    config: SettingChanges


class Thresholds(Shape):
    """Whose thresholds were judged by."""

    source: Text
    changes: SettingChanges


class Answer(Shape):
    """One rule's answer."""

    id: RuleId
    label: Label
    subject: Text | None
    status: Literal["passed", "failed", "not_applicable", "unknown"]
    measured: Decimal | None
    required: Decimal | None
    required_exact: Exact | None
    unit: Annotated[str, Field(max_length=20)]
    ratio: Share | None
    before: Share | None
    short: Count
    noun: Annotated[str, Field(pattern="^[a-z ]{1,50}$")]
    reason: Text


class SignalReading(Shape):
    """What one signal says of a gap."""

    signal: Label
    value: Number
    words: Text


class TestsOfGap(Shape):
    """Where the gap's test belongs."""

    path: RepositoryPath
    exists: bool


class OpenGap(Shape):
    """Missed statements and arcs of the change within one function."""

    path: RepositoryPath
    function: Text
    lines: Ranges
    missed: Count
    missed_lines: Lines
    partial: Annotated[list[Arcs], Field(max_length=MOST_ROWS)]
    unmeasured: bool
    score: Number
    readings: Annotated[list[SignalReading], Field(max_length=100)]
    percent_after: Decimal | None
    after: Share
    passes: bool
    tests: TestsOfGap | None


class Case(Shape):
    """One test."""

    name: Text
    outcome: Literal["passed", "failed", "error", "skipped"]
    seconds: Number
    message: Text


class SuiteEnd(Shape):
    """How the suite ended."""

    ending: Literal["passed", "failed", "no tests", "crashed", "killed", "timeout", "not run"]
    words: Text
    command: Text
    exit_code: Annotated[int, Field(ge=-(2**31), le=2**32)] | None
    passed: Count | None
    failed: Count | None
    skipped: Count | None
    pass_rate: Decimal | None
    seconds: Number
    slowest: Annotated[list[Case], Field(max_length=10)]
    failures: Annotated[list[Case], Field(max_length=100_000)]
    failures_left_out: Count = 0
    delta: TestsMoved | None


class Mapped(Shape):
    """A path in a report made elsewhere, and the file that it was taken for."""

    given: Text
    path: RepositoryPath


class TrendLine(Shape):
    """A commit of the default branch."""

    sha: Sha
    time: Instant
    line: Share
    branch: Share
    combined: Share
    seconds: Number | None
    queued: bool


class Proposals(Shape):
    """Floors that could be raised."""

    changes: Annotated[list[SettingChange], Field(max_length=100)]
    patch: Text


class ComponentPart(Shape):
    """A part of a monorepo."""

    name: Label
    root: RepositoryPath | Literal["."]
    verdict: Literal["passed", "failed", "error"] | None
    on_unknown: Literal["fail", "pass"]
    added: bool
    total: Counts
    before: Counts | None
    diff: Counts
    reason: Text | None
    rules: Annotated[list[Answer], Field(max_length=MOST_ROWS)]
    suite: SuiteEnd | None
    note: Text


class Document(Shape):
    """The whole."""

    covgate: Version
    verdict: Literal["passed", "failed", "error"]
    statements_short: Count
    on_unknown: Literal["fail", "pass"]
    base: BaseCommit
    head: HeadTree
    pull_request: PullHint | None
    baseline: BaselineState
    origin: Measurer
    total: Counts
    before: Counts | None
    diff: Change
    files: Annotated[dict[RepositoryPath, WholeFile], Field(max_length=MOST_FILES)]
    indirect: Annotated[list[Indirect], Field(max_length=MOST_FILES)] | None
    deleted: Annotated[list[GoneFile], Field(max_length=MOST_FILES)]
    vanished: Annotated[list[GoneFile], Field(max_length=MOST_FILES)]
    unmapped: Annotated[list[RepositoryPath], Field(max_length=MOST_FILES)]
    movements: MovedBoth | None
    exclusions: Exclusions
    policy: Thresholds
    rules: Annotated[list[Answer], Field(max_length=MOST_ROWS)]
    gaps: Annotated[list[OpenGap], Field(max_length=MOST_ROWS)]
    enough: Count | None
    fewest: Annotated[list[Count], Field(max_length=MOST_ROWS, default_factory=list)]
    project: Annotated[list[ProjectGap], Field(max_length=1_000, default_factory=list)]
    plan: PlannedWork | None
    suite: SuiteEnd
    tests: TestsOfChange
    components: Annotated[list[ComponentPart], Field(max_length=MOST_COMPONENTS, default_factory=list)]
    mapped: Annotated[list[Mapped], Field(max_length=MOST_FILES)]
    notes: Annotated[list[Text], Field(max_length=MOST_ROWS)]
    trend: Annotated[list[TrendLine], Field(max_length=100)]
    coming: Annotated[list[Label], Field(max_length=100)]
    proposals: Proposals | None


UNREAD = frozenset(
    {
        "schema",
        "tests.findings",
        "tests.hollow",
        "tests.mutation",
        "tests.inventory",
        "exclusions.added",
        "suite.flaky",
        "components.suite.flaky",
    }
)
"""Written and not read back: the version, which is looked at first, and sections that no short form shows."""
