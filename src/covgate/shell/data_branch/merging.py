"""A run's part added to the data branch as it is: the new tree, put together from objects."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from covgate.model.history import HistoryLine, Stored
from covgate.parse.history_lines import Record, history_text, with_line
from covgate.shell.data_branch.bare import Bare
from covgate.shell.data_branch.layout import HISTORY, SNAPSHOTS, Entry, Tip, file_entry, newest, snapshot_name

Pages = Callable[[tuple[HistoryLine, ...]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Addition:
    """What a run adds: a snapshot, with the object that holds it, and pages for readers."""

    stored: Stored
    snapshot: str
    pages: Pages


def merged(tip: Tip, history: Iterable[Record], addition: Addition, bare: Bare) -> str:
    """The tree of the branch with the addition; what others put at its top stays.

    Shape:  returns the tree's name.
    """
    records = with_line(history, addition.stored.line)
    snapshots = newest({**tip.snapshots, addition.stored.sha: addition.snapshot}, records)
    files = {HISTORY: history_text(records), **_pages(addition.pages, records)}
    folder = bare.tree((snapshot_name(sha), file_entry(name)) for sha, name in sorted(snapshots.items()))
    root = dict(tip.root)
    root |= {name: file_entry(bare.store(_bytes(text))) for name, text in files.items()}
    root |= {SNAPSHOTS: Entry("040000", "tree", folder)}
    return bare.tree(sorted(root.items()))


def _pages(pages: Pages, records: Iterable[Record]) -> dict[str, str]:
    made = pages(tuple(record.known for record in records if record.known))
    taken = (HISTORY, SNAPSHOTS)
    assert not any("/" in name or name in taken for name in made), sorted(made)
    return dict(made)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
