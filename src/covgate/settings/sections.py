"""Settings: every key of `.covgate.yml`, and of the inputs and options that stand for one, as frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict

from covgate.judge.options import Count, Glob, Name, Percent, Seconds, Text, about
from covgate.judge.rulebook import DEFAULT_THRESHOLDS
from covgate.judge.thresholds import Thresholds
from covgate.settings.kinds import EnvName, Flag, Folder, Shard, ShardName, Workers
from covgate.settings.strategies import ImpactSettings, TriageSettings
from covgate.settings.thresholds import FORBID, NO_THRESHOLDS, OwnThresholdsField, ThresholdsField


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteSettings:
    """How the suite is run."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    command: Text = field(
        default="",
        metadata=about(
            "The command that runs the suite; else what the repository uses.",
            examples=["pytest"],
            input="command",
            option="--command",
        ),
    )
    install: Text = field(
        default="auto",
        metadata=about(
            "What to install first: `auto`, or shell lines.",
            input="install",
        ),
    )
    python: Text = field(
        default="",
        metadata=about(
            "The suite's Python, as a version or a path; else the project's own environment.",
            examples=["3.13"],
            input="python-version",
            option="--python",
        ),
    )
    source: tuple[Name, ...] = field(
        default=(),
        metadata=about(
            "Directories or packages to measure; else as coverage is configured, else the packages found.",
            examples=[["src"]],
        ),
    )
    workers: Workers = field(
        default="auto",
        metadata=about("Processes of pytest-xdist, where the suite has it: `auto` or a number."),
    )
    reruns: Count = field(
        default=0, metadata=about("How often to rerun failed tests, to tell flaky from broken.", pending=True)
    )
    timeout_seconds: Seconds = field(
        default=1800,
        metadata=about(
            "The longest time that the suite may run.",
            alias="timeout",
            examples=["30m"],
            unit="s",
            option="--timeout",
        ),
    )
    env: tuple[EnvName, ...] = field(
        default=(), metadata=about("Variables of the environment to let through to the suite.", examples=[["DB_URL"]])
    )
    user: Literal["owner", "root"] = field(
        default="owner",
        metadata=about(
            "Who the suite is in the action's container: the workspace's owner, or root, beside the token's process. "
            "Only the base's file can say root.",
        ),
    )
    shards: tuple[ShardName, ...] = field(
        default=(),
        metadata=about(
            "Names of the shards without which there is no verdict; those of the base count as well.",
            examples=[["unit", "web"]],
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSettings:
    """How gaps are ranked."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    strategy: Literal["triage", "impact", "risk"] = field(
        default="impact", metadata=about("Which gaps of the project come first.", option="--strategy")
    )
    target: Percent = field(
        default=Fraction(50),
        metadata=about("What each file should reach, in percent; groups may say their own.", option="--target"),
    )
    layers: tuple[Name, ...] = field(
        default=("views", "serializers", "models", "utils", "tasks"),
        metadata=about("The order of the core layers, by the name of module or directory."),
    )
    critical: tuple[Name, ...] = field(
        default=("critical",),
        metadata=about("Groups of `thresholds.groups` that come ahead, by words in their names."),
    )
    omit: tuple[Glob, ...] = field(
        default=(),
        metadata=about(
            "Globs of files that stay off the list of gaps, as tests, generated and vendored files do.",
            examples=[["docs/**"]],
        ),
    )
    impact: ImpactSettings = field(
        default=ImpactSettings(), metadata=about("Which files the strategy `impact` puts first.")
    )
    triage: TriageSettings = field(
        default=TriageSettings(), metadata=about("Which files the strategy `triage` leaves for later.")
    )
    top: Count = field(default=5, metadata=about("How many gaps short reports show.", option="--top"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationSettings:
    """How mutation testing is bounded."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    budget_seconds: Seconds = field(
        default=300,
        metadata=about(
            "The longest time that mutation testing may take.", alias="budget", examples=["5m"], unit="s", pending=True
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineSettings:
    """Where numbers of the base come from."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    branch: Name = field(
        default="covgate-data",
        metadata=about("The branch that keeps snapshots of the default branch's commits, and their history."),
    )
    rerun: Literal["auto", "always", "never"] = field(
        default="auto",
        metadata=about(
            "Whether to run the suite on the base too, where no stored snapshot compares; `auto` does so for pull "
            "requests and merge queues.",
            option="--rerun",
        ),
    )
    timeout_seconds: Seconds | None = field(
        default=None,
        metadata=about(
            "The longest time that the suite may run on the base; else `suite.timeout`.",
            alias="timeout",
            examples=["30m"],
            unit="s",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """How the report is published."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    required: Flag = field(
        default=False, metadata=about("Whether a run fails (exit 6) when its report cannot be published.")
    )
    author: Text = field(
        default="",
        metadata=about("The login whose comment is edited; else that of the token.", examples=["github-actions[bot]"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentSuite:
    """How a component's own suite is run: in its directory."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    command: Text = field(default="", metadata=about("As `suite.command`.", examples=["python -m unittest"]))
    install: Text = field(default="auto", metadata=about("As `suite.install`."))
    python: Text = field(default="", metadata=about("As `suite.python`; else the top's.", examples=["3.13"]))
    source: tuple[Name, ...] = field(default=(), metadata=about("As `suite.source`, below the component's directory."))
    workers: Workers = field(default="auto", metadata=about("As `suite.workers`."))
    timeout_seconds: Seconds = field(
        default=1800, metadata=about("As `suite.timeout`.", alias="timeout", examples=["10m"], unit="s")
    )
    env: tuple[EnvName, ...] = field(default=(), metadata=about("As `suite.env`."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a monorepo."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    name: Name = field(metadata=about("What reports call the component.", examples=["api"]))
    root: Folder = field(metadata=about("Its directory, from the repository's root.", examples=["services/api"]))
    thresholds: OwnThresholdsField = field(
        default=NO_THRESHOLDS,
        metadata=about("As `thresholds` at the top, for this component alone; without any it is shown and not judged."),
    )
    suite: ComponentSuite | None = field(
        default=None,
        metadata=about("A suite of its own, run in its directory; else the suite around it measures the component."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """All that can be written in `.covgate.yml`."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    version: Literal[1] = field(default=1, metadata=about("The version of this file's format."))
    suite: SuiteSettings = field(default=SuiteSettings(), metadata=about("How the suite is run."))
    thresholds: ThresholdsField = field(
        default=DEFAULT_THRESHOLDS,
        metadata=about("What must be covered. Where none is set, the total may not drop and the diff needs 80 % line."),
    )
    gaps: GapSettings = field(default=GapSettings(), metadata=about("What to test next."))
    mutation: MutationSettings = field(default=MutationSettings(), metadata=about("Mutation testing."))
    inventory: tuple[Name, ...] = field(
        default=(),
        metadata=about("Check-lists of planned tests.", examples=[["docs/TEST_INVENTORY.md"]], pending=True),
    )
    baseline: BaselineSettings = field(default=BaselineSettings(), metadata=about("Numbers of the base."))
    components: tuple[Component, ...] = field(
        default=(), metadata=about("Parts of a monorepo, each with thresholds of its own.")
    )
    publish: PublishSettings = field(default=PublishSettings(), metadata=about("Publishing."))
    comment: Literal["auto", "always", "on-failure", "never"] = field(
        default="auto", metadata=about("When to comment on the pull request.", input="comment")
    )
    check_run: Flag = field(
        default=False,
        metadata=about("Whether to make a check run as well; needs `checks: write`.", input="check-run"),
    )
    fail: Flag = field(default=True, metadata=about("Whether a failed gate fails the run.", input="fail"))
    mode: Literal["run", "report", "publish"] = field(
        default="run", metadata=about("What the action does.", input="mode")
    )
    working_directory: Folder = field(
        default=".", metadata=about("Where in the repository the project is.", input="working-directory")
    )
    base: Text = field(
        default="",
        metadata=about("The revision to compare with; else the base is found.", input="base", option="--base"),
    )
    data: tuple[Name, ...] = field(
        default=(),
        metadata=about(
            "Coverage data and reports to read in place of a run: files, directories or globs.",
            examples=[["coverage.xml"]],
            input="data",
            option="--data",
        ),
    )
    shard: Shard = field(
        default="",
        metadata=about(
            "Which of `suite.shards` this run is: it measures and gives no verdict.", input="shard", option="--shard"
        ),
    )
    out: Name = field(
        default=".covgate", metadata=about("The folder that reports are written to.", input="out", option="--out")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Values):
    """Everything that a run goes by, and where each value came from.

    Shape:  `origins` has the origin of each value that somebody set, by its dotted key: "`.covgate.yml` line 4",
            "input `fail`", "option `--shard`"; `file` names the file that was read, "" where there was none.
    """

    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""

    def origin(self, key: str) -> str:
        """Where the value of a dotted key came from."""
        return self.origins.get(key, "default")

    def is_given(self, key: str) -> bool:
        """Whether an input or option says it, and no file: the workflow or a person decided."""
        return self.origin(key).startswith(("input ", "option "))

    def pending(self) -> tuple[str, ...]:
        """Dotted keys that somebody set and that this version reads without acting upon them."""
        return tuple(key for key in _pending_keys(Values()) if any(_within(origin, key) for origin in self.origins))


def _within(key: str, section: str) -> bool:
    return key == section or key.startswith(f"{section}.")


def _pending_keys(section: Any, prefix: str = "") -> Iterator[str]:
    for own in fields(section):
        key = prefix + own.metadata.get("alias", own.name)
        value = getattr(section, own.name)
        if own.metadata.get("pending"):
            yield key
        elif is_dataclass(value) and not isinstance(value, Thresholds):
            yield from _pending_keys(value, f"{key}.")
