"""What a ranking signal is, and what it may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from covgate.model.activity import Activity, FileActivity
from covgate.model.comparison import Comparison
from covgate.model.gap import Gap
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.snapshot import FileCoverage
from covgate.model.sources import Sources

NO_ACTIVITY = Activity(unknown="The history was not read.")
NO_SOURCES = Sources()
Answer = tuple[float, str] | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of paths that the repository named; `critical` ones come ahead where a strategy says so."""

    name: str
    paths: tuple[str, ...]
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the signals know beside the gap itself.

    Shape:  `comparison` is None where there is no change to look at; `marked` tells of files that the base's
            `.gitattributes` marks what they are ("generated", "vendored"); `layers` are names in their order;
            `files` are the snapshot's by path, `importers` count the files that import one, by its path, and
            `complexities` are those of functions by path and line of `def`: these are filled in by `rank_project`.
    """

    comparison: Comparison | None = None
    sources: Sources = NO_SOURCES
    activity: Activity = NO_ACTIVITY
    marked: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    layers: tuple[str, ...] = ()
    files: Mapping[str, FileCoverage] = field(default_factory=dict)
    importers: Mapping[str, int] = field(default_factory=dict)
    complexities: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def active(self, path: str) -> FileActivity | None:
        """A file's activity; None where the history is not known."""
        return None if self.activity.unknown else self.activity.files.get(path, FileActivity())


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to test a gap before another.

    Shape:  `read` speaks of a gap of the change, `of_file` and `of_function` of gaps of the project: each gives a
            number and the words shown for it, or None where it has nothing to say; it is None itself where there is
            nothing of this kind to say at all. The score of a change's gap is the sum of its numbers times the
            signals' weights; gaps of the project are ordered by a strategy. What `of_file` is given has the readings
            of its functions.
    """

    id: str
    summary: str
    weight: float = 0.0
    read: Callable[[Gap, Evidence], Answer] | None = None
    of_file: Callable[[FileGap, Evidence], Answer] | None = None
    of_function: Callable[[FunctionGap, FileGap, Evidence], Answer] | None = None
