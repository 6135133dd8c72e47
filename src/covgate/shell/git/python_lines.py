"""Lines as Python counts them, where Git counts otherwise.

Git ends a line at a line feed only. To Python a carriage return ends one as well, and a declared encoding may hide line
ends in what Git takes for one line: a change of a single line to Git would be a whole module to Python.
"""

import io
import tokenize
from dataclasses import dataclass, replace
from itertools import accumulate

from covgate.model.diff import ChangeKind, FileChange, Hunk

PYTHON_ENDINGS = (".py", ".pyw")
_PLAIN = bytes(set(range(128)) - {ord("\\")}) + b"\\n\\x0a\\u000a+AAo-~{"
"""What an encoding must leave as it is, so that its lines are those of its bytes."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How many of Python's lines each of Git's lines is, summed up.

    Shape:  `ends` has for each of Git's lines, beginning with a 0 before the first, the last of Python's.
    """

    ends: tuple[int, ...]

    @classmethod
    def of(cls, content: bytes) -> "Lines":
        """Those of a file."""
        counts = (1 + line.removesuffix(b"\r").count(b"\r") for line in content.split(b"\n"))
        return cls(tuple(accumulate(counts, initial=0)))

    @property
    def are_git_s(self) -> bool:
        """Whether both count alike."""
        return self.ends[-1] == len(self.ends) - 1

    def span(self, start: int, count: int) -> tuple[int, int]:
        """Start and count of a hunk's side in Python's lines. What lies beyond the end stays there."""
        first, last = (min(place, len(self.ends) - 1) for place in (start - 1 if count else start, start + count - 1))
        if not count:
            return self.ends[first], 0
        return self.ends[first] + 1, self.ends[last] - self.ends[first]


def is_python(path: str) -> bool:
    """Whether this is a Python source by its name."""
    return path.endswith(PYTHON_ENDINGS)


def in_python_s_lines(change: FileChange, then: bytes, now: bytes) -> FileChange:
    """The change of a file with these contents, its hunks in the lines that Python counts."""
    before, after = Lines.of(then), Lines.of(now)
    return replace(change, hunks=tuple(_hunk(hunk, before, after) for hunk in change.hunks))


def _hunk(hunk: Hunk, before: Lines, after: Lines) -> Hunk:
    return Hunk(*before.span(hunk.old_start, hunk.old_count), *after.span(hunk.new_start, hunk.new_count))


def whole(change: FileChange, now: bytes) -> FileChange:
    """The change as one of every line: what stood there before tells nothing about what stands there now."""
    most = Lines.of(now).ends[-1] if has_plain_encoding(now) else len(now) + 1  # no encoding makes more of so many
    return FileChange(change.path, ChangeKind.ADDED, (Hunk(0, 0, 1, most),))


def has_plain_encoding(content: bytes) -> bool:
    """Whether the encoding that a source declares has the line ends that its bytes have."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return encoding == "utf-8" or _PLAIN.decode(encoding) == _PLAIN.decode("ascii")
    except (SyntaxError, UnicodeError, LookupError):
        # No Python reads it as it says; a name that this one does not know may mean anything to another.
        return b"coding" not in b"".join(content.split(b"\n", 2)[:2])


def differ(blob: bytes, on_disk: bytes) -> bool:
    """Whether a file on disk is another text than its blob; line ends are Git's to convert."""
    return blob.replace(b"\r\n", b"\n") != on_disk.replace(b"\r\n", b"\n")
