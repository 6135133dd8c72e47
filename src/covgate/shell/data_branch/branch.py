"""ports.Baselines on a branch of the repository itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from covgate.errors import CovgateError
from covgate.model.comparison import Baseline, Missing
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.model.place import Place
from covgate.parse.history_lines import history_from
from covgate.ports import Kept
from covgate.shell.data_branch.bare import Bare
from covgate.shell.data_branch.finding import Finder, Opened
from covgate.shell.data_branch.layout import HISTORY, Tip
from covgate.shell.data_branch.merging import Pages
from covgate.shell.data_branch.patience import Deadline, Patience, UnreachableError
from covgate.shell.data_branch.trust import unfit
from covgate.shell.data_branch.writing import Writer, not_stored
from covgate.shell.git.repository import GitRepository

Answer = TypeVar("Answer")


def quiet(_words: str) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class DataBranch:
    """ports.Baselines, kept on the branch `branch` of the remote.

    Shape:  `here` says what this run is; `bare` is its own from before the suite until after it; `progress` is told
            what is going on before anything is asked of the remote.
    """

    here: Place
    branch: str
    bare: Bare
    repository: GitRepository
    patience: Patience = field(default_factory=Patience)
    progress: Callable[[str], None] = quiet
    _seen: Opened | None = None

    def find(self, diff: Diff) -> Baseline:
        """The snapshot of the change's base or of its nearest ancestor, or the reason why there is none."""
        self.progress("Looking for a snapshot of the base")
        return _or_words(partial(self._found, diff), lambda words: Missing(f"`{self.branch}` cannot be read: {words}"))

    def history(self) -> tuple[HistoryLine, ...]:
        """The default branch's totals as `find` saw them, oldest first; none where nothing could be read."""
        return self._seen.history if self._seen else ()

    def read_history(self) -> tuple[HistoryLine, ...] | str:
        """The default branch's totals as they are now, oldest first, or why there are none, as a clause."""

        def read() -> tuple[HistoryLine, ...] | str:
            opened = self._opened(self.patience.begin())
            return opened.history or _nothing(self.branch, opened.tip)

        return _or_words(read, lambda words: f"`{self.branch}` cannot be read: {words}")

    def keep(self, stored: Stored, pages: Pages) -> Kept:
        """Stores a snapshot of the default branch, where this run is one to be trusted with it."""
        reason = unfit(self.here, stored)
        if reason:
            return Kept("skipped", reason)
        if self.branch == self.here.default_branch:
            return Kept("refused", not_stored(stored, self.branch, "this is the default branch. Name another one."))
        self.bare.expect(stored.sha)
        writer = Writer(self.bare, self.branch, self.patience.begin())

        def refused(words: str) -> Kept:
            return Kept("refused", not_stored(stored, self.branch, f"{words}."))

        try:
            return _or_words(lambda: writer.write(stored, pages), refused)
        except Exception as error:  # noqa: BLE001  # the verdict has been told and stands, whatever is wrong here
            return refused(f"covgate has a bug ({type(error).__name__}: {error})")

    def _found(self, diff: Diff) -> Baseline:
        deadline = self.patience.begin()
        self.bare.expect(diff.base.sha)
        self._seen = opened = self._opened(deadline)
        if not opened.tip.sha or opened.tip.is_foreign:
            return Missing(_nothing(self.branch, opened.tip))
        return Finder(self.bare, self.branch, self.repository, opened, deadline).find(diff)

    def _opened(self, deadline: Deadline) -> Opened:
        tip = self.bare.tip(self.branch, deadline)
        if not tip.sha or tip.is_foreign:
            return Opened(tip)
        return Opened(tip, history_from(self.bare.read(tip.root[HISTORY].name, deadline)))


def _nothing(branch: str, tip: Tip) -> str:
    if not tip.sha:
        return f"there is no branch `{branch}` yet: the first run on the default branch makes it"
    if tip.is_foreign:
        return f"the branch `{branch}` holds something else than covgate's data"
    return f"the branch `{branch}` holds no measured commit"


def _or_words(work: Callable[[], Answer], otherwise: Callable[[str], Answer]) -> Answer:
    """The work's answer, or one made of what kept it from being done: no baseline is worth a verdict."""
    try:
        return work()
    except UnreachableError as error:
        return otherwise(error.words)
    except CovgateError as error:
        return otherwise(error.what.removesuffix("."))
    except OSError as error:
        return otherwise(error.strerror or str(error))
