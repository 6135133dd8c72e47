"""What Git tracks: coverage data that a change brought along are not this run's."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from covgate.errors import MeasurementError

_SHA1 = 40


@dataclass(frozen=True, slots=True)
class Committed:
    """The files of the head's commit and of the base's.

    Shape:  `head` and `base` have the blob's name of each path, relative to `root`; a submodule is one path.
    """

    root: Path = Path()
    head: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)

    def holds(self, file: Path) -> bool:
        """Whether a file is of the head's commit, by its own name or through a link."""
        return self._tracked(file) is not None

    def remark(self, file: Path, where: str) -> str:
        """What the reader has to know of a file that the workflow names, or "".

        Errors: MeasurementError where the change brings the file along, or where it is as it was committed.
        """
        path = self._tracked(file)
        if path is None:
            return ""
        if self.base.get(path) != self.head[path]:
            hint = "Take it out of the change; a step of the workflow writes it."
            raise MeasurementError("this change brings the coverage data along itself", where=where, hint=hint)
        if _blob(file, self.head[path]) == self.head[path]:
            hint = "Let a step of this job write it, and take it out of the repository."
            raise MeasurementError("the file is as it was committed: nothing was measured", where=where, hint=hint)
        return f"{where} is tracked by Git, though a step wrote it anew: take it out of the repository."

    def _tracked(self, file: Path) -> str | None:
        """The path that Git knows a file by, the submodule's for a file in one; None where it does not know it."""
        if not self.head:
            return None
        places = (place for place in (file, file.resolve()) if place.is_relative_to(self.root))
        names = [one.as_posix() for place in places for one in _upwards(place.relative_to(self.root))]
        return next((name for name in names if name in self.head), None)


NOTHING_COMMITTED = Committed()


def _upwards(path: Path) -> tuple[Path, ...]:
    return (path, *path.parents)


def _blob(file: Path, like: str) -> str:
    """The name that Git gives the file's content, in the kind of hash that `like` is one of; "" where it is no file."""
    try:
        digest = hashlib.new("sha1" if len(like) == _SHA1 else "sha256", usedforsecurity=False)
        with file.open("rb") as content:
            digest.update(b"blob %d\0" % file.stat().st_size)
            while part := content.read(1 << 20):
                digest.update(part)
    except OSError:
        return ""
    return digest.hexdigest()
