"""Report: all that a renderer may show. Renderers compute nothing else."""

from dataclasses import dataclass

from covgate.model.comparison import Comparison
from covgate.model.component import ComponentReport
from covgate.model.gap import RankedGap
from covgate.model.history import HistoryLine
from covgate.model.place import PullRequest
from covgate.model.plan import FileGap, Plan
from covgate.model.policy import Policy, PolicyChange
from covgate.model.suite import SuiteResult
from covgate.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Links:
    """Where the head's lines can be seen.

    Shape:  `blob` is a URL without the path ("https://github.com/o/r/blob/<sha>"), "" where there is none to link to;
            `run` the workflow run's URL or "".
    """

    blob: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One run's whole answer.

    Shape:  `gaps` are all gaps of the change, the one to close first in front; `top` how many of them short forms show;
            `notes` are remarks on this run (what was guessed, what could not be had); `version` is covgate's;
            `pull_request` the one that the run was made for, None where it was made for none; `enough` how many of
            `gaps`, from the first, must be closed until every failed rule on changed lines holds, None where none did
            fail or all of them are not enough; `project_gaps` are the gaps of all files, the one to close first in
            front, and `plan` how to close them, None where nothing is planned; `fewest` are the places in `gaps` of the
            fewest that turn every failed rule green, none where no set does; `history` are the default branch's
            totals, oldest first; `proposals` are settings that the repository could raise now, and `patch` is
            that as a patch of the settings file, "" where it cannot be told by lines; `coming` says what will
            be required soon, a sentence each; `components` are the parts of a monorepo: `verdict` concludes the worst
            of them and of the whole, and its results are the whole's.
    """

    verdict: Verdict
    comparison: Comparison
    suite: SuiteResult
    gaps: tuple[RankedGap, ...]
    policy: Policy
    version: str
    links: Links = Links()
    top: int = 5
    key: str = "default"
    notes: tuple[str, ...] = ()
    pull_request: PullRequest | None = None
    enough: int | None = None
    project_gaps: tuple[FileGap, ...] = ()
    plan: Plan | None = None
    history: tuple[HistoryLine, ...] = ()
    proposals: tuple[PolicyChange, ...] = ()
    coming: tuple[str, ...] = ()
    patch: str = ""
    components: tuple[ComponentReport, ...] = ()
    fewest: tuple[int, ...] = ()

    @property
    def statements_short(self) -> int:
        """How many more statements must be covered for the rule that lacks most of them, components' rules included."""
        return max(one.statements_short for one in (self.verdict, *(part.verdict for part in self.components)))
