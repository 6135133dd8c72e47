"""The snapshot of a commit, or of the nearest commit before it that has one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from covgate.errors import ComparisonError, MeasurementError
from covgate.model.comparison import Baseline, Known, Missing
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.parse.stored_snapshot import stored_from
from covgate.shell.data_branch.ancestry import MOST_COMMITS, Ancestor, Graph, is_complete, nearest
from covgate.shell.data_branch.bare import Bare
from covgate.shell.data_branch.layout import Tip
from covgate.shell.data_branch.patience import Deadline, UnreachableError
from covgate.shell.git.repository import GitRepository


@dataclass(frozen=True, slots=True)
class Opened:
    """The data branch as it was before the suite ran."""

    tip: Tip
    history: tuple[HistoryLine, ...] = ()


@dataclass(slots=True)
class Finder:
    """Looks for one base."""

    bare: Bare
    branch: str
    repository: GitRepository
    opened: Opened
    deadline: Deadline
    passed_over: list[str] = field(default_factory=list)
    cut_off: str = ""

    def find(self, diff: Diff) -> Baseline:
        """The base's snapshot, or the nearest's, or why there is none.

        Errors: UnreachableError; ComparisonError.
        """
        base = diff.base.sha
        for ancestor in self._candidates(base):
            stored = self._read(ancestor.sha)
            if stored:
                return self._known(stored, ancestor)
        return Missing(self._reason(base))

    def _candidates(self, base: str) -> Iterator[Ancestor]:
        snapshots = self.opened.tip.snapshots
        if base in snapshots:
            yield Ancestor(base, 0)
        found = nearest(self._graph(base), base, snapshots) if snapshots else ()
        yield from (ancestor for ancestor in found if ancestor.sha != base)

    def _graph(self, base: str) -> Graph:
        """What is known of the commits before the base, with the remote asked only where that does not tell enough."""
        recorded = {line.sha: line.parents for line in self.opened.history}
        graph = recorded | self.repository.commits_before(base, MOST_COMMITS + 1)
        found = nearest(graph, base, self.opened.tip.snapshots)
        if (found and found[0].exact) or is_complete(graph, base):
            return graph
        try:
            return graph | self.bare.commits_before(base, MOST_COMMITS + 1, self.deadline)
        except (UnreachableError, ComparisonError) as error:
            self.cut_off = error.words if isinstance(error, UnreachableError) else error.what
            return graph

    def _read(self, sha: str) -> Stored | None:
        """A commit's snapshot; None where it cannot be used, which is remembered."""
        stored: Stored | None = None
        try:
            stored = stored_from(self.bare.read(self.opened.tip.snapshots[sha], self.deadline), "")
            reason = "" if stored.sha == sha and not stored.dirty else "the stored snapshot is of something else"
        except MeasurementError as error:
            reason = error.what
        if reason:
            self.passed_over.append(f"`{sha[:7]}` was passed over: {reason}.")
        return None if reason else stored

    def _known(self, stored: Stored, ancestor: Ancestor) -> Baseline:
        try:
            since = self.repository.changes_since(stored.sha, self.deadline.left) if ancestor.behind else None
        except ComparisonError as error:
            return Missing(f"the nearest snapshot on `{self.branch}` is of a commit that is not here: {error.what}")
        return Known(
            stored.snapshot,
            stored.sha,
            "data branch",
            behind=ancestor.behind,
            since=since,
            suite=stored.suite,
            covgate=stored.covgate,
            remarks=tuple(f"The snapshot of {words}" for words in self.passed_over),
        )

    def _reason(self, base: str) -> str:
        if self.passed_over:
            return f"no snapshot on `{self.branch}` can be used: {' '.join(self.passed_over)}".rstrip(".")
        if self.cut_off:
            return (
                f"`{self.branch}` has no snapshot of {base[:7]}, and the commits before it could not be fetched: "
                f"{self.cut_off}"
            )
        return f"`{self.branch}` has no snapshot of {base[:7]} nor of any of the {MOST_COMMITS} commits before it"
