"""Finds the files that `covgate report --data` means, and reads them with care."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from wcmatch import fnmatch, glob
from wcmatch._wcparse import PatternLimitException  # documented, and public nowhere

from covgate.errors import MeasurementError
from covgate.parse.combine import few
from covgate.parse.input_format import InputFormat
from covgate.parse.recognise import HEAD_BYTES, HIDDEN_FILES, format_of
from covgate.shell.committed import NOTHING_COMMITTED, Committed

LARGEST_REPORT = 256 * 1024 * 1024
LARGEST_DATA = 2 * 1024 * 1024 * 1024
MOST_FILES = 10_000
_NAMES = (
    ".coverage", ".coverage.*", "*.data", "coverage*.json", "coverage*.xml", "cobertura*.xml", "*.info", "*.lcov",
    "junit*.xml", "TEST-*.xml", "test-results*.xml",
)  # fmt: skip
_GLOB = glob.GLOBSTAR | glob.BRACE | glob.EXTGLOB


class NothingThereError(MeasurementError):
    """A path leads to no file; among shards, one that has not reported."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that holds coverage data or a report.

    Shape:  `path` is where to read it, `where` what to call it: relative to the repository if it lies there.
    """

    path: Path
    where: str
    format: InputFormat

    def content(self) -> bytes:
        """The file's bytes.

        Errors: MeasurementError where it cannot be read or is too large.
        """
        return _read(self.path, self.where)

    def digest(self) -> str:
        """The SHA-256 of the file in hexadecimal.

        Errors: MeasurementError where it cannot be read.
        """
        with _opened(self.path, self.where, LARGEST_DATA) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """The files that paths lead to, and what there is to say of those that are left out."""

    files: tuple[DataFile, ...]
    notes: tuple[str, ...] = ()


def find_data(data: Sequence[str], root: Path, committed: Committed = NOTHING_COMMITTED) -> Found:
    """The files that these paths name, each once, in the order given.

    Shape:  a path is a file, a directory, or a glob as in `reports/**/coverage.xml`; relative ones are below `root`.
            Of a directory the files with the usual names count, or, where it has none, those of the directories in it:
            that is how actions/download-artifact lays out several artifacts. What `committed` knows of is left out
            where nobody named it.
    Errors: NothingThereError where a path leads nowhere; MeasurementError where a file is empty, unreadable, no regular
            file, or unknown, or where it is named and was committed in place of being written.
    """
    expanded = [_expanded(given, root, committed) for given in data]
    found = dict.fromkeys(path for one in expanded for path in one.paths)
    if len(found) > MOST_FILES:
        raise MeasurementError(f"{len(found)} data files are more than the {MOST_FILES} that covgate reads at once")
    left_out = dict.fromkeys(_called(path, root) for one in expanded for path in one.left_out if path not in found)
    words = f"Left out, because Git tracks them, so that a change could bring them along: {few(list(left_out))}."
    notes = [note for one in expanded for note in one.notes]
    return Found(tuple(_data_file(path, root) for path in found), (*([words] if left_out else []), *notes))


@dataclass(frozen=True, slots=True)
class _Expanded:
    """What one path stands for."""

    paths: Sequence[Path]
    left_out: Sequence[Path] = ()
    notes: Sequence[str] = ()


def _expanded(given: str, root: Path, committed: Committed) -> _Expanded:
    place = Path(os.path.normpath(root / given)) if given else root
    if place.is_dir():
        return _without(committed, given, _in_directory(place, given, lambda path: not committed.holds(path)))
    if place.exists() or place.is_symlink() or not glob.is_magic(given, flags=_GLOB):
        remark = committed.remark(place, _called(place, root))
        return _Expanded([place], notes=[remark] if remark else [])
    try:
        matches = sorted(root / match for match in glob.iglob(given, flags=_GLOB, root_dir=str(root), limit=MOST_FILES))
    except PatternLimitException as error:
        hint = "Name directories, or several simpler globs."
        raise MeasurementError("the glob's braces stand for too many patterns", where=given[:100], hint=hint) from error
    files = [Path(os.path.normpath(match)) for match in matches if not match.is_dir()]
    if not files:
        raise NothingThereError("no file matches", where=given, hint=f"Paths are relative to {root}. {HIDDEN_FILES}")
    return _without(committed, given, files)


def _without(committed: Committed, given: str, files: Sequence[Path]) -> _Expanded:
    """The files but for those that Git tracks.

    Errors: NothingThereError where it tracks all of them.
    """
    left_out = [path for path in files if committed.holds(path)]
    if len(left_out) == len(files):
        hint = "Coverage is written by a step of the workflow: take these files out of the repository."
        raise NothingThereError("Git tracks all coverage data there: they are not this run's", where=given, hint=hint)
    return _Expanded([path for path in files if path not in left_out], left_out)


def _in_directory(place: Path, given: str, counts: Callable[[Path], bool]) -> Sequence[Path]:
    """The directory's files, or those of the directories in it where it has none that `counts`."""
    try:
        own = _usual(place)
        inner = [] if any(map(counts, own)) else [path for one in sorted(_directories(place)) for path in _usual(one)]
    except OSError as error:
        raise MeasurementError(f"the directory cannot be read: {error.strerror}", where=given) from error
    if not (own or inner):
        raise NothingThereError("the directory holds no coverage data", where=given, hint=HIDDEN_FILES)
    return [*own, *inner]


def _usual(place: Path) -> list[Path]:
    """Files of the directory that are named as data and reports usually are; `.coveragerc` is none of them."""
    return sorted(path for path in place.iterdir() if fnmatch.fnmatch(path.name, _NAMES) and not path.is_dir())


def _directories(place: Path) -> Iterator[Path]:
    visible = (path for path in place.iterdir() if not path.name.startswith("."))
    return (path for path in visible if path.is_dir() and not path.is_symlink())


def _data_file(path: Path, root: Path) -> DataFile:
    where = _called(path, root)
    _refuse_links(path, root, where)
    head = _read(path, where, HEAD_BYTES)
    return DataFile(path, where, format_of(path.name, head, where))


def _called(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _refuse_links(path: Path, root: Path, where: str) -> None:
    """A link may not lead out of the repository, where the suite or an artifact could have laid it."""
    below = path.is_relative_to(root)
    if not path.resolve().is_relative_to(root.resolve()) if below else path.is_symlink():
        raise MeasurementError("the file is a link to another place", where=where, hint="Give the file itself.")


def _read(path: Path, where: str, most: int | None = None) -> bytes:
    """The file's bytes, or the first `most` of them.

    Errors: MeasurementError.
    """
    with _opened(path, where, LARGEST_REPORT if most is None else LARGEST_DATA) as file:
        return file.read(most if most is not None else LARGEST_REPORT)


@contextmanager
def _opened(path: Path, where: str, largest: int) -> Iterator[BufferedReader]:
    """The file, to be read.

    Errors: MeasurementError. The file is opened without waiting: a pipe would never end.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise MeasurementError("this is no regular file", where=where)
            _refuse_large(status.st_size, largest, where)
            yield file
    except FileNotFoundError as error:
        raise NothingThereError("there is no such file", where=where, hint=HIDDEN_FILES) from error
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise MeasurementError(f"the file cannot be read: {said}", where=where) from error


def _refuse_large(size: int, largest: int, where: str) -> None:
    if size > largest:
        raise MeasurementError(f"the file is larger than {largest // 2**20} MiB", where=where)
