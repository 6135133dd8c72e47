"""What changed: files, and lines in them, between a base commit and the tree that was measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal

from covgate.model.lines import LineSet

_FAR_BELOW = 10**9  # further down than any file goes


class ChangeKind(Enum):
    """What happened to a file."""

    ADDED = "added"
    MODIFIED = "modified"
    RENAMED = "renamed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of changed lines without context, as the header of a `git diff -U0` hunk gives it.

    Units:  1-based starts; a count of 0 means that nothing stood there, and the start is the line before.
    """

    old_start: int
    old_count: int
    new_start: int
    new_count: int


@dataclass(frozen=True, slots=True)
class FileChange:
    """One changed file.

    Shape:  `path` is the head's path, or the base's for a deleted file; `old_path` is set for a rename;
            `hunks` are sorted and empty for binary files, submodules, symlinks and changes of mode only;
            `generated` as the base's `.gitattributes` say: nobody writes such lines, and nobody tests them.
    """

    path: str
    kind: ChangeKind
    hunks: tuple[Hunk, ...] = ()
    old_path: str | None = None
    binary: bool = False
    generated: bool = False

    @property
    def added(self) -> LineSet:
        """Lines of the head that this change added or rewrote."""
        return LineSet.spanning((h.new_start, h.new_start + h.new_count - 1) for h in self.hunks if h.new_count)

    @property
    def removed(self) -> LineSet:
        """Lines of the base that this change removed or rewrote."""
        return LineSet.spanning((h.old_start, h.old_start + h.old_count - 1) for h in self.hunks if h.old_count)

    def new_line(self, old_line: int) -> int | None:
        """Where a line of the base stands in the head; None where the change removed it."""
        shift = 0
        for hunk in self.hunks:
            last = hunk.old_start + max(hunk.old_count - 1, 0)
            if hunk.old_count and hunk.old_start <= old_line <= last:
                return None
            if old_line > last:
                shift += hunk.new_count - hunk.old_count
        return old_line + shift

    def forward(self, lines: LineSet) -> LineSet:
        """Where these lines of the base stand in the head, without those that the change removed."""
        return LineSet.spanning(
            (a + shift, b + shift)
            for first, last, shift in self._unchanged()
            for a, b in (lines & LineSet(((first, last),))).ranges
        )

    def backward(self, lines: LineSet) -> LineSet:
        """Where these lines of the head stood in the base, without those that the change added."""
        return LineSet.spanning(
            (a - shift, b - shift)
            for first, last, shift in self._unchanged()
            for a, b in (lines & LineSet(((first + shift, last + shift),))).ranges
        )

    def _unchanged(self) -> Iterator[tuple[int, int, int]]:
        """The base's lines between hunks as (first, last, by how many lines they moved)."""
        begin, shift = 1, 0
        for hunk in self.hunks:
            end = hunk.old_start - bool(hunk.old_count)
            if begin <= end:
                yield begin, end, shift
            begin = end + hunk.old_count + 1
            shift += hunk.new_count - hunk.old_count
        yield begin, _FAR_BELOW, shift


@dataclass(frozen=True, slots=True)
class Base:
    """The commit that the change is measured against, and how it was found."""

    sha: str
    how: Literal["merge parent", "merge base", "given"]


@dataclass(frozen=True, slots=True)
class Head:
    """The tree that was measured: a commit, with or without changes in the working tree on top.

    Shape:  `parents` and `time` are the commit's as it tells them itself, with the time's offset from UTC; none and
            None where they are not known.
    """

    sha: str | None
    dirty: bool = False
    parents: tuple[str, ...] = ()
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Diff:
    """The change.

    Shape:  `files` are sorted by path.
    """

    base: Base
    head: Head
    files: tuple[FileChange, ...] = ()

    def file(self, path: str) -> FileChange | None:
        """The change of this path."""
        return next((file for file in self.files if file.path == path), None)
