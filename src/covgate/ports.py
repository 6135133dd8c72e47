"""What a run asks of the world. `shell/` implements each; tests implement them as fakes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from covgate.model.activity import Activity
from covgate.model.check_run import CheckRun
from covgate.model.comparison import Baseline
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.model.place import PullRequest, WorkflowRun
from covgate.model.policy import PolicyChange
from covgate.model.report import Report
from covgate.model.shard import Shard
from covgate.model.snapshot import Snapshot
from covgate.model.suite import SuiteResult


@dataclass(frozen=True, slots=True)
class BaseTree:
    """The base commit's own files, laid out apart from the repository.

    Shape:  `path` is their directory, which nobody but covgate can reach before the base's suite is run; `missing` says
            what is not there as in a checkout, in words ("2 submodules").
    """

    path: str
    missing: tuple[str, ...] = ()


class Repository(Protocol):
    """The checked-out repository. Everything asked of it is asked before the suite runs."""

    def change(self, wanted_base: str) -> Diff:
        """The change of the tree on disk against the base.

        Shape:  `wanted_base` is a revision, or "" to find the base: a merge commit's first parent, else the merge base.
        Errors: ComparisonError where there is no repository, no commit, no such base, or no history to find one in.
        """

    def read_at(self, sha: str, path: str) -> bytes | None:
        """A file's content at a commit; None where it was not there."""

    def read_head(self, path: str) -> bytes | None:
        """A regular file's content in the tree on disk; None where there is none."""

    def python_files(self) -> tuple[str, ...]:
        """Paths of all Python files on disk that are tracked, or untracked and not ignored; sorted."""

    def python_files_at(self, sha: str) -> tuple[str, ...]:
        """Paths of all Python files of a commit; sorted."""

    def activity(self) -> Activity:
        """How often each Python file changed in the year before the head's commit; `unknown` where that is not known.

        Errors: none.
        """

    def attributes(self, sha: str, paths: Iterable[str]) -> Mapping[str, str]:
        """Files that a commit's `.gitattributes` mark as "generated" or "vendored", by path.

        Errors: ComparisonError where git cannot tell.
        """

    def lay_out(self, sha: str) -> BaseTree:
        """Writes a commit's files into a directory of their own, which is gone with the run.

        Errors: ComparisonError where not all of them can be had, or they cannot be written.
        """


@dataclass(frozen=True, slots=True)
class SuiteOrder:
    """What to measure, and how.

    Shape:  `command` is "" for what the repository uses; `python` "" for the project's own; `install` "" for nothing to
            install, "auto", or shell lines; `source` overrides coverage's own setting where not empty; `workers` is
            "auto", or a number as text; `env` names the variables let through to the suite where its environment is
            scrubbed;
            `changed` are the changed Python files that the snapshot must answer for, measured or not;
            `base_files` are the base's configuration files by path: coverage's settings at the base are read from them;
            `base_source`, `base_command` and `base_python` are the base's own settings of source (None where it has
            no settings) and command, and its Python files: what counts is told by these as well;
            `shards` are the names of the runs that must all have reported where data are read, and `head_sha` is the
            commit that they must have measured, "" where any will do; `keep_data` asks for the coverage data as well;
            `component` is whose own suite this is and `directory` where it runs, as the repository sees it, both "" for
            the suite of the whole; `apart` are directories below it, as seen from it, that other suites answer for;
            `parts` are the orders that this one is made of where there are several suites, else none.
    Units:  seconds.
    """

    command: str = ""
    python: str = ""
    install: str = ""
    source: tuple[str, ...] = ()
    workers: str = "auto"
    timeout_seconds: int = 1800
    env: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    base_files: Mapping[str, bytes] | None = None
    base_source: tuple[str, ...] | None = None
    base_command: str = ""
    base_python: tuple[str, ...] = ()
    shards: tuple[str, ...] = ()
    head_sha: str = ""
    keep_data: bool = False
    component: str = ""
    directory: str = ""
    apart: tuple[str, ...] = ()
    parts: tuple["SuiteOrder", ...] = ()

    @property
    def judged_source(self) -> tuple[str, ...]:
        """What is to be measured as the base sees it, where it says so."""
        return self.source if self.base_source is None else self.base_source


@dataclass(frozen=True, slots=True)
class KeptData:
    """All coverage data of a measurement in one file of coverage.py's, with the paths as coverage wrote them.

    Shape:  `path` lies outside of the repository and of the suite's reach, and is gone with the run; `sha256` is the
            file's, in hexadecimal.
    """

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came back from the suite, or from reports made earlier.

    Shape:  `exclusions` are the settings of coverage that differ between base and head; `shards` are the runs that it
            was put together from, none where it was one; `data` is None where they were not asked for; `suites` are how
            the suites of several components ended, by the component's name, "" for the suite of the whole; none where
            only that one was run.
    """

    snapshot: Snapshot
    result: SuiteResult
    exclusions: tuple[PolicyChange, ...] = ()
    shards: tuple[Shard, ...] = ()
    data: KeptData | None = None
    suites: tuple[tuple[str, SuiteResult], ...] = ()


class TreeSuite(Protocol):
    """The test suite of one tree, and its interpreter. Nothing that it returns is trusted."""

    def measure(self, order: SuiteOrder) -> Measurement:
        """Runs the suite under coverage and reads what it covered.

        Errors: MeasurementError where the suite cannot be started or no coverage can be read. A suite that fails,
                crashes or hangs is no error: the result's `ending` tells it, with the coverage that there is.
        """

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """Reads coverage data and reports made earlier, several combined.

        Shape:  `data` are paths of files, directories or globs.
        Errors: MeasurementError where one cannot be read, or none of their files is one of the repository's.
        """


class Suite(TreeSuite, Protocol):
    """The project's test suite, in the checkout and on its base."""

    def measure_base(self, tree: BaseTree, order: SuiteOrder) -> Measurement:
        """Runs the suite of the base's files, with nothing of what the head's suite left or will leave.

        Shape:  `order` is the base's own, with no changed files.
        Errors: as `measure`; and MeasurementError where the base does not have the project's directory.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a snapshot that was to be stored.

    Shape:  `words` is one line for the reader, with the missing permission where one was refused.
    """

    state: Literal["written", "unchanged", "refused", "skipped"]
    words: str


class Baselines(Protocol):
    """Snapshots of earlier commits, and the history of the default branch."""

    def find(self, diff: Diff) -> Baseline:
        """The snapshot of the change's base or of its nearest ancestor, or the reason why there is none.

        Shape:  asked before the suite runs. What is found need not compare with the head: that is for others to see.
        Errors: none; a store that cannot be reached or read is a reason.
        """

    def history(self) -> tuple[HistoryLine, ...]:
        """The default branch's totals as of before the suite ran, oldest first; none where nothing can be read."""

    def keep(self, stored: Stored, pages: Callable[[tuple[HistoryLine, ...]], Mapping[str, str]]) -> Kept:
        """Stores a snapshot of the default branch, where this run is one to be trusted with it.

        Shape:  `pages` makes the files for readers (README, badge) from the history that the new line is part of, by
                their names; it is called again where another run was faster.
        Errors: none; a refusal or a failure is told in the answer.
        """


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the comment, or of the check run.

    Shape:  `words` is one line for the reader, with the missing permission where one was refused.
    """

    state: Literal["created", "edited", "unchanged", "refused", "skipped"]
    words: str
    comment_id: int | None = None
    url: str = ""

    @property
    def failed(self) -> bool:
        """Whether there should be a comment and there is none, or an old one. Where none belongs, none is missing."""
        return self.state == "refused"


class Forge(Protocol):
    """Where pull requests live."""

    def post_comment(self, body: str, marker: str, *, create: bool = True) -> Posted:
        """Makes the comment that begins with `marker` say `body`: creates it, edits it, or leaves it as it is.

        Shape:  with `create` False a comment that stands already is brought up to date and none is made.
        Errors: none; a refusal or a failure is told in the answer.
        """

    def post_check(self, check: CheckRun) -> Posted:
        """Makes a check run on the commit that this run is about.

        Errors: none; as for the comment.
        """


@dataclass(frozen=True, slots=True)
class OpenPullRequest:
    """A pull request as the forge lists it, with both its sides.

    Shape:  repositories as "owner/name"; `head_repository` is "" where the fork was deleted.
    """

    pull: PullRequest
    base_repository: str
    head_repository: str
    head_branch: str
    open: bool = True


class PullRequests(Protocol):
    """Looks pull requests up, for a run that only knows a branch."""

    def of_branch(self, run: WorkflowRun) -> tuple[OpenPullRequest, ...]:
        """The open pull requests that come from the branch that this run ran for.

        Errors: PublishingError where the forge refuses or cannot be understood.
        """


class Output(Protocol):
    """The output folder, the step's summary and outputs, and the log."""

    def write(self, name: str, text: str) -> str:
        """Writes a file into the output folder and returns its path."""

    def write_bytes(self, name: str, content: bytes) -> str:
        """Writes a file that is no text into the output folder; as `write`."""

    def keep(self, name: str, source: str) -> str:
        """Copies a file of covgate's own into the output folder and returns its path, "" where it cannot be written."""

    def summarise(self, text: str) -> None:
        """Adds to the step's summary, where there is one."""

    def annotate(self, text: str) -> None:
        """Prints workflow commands, where something reads them."""

    def set_outputs(self, values: Mapping[str, str]) -> None:
        """Sets the step's outputs, where there are any."""

    def show(self, report: Report | str) -> None:
        """Prints the report where people read it; a text as it is."""

    def tell(self, words: str) -> None:
        """One line for people, beside the report."""

    def progress(self, words: str) -> None:
        """Tells what is going on, in a line that leaves no trace in files."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All of the world that a run needs."""

    repository: Repository
    suite: Suite
    baselines: Baselines
    forge: Forge
    output: Output
