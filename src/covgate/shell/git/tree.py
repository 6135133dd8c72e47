"""Lays a commit's files out in a directory of their own, running nothing that a repository or a host has configured.

Git's own checkout would run filters and follow attributes of the tree on disk. What is committed is enough here: the
bytes of each file, its name, and whether it can be executed.
"""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from covgate.errors import ComparisonError
from covgate.shell.git.process import Git

LARGEST_TREE = 2 * 1024**3
AT_ONCE = 32 * 1024**2
"""Files are read in batches of so many bytes, or one at a time where they are larger."""
NOT_HERE = "some of the base's files are not in this clone"
_LINK, _EXECUTABLE, _MODULE = b"120000", b"100755", b"160000"
_POINTER = b"version https://git-lfs.github.com/spec/"
_SHA1 = 40
_MISSING = (
    ("submodule", "submodules"),
    ("file of Git LFS", "files of Git LFS"),
    ("link that leads out of it", "links that lead out of it"),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of a commit; `size` is 0 for another repository's commit."""

    mode: bytes
    name: bytes
    size: int
    path: bytes


def lay_out(git: Git, environment: Mapping[str, str], sha: str, into: Path, at_once: int = AT_ONCE) -> tuple[str, ...]:
    """Writes a commit's files below the new directory `into`, with a repository of that one commit around them.

    Shape:  answers what is not there as in a checkout, in words: submodules, what Git LFS keeps elsewhere, and links
            that lead out of the tree. So many bytes are read `at_once`, or one file.
    Errors: ComparisonError where Git does not have all of it, where it is too large, or cannot be written.
    """
    entries = list(_entries(git.ask("ls-tree", "-r", "-l", "-z", "--full-tree", sha)))
    if sum(entry.size for entry in entries) > LARGEST_TREE:
        raise ComparisonError(f"the base's files are larger than {LARGEST_TREE // 1024**3} GiB")
    if not all(_is_safe(entry.path) for entry in entries):
        raise ComparisonError("the base has a file with a name that no checkout would write")
    try:
        into.mkdir()
        pointers = sum(_write_batch(git, batch, into) for batch in _batches(filter(_is_file, entries), at_once))
        refused = sum(
            _link_batch(git, batch, into) for batch in _batches((e for e in entries if e.mode == _LINK), at_once)
        )
        modules = [_directory(into, entry) for entry in entries if entry.mode == _MODULE]
        _make_repository(git, environment, sha, into)
    except OSError as error:
        raise ComparisonError(f"the base's files cannot be written: {error.strerror}") from error
    counts = (len(modules), pointers, refused)
    return tuple(_counted(number, what) for number, what in zip(counts, _MISSING, strict=True) if number)


def _entries(listed: bytes) -> Iterator[_Entry]:
    for record in listed.split(b"\0"):
        if record:
            facts, _, path = record.partition(b"\t")
            mode, _, name, size = facts.split()
            if size == b"BAD":
                raise ComparisonError(NOT_HERE)
            yield _Entry(mode, name, 0 if size == b"-" else int(size), path)


def _is_safe(path: bytes) -> bool:
    """Whether every part of the path is an ordinary name: a tree may hold any bytes."""
    return all(part not in (b"", b".", b"..") and part.lower() != b".git" for part in path.split(b"/"))


def _is_file(entry: _Entry) -> bool:
    return entry.mode not in (_LINK, _MODULE)


def _batches(entries: Iterable[_Entry], at_once: int) -> Iterator[list[_Entry]]:
    batch: list[_Entry] = []
    size = 0
    for entry in entries:
        if batch and size + entry.size > at_once:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch


def _write_batch(git: Git, batch: list[_Entry], into: Path) -> int:
    """Writes some files and answers how many of them stand for others that Git LFS has."""
    root, pointers = os.fspath(into), 0
    for folder in {posixpath.dirname(os.fsdecode(entry.path)) for entry in batch}:
        (into / folder).mkdir(parents=True, exist_ok=True)
    for entry, content in zip(batch, _contents(git, batch), strict=True):
        place, mode = f"{root}/{os.fsdecode(entry.path)}", 0o755 if entry.mode == _EXECUTABLE else 0o644
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
        pointers += content.startswith(_POINTER)
    return pointers


def _contents(git: Git, batch: list[_Entry]) -> Iterator[bytes]:
    answer = git.ask("cat-file", "--batch", stdin=b"".join(entry.name + b"\n" for entry in batch))
    at = 0
    for entry in batch:
        end = answer.index(b"\n", at)
        facts = answer[at:end].split()
        if facts[1:2] != [b"blob"]:
            raise ComparisonError(NOT_HERE)
        start = end + 1
        yield answer[start : start + entry.size]
        at = start + entry.size + 1


def _link_batch(git: Git, batch: list[_Entry], into: Path) -> int:
    """Makes symbolic links, after all files so that none is written through one, and answers how many lead out."""
    pairs = [
        (os.fsdecode(entry.path), os.fsdecode(target))
        for entry, target in zip(batch, _contents(git, batch), strict=True)
    ]
    inside = [(path, target) for path, target in pairs if _stays_inside(path, target)]
    for path, target in inside:
        place = into / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
    return len(pairs) - len(inside)


def _stays_inside(path: str, target: str) -> bool:
    end = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return bool(target) and not posixpath.isabs(target) and end != ".." and not end.startswith("../")


def _directory(into: Path, entry: _Entry) -> Path:
    """The empty directory that stands for a submodule."""
    place = into / os.fsdecode(entry.path)
    place.mkdir(parents=True, exist_ok=True)
    return place


def _make_repository(git: Git, environment: Mapping[str, str], sha: str, into: Path) -> None:
    """Makes the directory a repository of this one commit: builds ask Git for a version, and some tests ask it, too.

    It holds objects of its own: those of the workspace belong to the suite's user.
    """
    inner = Git(into, environment)
    named = () if len(sha) == _SHA1 else ("--object-format=sha256",)
    inner.ask("init", "--quiet", "--template=", *named)
    _take_objects(git, inner, sha, into / ".git/objects")
    (into / ".git/shallow").write_text(f"{sha}\n", encoding="ascii")
    (into / ".git/HEAD").write_text(f"{sha}\n", encoding="ascii")
    inner.ask("read-tree", sha)


def _take_objects(git: Git, inner: Git, sha: str, objects: Path) -> None:
    """Packs the commit where it is to lie: Git renames a pack when it is whole, and the other place may be a mount."""
    own = git.ask("rev-parse", "--git-path", "objects").decode("utf-8", "surrogateescape").removesuffix("\n")
    borrowed = objects / "info/alternates"
    for folder in (borrowed.parent, objects / "pack"):
        folder.mkdir(parents=True, exist_ok=True)
    borrowed.write_bytes(os.fsencode((git.directory / own).resolve()) + b"\n")
    named = git.ask("rev-list", "--objects", "--no-walk", sha)
    inner.ask("pack-objects", "--quiet", "--window=0", ".git/objects/pack/pack", stdin=named)
    borrowed.unlink()


def _counted(number: int, what: tuple[str, str]) -> str:
    one, many = what
    return f"1 {one}" if number == 1 else f"{number} {many}"
