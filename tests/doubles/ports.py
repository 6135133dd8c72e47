"""The ports of a run, played from memory: what is asked of them is answered from fields, what they are told is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from tests.sketch import Sketch, sketch

from covgate.errors import MeasurementError
from covgate.model.activity import Activity
from covgate.model.check_run import CheckRun
from covgate.model.comparison import Baseline, Missing
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.model.policy import PolicyChange
from covgate.model.report import Report
from covgate.model.snapshot import Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.ports import BaseTree, Kept, KeptData, Measurement, Ports, Posted, SuiteOrder

PASSED = SuiteResult(Ending.PASSED, "The suite passed.", "pytest", 0, 1.0)
NOT_RUNNABLE = MeasurementError("nobody can run it there")
NO_HISTORY = Activity()
NO_BASELINE = Missing("nobody stored one")
KEPT = Kept("written", "The snapshot was stored.")
CREATED = Posted("created", "the comment was created", 11, "https://github.example/shop/pull/7#issuecomment-11")


@dataclass
class FakeRepository:
    """ports.Repository: `at_base` and `on_disk` are contents by path; `log` says what was asked, in order.

    `missing` and `unlaid` are what comes of laying the base out.
    """

    diff: Diff
    at_base: Mapping[str, bytes] = field(default_factory=dict)
    on_disk: Mapping[str, bytes] = field(default_factory=dict)
    failure: Exception | None = None
    log: list[str] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    unlaid: Exception | None = None
    history: Activity = NO_HISTORY
    marked: Mapping[str, str] = field(default_factory=dict)

    def change(self, wanted_base: str) -> Diff:
        self.log.append(f"change since {wanted_base or 'whatever is right'}")
        if self.failure:
            raise self.failure
        return self.diff

    def read_at(self, sha: str, path: str) -> bytes | None:
        self.log.append(f"read {path} at the base")
        return self.at_base.get(path) if sha == self.diff.base.sha else None

    def read_head(self, path: str) -> bytes | None:
        self.log.append(f"read {path}")
        return self.on_disk.get(path)

    def python_files(self) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.on_disk if path.endswith(".py")))

    def activity(self) -> Activity:
        self.log.append("read the history")
        return self.history

    def attributes(self, sha: str, paths: Iterable[str]) -> Mapping[str, str]:
        self.log.append("read the attributes of the base")
        return {path: self.marked[path] for path in paths if path in self.marked and sha == self.diff.base.sha}

    def python_files_at(self, sha: str) -> tuple[str, ...]:
        self.log.append("list the base")
        return tuple(sorted(path for path in self.at_base if path.endswith(".py"))) if sha == self.diff.base.sha else ()

    def lay_out(self, sha: str) -> BaseTree:
        self.log.append(f"lay out {sha[:7]}")
        if self.unlaid:
            raise self.unlaid
        return BaseTree("/base", self.missing)


@dataclass
class FakeSuite:
    """ports.Suite: answers the same whatever is ordered; `log` is to be the repository's own.

    `base` is what comes of running it on the base, which was asked for by `base_orders`.
    """

    snapshot: Snapshot
    result: SuiteResult = PASSED
    exclusions: tuple[PolicyChange, ...] = ()
    failure: Exception | None = None
    log: list[str] = field(default_factory=list)
    orders: list[SuiteOrder] = field(default_factory=list)
    data: KeptData | None = None
    base: Measurement | Exception = NOT_RUNNABLE
    base_orders: list[SuiteOrder] = field(default_factory=list)

    def measure(self, order: SuiteOrder) -> Measurement:
        return self._answer("the suite runs", order)

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        return self._answer(f"read {' '.join(data)}", order)

    def measure_base(self, tree: BaseTree, order: SuiteOrder) -> Measurement:
        self.log.append(f"the suite runs in {tree.path}")
        self.base_orders.append(order)
        if isinstance(self.base, Exception):
            raise self.base
        return self.base

    def _answer(self, words: str, order: SuiteOrder) -> Measurement:
        self.log.append(words)
        self.orders.append(order)
        if self.failure:
            raise self.failure
        return Measurement(self.snapshot, self.result, self.exclusions, data=self.data)


@dataclass
class FakeBaselines:
    """ports.Baselines: `lines` is the history; `stored` and `pages` are what it was asked to keep."""

    baseline: Baseline = NO_BASELINE
    lines: tuple[HistoryLine, ...] = ()
    answer: Kept = KEPT
    stored: list[Stored] = field(default_factory=list)
    pages: list[Mapping[str, str]] = field(default_factory=list)

    def find(self, diff: Diff) -> Baseline:  # noqa: ARG002  # the same for all
        return self.baseline

    def history(self) -> tuple[HistoryLine, ...]:
        return self.lines

    def keep(self, stored: Stored, pages: Callable[[tuple[HistoryLine, ...]], Mapping[str, str]]) -> Kept:
        self.stored.append(stored)
        self.pages.append(pages((*self.lines, stored.line)))
        return self.answer


@dataclass
class FakeForge:
    """ports.Forge: `bodies` are what it was asked to post, with whether it might create a comment for it; `checks`."""

    answer: Posted = CREATED
    bodies: list[tuple[str, bool]] = field(default_factory=list)
    checks: list[CheckRun] = field(default_factory=list)

    def post_comment(self, body: str, marker: str, *, create: bool = True) -> Posted:
        assert body.startswith(marker)
        self.bodies.append((body, create))
        return self.answer

    def post_check(self, check: CheckRun) -> Posted:
        self.checks.append(check)
        return self.answer


@dataclass
class FakeOutput:
    """ports.Output: keeps everything."""

    files: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    summary: str = ""
    annotations: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    shown: list[Report | str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    doings: list[str] = field(default_factory=list)
    failure: Exception | None = None

    def write(self, name: str, text: str) -> str:
        self.files[name] = text
        return f".covgate/{name}"

    def write_bytes(self, name: str, content: bytes) -> str:
        self.contents[name] = content
        return f".covgate/{name}"

    def keep(self, name: str, source: str) -> str:
        self.files[name] = f"the file {source}"
        return f".covgate/{name}"

    def summarise(self, text: str) -> None:
        self.summary += text

    def annotate(self, text: str) -> None:
        self.annotations += text

    def set_outputs(self, values: Mapping[str, str]) -> None:
        self.outputs.update(values)

    def show(self, report: Report | str) -> None:
        if self.failure:
            raise self.failure
        self.shown.append(report)

    def tell(self, words: str) -> None:
        self.words.append(words)

    def progress(self, words: str) -> None:
        self.doings.append(words)


@dataclass
class World:
    """All ports of one run, from a picture of the source (see tests/sketch.py)."""

    repository: FakeRepository
    suite: FakeSuite
    baselines: FakeBaselines = field(default_factory=FakeBaselines)
    forge: FakeForge = field(default_factory=FakeForge)
    output: FakeOutput = field(default_factory=FakeOutput)

    @property
    def ports(self) -> Ports:
        return Ports(self.repository, self.suite, self.baselines, self.forge, self.output)

    @property
    def log(self) -> list[str]:
        """What was asked of the repository and the suite, in order."""
        return self.repository.log


def world(drawn: str | Sketch, *, settings: str | None = None, files: Iterable[tuple[str, bytes]] = ()) -> World:
    """The ports of a run on this picture; `settings` is the base's `.covgate.yml`, `files` more of its files."""
    head, diff = sketch(drawn) if isinstance(drawn, str) else drawn
    at_base = dict(files) if settings is None else {".covgate.yml": settings.encode(), **dict(files)}
    on_disk = {file.path: file.path.encode() for file in (*head.files, *head.unmeasured)}
    repository = FakeRepository(diff, at_base, on_disk)
    return World(repository, FakeSuite(head, log=repository.log))


def fingerprint(path: str) -> str:
    """That of the content that `world` gives a file."""
    return sha256(path.encode()).hexdigest()
