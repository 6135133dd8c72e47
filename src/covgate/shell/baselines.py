"""Snapshots of earlier commits: where they are kept, or why they are not."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from covgate.model.comparison import Baseline, Missing
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.model.place import Place
from covgate.ports import Kept
from covgate.shell.data_branch import Bare, DataBranch, Patience, quiet, remote_of
from covgate.shell.git.process import FetchCredentials
from covgate.shell.git.repository import GitRepository

TERMINAL_SECONDS = 20.0  # somebody sits there and waits, perhaps in a train


@dataclass(frozen=True, slots=True)
class NoBaselines:
    """ports.Baselines where no snapshots of earlier commits are kept."""

    reason: str = "nothing is stored for the base yet"

    def find(self, diff: Diff) -> Baseline:  # noqa: ARG002  # nothing is stored of any
        """Nothing, and the reason."""
        return Missing(self.reason)

    def history(self) -> tuple[HistoryLine, ...]:
        """None."""
        return ()

    def read_history(self) -> str:
        """Nothing, and the reason."""
        return self.reason

    def keep(self, stored: Stored, pages: Callable[[tuple[HistoryLine, ...]], Mapping[str, str]]) -> Kept:  # noqa: ARG002  # nowhere to
        """Not stored."""
        return Kept("skipped", "Nothing is stored.")


@contextmanager
def baselines(
    here: Place,
    branch: str,
    repository: GitRepository,
    credentials: FetchCredentials | None,
    environment: Mapping[str, str],
    *,
    progress: Callable[[str], None] = quiet,
) -> Iterator[DataBranch | NoBaselines]:
    """Snapshots on the branch of this name, in the repository that this run belongs to.

    Shape:  what is fetched lies in a folder that other users cannot enter, and is gone afterwards; `progress` is told
            what is going on.
    """
    remote = remote_of(here, "" if here.kind == "github" else repository.remote_url(), credentials)
    if remote is None:
        yield NoBaselines("there is no remote repository that snapshots of earlier commits could be kept in")
        return
    patience = Patience(TERMINAL_SECONDS) if here.kind == "terminal" else Patience()
    with tempfile.TemporaryDirectory(prefix="covgate-") as scratch:
        yield DataBranch(here, branch, Bare(Path(scratch), remote, environment), repository, patience, progress)
