"""Reads what `git diff` prints.

Names come from `--raw -z`, lines from the headers of hunks. What the lines hold is never looked at, so that nothing a
file contains can pose as a header: a hunk's length tells how many lines to skip.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from covgate.errors import ComparisonError
from covgate.model.diff import ChangeKind, FileChange, Hunk

_KINDS = {"A": ChangeKind.ADDED, "D": ChangeKind.DELETED, "R": ChangeKind.RENAMED}
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_REGULAR = "100"


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A record of `git diff --raw -z`.

    Shape:  modes in octal, "000000" where nothing stands on that side; `status` is git's letter; `blob` is the id of
            the content on the new side, zeros where only the disk has it.
    """

    old_mode: str
    new_mode: str
    status: str
    path: str
    old_path: str | None = None
    blob: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether it is a regular file: links and submodules have no lines of their own."""
        side = self.old_mode if self.status == "D" else self.new_mode
        return side.startswith(_REGULAR)

    @property
    def parts(self) -> int:
        """How many sections of the patch belong to it: a change of type is printed as a removal and an addition."""
        return 2 if self.status == "T" else 1


@dataclass(frozen=True, slots=True)
class Section:
    """One file's part of a patch."""

    hunks: tuple[Hunk, ...]
    has_nul: bool


def raw_entries(output: bytes) -> Iterator[RawEntry]:
    """The records of `git diff --raw -z --no-abbrev`, in git's order."""
    fields = iter(output.split(b"\0")[:-1])
    for field in fields:
        old_mode, new_mode, _, blob, status = field.decode("ascii").lstrip(":").split(" ")
        path = _path(next(fields))
        if status.startswith("R"):
            yield RawEntry(old_mode, new_mode, status[0], _path(next(fields)), path, blob)
        else:
            yield RawEntry(old_mode, new_mode, status[0], path, blob=blob)


def sections(output: bytes) -> Iterator[Section]:
    """The parts of `git diff -p -U0`, in git's order."""
    lines = output.split(b"\n")
    hunks: list[Hunk] | None = None
    has_nul = False
    at = 0
    while at < len(lines):
        header = _HUNK.match(lines[at])
        at += 1
        if header and hunks is not None:
            hunks.append(_hunk(header))
            end = _end(lines, at, hunks[-1])
            has_nul = has_nul or any(b"\0" in line for line in islice(lines, at, end))
            at = end
        elif lines[at - 1].startswith(b"diff --git "):
            if hunks is not None:
                yield Section(tuple(hunks), has_nul)
            hunks, has_nul = [], False
    if hunks is not None:
        yield Section(tuple(hunks), has_nul)


def file_changes(entries: Iterator[RawEntry], parts: Iterator[Section]) -> tuple[FileChange, ...]:
    """Names and lines put together, sorted by path.

    Errors: ComparisonError where the two do not belong together: the tree is being edited.
    """
    changes = []
    for entry in entries:
        own = list(islice(parts, entry.parts))
        if len(own) < entry.parts:
            raise _moving()
        changes.append(_change(entry, own))
    if next(parts, None):
        raise _moving()
    return tuple(sorted(changes, key=lambda change: change.path))


def _change(entry: RawEntry, own: list[Section]) -> FileChange:
    kind = _KINDS.get(entry.status, ChangeKind.MODIFIED)
    # A Python file with a NUL is still read line by line: declaring it binary must hide nothing.
    binary = entry.has_lines and not entry.path.endswith((".py", ".pyw")) and any(part.has_nul for part in own)
    hunks = own[-1].hunks if entry.has_lines and not binary else ()
    return FileChange(entry.path, kind, hunks, entry.old_path, binary)


def _hunk(header: re.Match[bytes]) -> Hunk:
    old_start, old_count, new_start, new_count = (1 if number is None else int(number) for number in header.groups())
    return Hunk(old_start, old_count, new_start, new_count)


def _end(lines: list[bytes], start: int, hunk: Hunk) -> int:
    """The index behind a hunk's lines: removed, then added, each perhaps with a remark on a missing newline."""
    at = start
    for count in (hunk.old_count, hunk.new_count):
        at += count
        if count and at < len(lines) and lines[at].startswith(b"\\"):
            at += 1
    return at


def _path(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _moving() -> ComparisonError:
    return ComparisonError("Files changed while git compared them.", hint="Run covgate again when the tree is at rest.")
