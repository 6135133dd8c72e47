"""What was measured of the default branch, commit by commit."""

from dataclasses import dataclass
from datetime import datetime

from covgate.model.ratio import Ratio
from covgate.model.snapshot import Snapshot
from covgate.model.suite import SuiteResult


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One commit's totals.

    Shape:  `time` is the commit's, with its offset from UTC; `queued` says that a merge queue measured the commit and
            that no run on the default branch has done so since.
    Units:  wall-clock seconds of the suite, None where no suite was run.
    """

    sha: str
    parents: tuple[str, ...]
    time: datetime
    line: Ratio
    branch: Ratio
    combined: Ratio
    seconds: float | None = None
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A commit's whole snapshot, as it is kept for later runs to compare with.

    Shape:  `covgate` is the version that made it; coverage.py's and Python's are in the snapshot's origin; `dirty` says
            that there were edits on top of the commit: such a snapshot is nobody's baseline.
    """

    sha: str
    parents: tuple[str, ...]
    time: datetime
    snapshot: Snapshot
    suite: SuiteResult
    covgate: str
    queued: bool = False
    dirty: bool = False

    @property
    def line(self) -> HistoryLine:
        """The same in one line of the history."""
        of, ran = self.snapshot, self.suite.exit_code is not None
        seconds = self.suite.seconds if ran else None
        return HistoryLine(self.sha, self.parents, self.time, of.line, of.branch, of.combined, seconds, self.queued)
