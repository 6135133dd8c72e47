"""What the tree on disk adds to its commit: edits, and on a terminal new files."""

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from covgate.errors import ComparisonError
from covgate.shell.git.process import Git

_PYTHON = (b".py", b".pyw")
_STATUS = ("status", "--porcelain=v2", "-z", "--no-renames", "--ignore-submodules=dirty")
_NO_FILTER = (b"unspecified", b"unset", b"set", b"")


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What the tree on disk adds to its commit.

    Shape:  `untracked` are new Python files; `filtered` look edited to Git, which was not let ask the filter that wrote
            them: they are as they were checked out.
    """

    edited: bool
    untracked: tuple[bytes, ...]
    filtered: tuple[bytes, ...] = ()

    @property
    def dirty(self) -> bool:
        """Whether there is anything that was not committed."""
        return self.edited or bool(self.untracked)


def own_python(names: Sequence[bytes]) -> list[bytes]:
    """Those names that are Python files, without virtual environments that nobody told git to ignore."""
    marker = b"/pyvenv.cfg"
    environments = tuple(name.removesuffix(marker) + b"/" for name in names if name.endswith(marker))
    return [name for name in names if name.endswith(_PYTHON) and not name.startswith(environments)]


def read_on_disk(git: Git, *, untracked: bool) -> OnDisk:
    """Edits of tracked files, and new Python files where `untracked` ones are asked for.

    Errors: ComparisonError where conflicts are unresolved: such a file is no Python.
    """
    records = git.ask(*_STATUS, f"--untracked-files={'all' if untracked else 'no'}").split(b"\0")
    conflict = next((record for record in records if record.startswith(b"u ")), None)
    if conflict:
        path = conflict.split(b" ", 10)[-1].decode("utf-8", "surrogateescape")
        raise ComparisonError("The file has unresolved conflicts.", where=path, hint="Resolve them first.")
    edited = {record.split(b" ", 8)[-1]: record[2:4] for record in records if record.startswith(b"1 ")}
    filtered = _filtered(git, [path for path, kind in edited.items() if kind == b".M"]) if git.wary else ()
    return OnDisk(
        edited=len(edited) > len(filtered),
        untracked=tuple(own_python([record[2:] for record in records if record.startswith(b"? ")])),
        filtered=filtered,
    )


def _filtered(git: Git, paths: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those files that a filter wrote, which was not run to compare them: nothing is known of edits to them.

    Python counts where this checkout has the filter: a change could name any in its attributes, to hide what an earlier
    step wrote. Pictures and the like count also where only the host has it.
    """
    asked = b"\0".join(paths)
    fields = git.ask("check-attr", "-z", "--stdin", "filter", stdin=asked).split(b"\0") if asked else []
    drivers = {os.fsencode(name) for name in git.drivers}
    found = zip(fields[::3], fields[2::3], strict=False)  # path, attribute, value, and an end
    return tuple(path for path, name in found if name in drivers or not (name in _NO_FILTER or path.endswith(_PYTHON)))


def index_with(on_disk: OnDisk, git: Git, scratch: Path) -> Path:
    """A copy of the index that also knows of the untracked files, so that git finds renames among them too."""
    index = scratch / "index"
    own = git.directory / git.try_("rev-parse", "--git-path", "index").text
    if own.is_file():
        shutil.copy2(own, index)  # with its time, by which git tells which entries it may trust
    if on_disk.untracked:
        names = ("--pathspec-from-file=-", "--pathspec-file-nul")
        git.ask("add", "--intent-to-add", *names, stdin=b"\0".join(on_disk.untracked), index=index)
    if on_disk.filtered:
        git.ask("update-index", "--assume-unchanged", "-z", "--stdin", stdin=b"\0".join(on_disk.filtered), index=index)
    return index
