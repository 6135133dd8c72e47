"""What lies on the data branch, and what lies there once a run has added its part."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from covgate.parse.history_lines import Record

HISTORY = "history.jsonl"
SNAPSHOTS = "snapshots"
MOST_SNAPSHOTS = 50
_SNAPSHOT = re.compile(rf"{SNAPSHOTS}/((?:[0-9a-f]{{40}}|[0-9a-f]{{64}}))\.json\.gz")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a tree, in Git's words."""

    mode: str
    kind: str
    name: str


def file_entry(name: str) -> Entry:
    """An ordinary file with the object `name` for its content."""
    return Entry("100644", "blob", name)


@dataclass(frozen=True, slots=True)
class Tip:
    """The data branch as it is.

    Shape:  `sha` is its commit, "" where there is no such branch yet; `root` are the entries of its top by their names;
            `snapshots` are the objects of the snapshots by the commits that they are of; `tree` is its tree's name.
    """

    sha: str = ""
    tree: str = ""
    root: Mapping[str, Entry] = field(default_factory=dict)
    snapshots: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        """Whether the branch holds something else than what covgate keeps there: it must not be replaced."""
        return bool(self.sha) and (HISTORY not in self.root or self.root[HISTORY].kind != "blob")


def tip_of(sha: str, tree: str, listed: bytes) -> Tip:
    """The branch at a commit, from what `git ls-tree -r -t -z` lists."""
    root: dict[str, Entry] = {}
    snapshots: dict[str, str] = {}
    for record in listed.split(b"\0")[:-1]:
        words, _, path = record.decode("utf-8", "surrogateescape").partition("\t")
        entry = Entry(*words.split(" ")[:3])
        if "/" not in path:
            root[path] = entry
        elif (found := _SNAPSHOT.fullmatch(path)) and entry.kind == "blob":
            snapshots[found[1]] = entry.name
    return Tip(sha, tree, root, snapshots)


def snapshot_name(sha: str) -> str:
    """The file's name within its folder."""
    return f"{sha}.json.gz"


def newest(snapshots: Mapping[str, str], history: Iterable[Record]) -> dict[str, str]:
    """The snapshots to keep: those of the newest commits of the history, and none that the history does not know."""
    known = [record.sha for record in history if record.sha in snapshots]
    return {sha: snapshots[sha] for sha in known[-MOST_SNAPSHOTS:]}
