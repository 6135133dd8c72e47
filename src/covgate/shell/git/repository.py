"""The checked-out repository: its change, and its files at a commit and on disk."""

import hashlib
import os
import posixpath
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from covgate.errors import ComparisonError
from covgate.model.activity import Activity
from covgate.model.diff import ChangeKind, Diff, FileChange, Head
from covgate.model.place import Place
from covgate.ports import BaseTree
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.git.activity import read_activity
from covgate.shell.git.attributes import read_attributes
from covgate.shell.git.bases import FULL_HISTORY, BaseFinder, nobody_knows
from covgate.shell.git.history import History
from covgate.shell.git.on_disk import OnDisk, index_with, own_python, read_on_disk
from covgate.shell.git.patch import file_changes, raw_entries, sections
from covgate.shell.git.process import FETCH_SECONDS, FetchCredentials, Git
from covgate.shell.git.python_lines import Lines, differ, has_plain_encoding, in_python_s_lines, is_python, whole
from covgate.shell.git.tree import lay_out

MOST_LINKS = 8
HISTORY_SECONDS = 30
_LINK = b"120000"
_SHA1 = 40
# Everything that a configuration could change about a diff is said here, whatever the host or the repository prefers.
_DIFF = (
    "diff", "-O/dev/null", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--no-relative",
    "-M", "-l1000", "--diff-algorithm=myers", "--indent-heuristic", "--submodule=short", "--ignore-submodules=dirty",
    "--src-prefix=a/", "--dst-prefix=b/", "--no-abbrev",
)  # fmt: skip


def find_root(directory: Path, environment: Mapping[str, str]) -> Path:
    """The root of the repository around a directory.

    Errors: ComparisonError where there is none.
    """
    answer = Git(directory, environment, safe="*").try_("rev-parse", "--show-toplevel")
    if not answer.ok:
        known = answer.complaint.startswith("not a git repository")
        raise ComparisonError(
            "This is not a Git repository."
            if known
            else f"This is not a Git repository to be used: {answer.complaint}",
            where=str(directory.resolve()),
            hint="Run covgate in a checkout, or name one with `--repo`. In a workflow, actions/checkout comes first.",
        )
    return Path(answer.out.removesuffix(b"\n").decode("utf-8", "surrogateescape"))


class GitRepository:
    """The repository, through git. Every method is to be called before the suite runs.

    Shape:  `root` as `find_root` gives it; `place` says what the checked-out commit is; `ask` gives the merge base of
            two commits as the forge knows it, or "": it is asked where this clone is too shallow to tell.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        place: Place,
        credentials: FetchCredentials | None = None,
        ask: Callable[[str, str], str] = nobody_knows,
    ) -> None:
        self.root = root
        self._place = place
        self._ask = ask
        self._git = Git(root, environment, credentials, wary=place.kind != "terminal")
        self._changes: dict[str, Diff] = {}
        self._history = History(self._git)
        self._limited = Git(root, environment, seconds=HISTORY_SECONDS, wary=place.kind != "terminal")
        self._environment = environment
        self._apart: Path | None = None

    def change(self, wanted_base: str) -> Diff:
        """The change of the tree on disk against the base, the same however often it is asked for.

        Shape:  untracked Python files that are not ignored count as added on a terminal; on a forge's runner they were
                made by an earlier step and belong to nobody's change.
        Errors: ComparisonError where there is no commit, no such base, or no history to find one in.
        """
        if wanted_base not in self._changes:
            self._changes[wanted_base] = self._change(wanted_base)
        return self._changes[wanted_base]

    def _change(self, wanted_base: str) -> Diff:
        head_sha = self._head_sha()
        base = BaseFinder(self._git, self._place, self._ask).find(wanted_base, head_sha)
        on_disk = self._on_disk()
        files = self._marked(base.sha, self._changed_files(base.sha, head_sha, on_disk))
        head = Head(head_sha, on_disk.dirty, self._history.parents(head_sha), self._history.time(head_sha))
        return Diff(base, head, files)

    def changes_since(self, sha: str, seconds: float = FETCH_SECONDS) -> tuple[FileChange, ...]:
        """The change of the tree on disk against another commit, which is fetched where this clone has not got it.

        Errors: ComparisonError where it cannot be had.
        """
        if not self._history.commit(sha):
            complaint = self._history.fetch_commit(sha, seconds)
            if complaint:
                raise ComparisonError(f"The commit {sha[:12]} could not be fetched: {complaint}", hint=FULL_HISTORY)
        return self._changed_files(sha, self._head_sha(), self._on_disk())

    def commits_before(self, sha: str, most: int) -> dict[str, tuple[str, ...]]:
        """A commit and those before it, as far as this clone has them, with the parents that each names."""
        return self._history.before(sha, most)

    def remote_url(self) -> str:
        """Where this clone was made from, or "": a path is absolute."""
        answer = self._git.try_("remote", "get-url", self._history.remote)
        url = answer.text if answer.ok else ""
        is_path = url and "://" not in url and ":" not in url.partition("/")[0]
        return str(self.root / url) if is_path else url

    def read_at(self, sha: str, path: str) -> bytes | None:
        """A file's content at a commit, through symbolic links to files; None where there was none."""
        for _ in range(MOST_LINKS + 1):
            entry = self._git.try_("ls-tree", "-z", "--full-tree", sha, "--", path).out.partition(b"\t")[0].split()
            if len(entry) != 3 or entry[1] != b"blob":  # noqa: PLR2004  # mode, type, blob
                return None
            content = self._git.ask("cat-file", "blob", entry[2].decode("ascii"))
            if entry[0] != _LINK:
                return content
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(content)))
        return None

    def read_head(self, path: str) -> bytes | None:
        """A regular file's content in the tree on disk; None where there is none, or it leads out of the repository."""
        file = self.root / path
        inside = not file.is_symlink() and file.resolve().is_relative_to(self.root.resolve())
        return file.read_bytes() if inside and file.is_file() else None

    def python_files(self) -> tuple[str, ...]:
        """Paths of all Python files on disk that are tracked, or untracked and not ignored; sorted."""
        listed = self._git.ask("ls-files", "-z", "--cached", "--others", "--exclude-standard").split(b"\0")
        paths = {name.decode("utf-8", "surrogateescape") for name in own_python(listed)}
        return tuple(sorted(path for path in paths if self._is_regular(path)))

    def python_files_at(self, sha: str) -> tuple[str, ...]:
        """Paths of all Python files of a commit; sorted."""
        entries = self._git.ask("ls-tree", "-r", "-z", "--full-tree", sha).split(b"\0")
        names = [name for mode, _, name in (entry.partition(b"\t") for entry in entries) if mode.startswith(b"100")]
        return tuple(sorted(os.fsdecode(name) for name in own_python(names)))

    def committed(self, wanted_base: str) -> Committed:
        """What Git tracks, where a change is somebody else's: on a terminal nobody has to be wary of it.

        Errors: ComparisonError as for `change`.
        """
        if self._place.kind == "terminal":
            return NOTHING_COMMITTED
        diff = self.change(wanted_base)
        return Committed(self.root.resolve(), self._blobs(self._head_sha()), self._blobs(diff.base.sha))

    def _blobs(self, sha: str) -> dict[str, str]:
        entries = os.fsdecode(self._git.ask("ls-tree", "-r", "-z", "--full-tree", sha)).split("\0")
        pairs = (entry.partition("\t") for entry in entries if entry)
        return {path: about.split()[2] for about, _, path in pairs}

    def lay_out(self, sha: str) -> BaseTree:
        """As `Repository.lay_out`: nobody but this process's user can reach it, and `close` removes it.

        Shape:  the directory has the repository's name: some suites look at it.
        """
        if self._apart is None:
            self._apart = Path(tempfile.mkdtemp(prefix="covgate-"))
        into = self._apart / self.root.resolve().name
        return BaseTree(str(into), lay_out(self._git, self._environment, sha, into))

    def close(self) -> None:
        """Removes what was laid out."""
        if self._apart is not None:
            shutil.rmtree(self._apart, ignore_errors=True)

    def activity(self) -> Activity:
        """How often each Python file changed in the year before the head's commit; `unknown` where that is not known.

        Errors: none.
        """
        return read_activity(self._limited)

    def attributes(self, sha: str, paths: Iterable[str]) -> Mapping[str, str]:
        """Files that a commit's `.gitattributes` mark as "generated" or "vendored", by path.

        Errors: ComparisonError where git cannot tell.
        """
        return read_attributes(self._git, sha, paths)

    def _marked(self, base_sha: str, files: tuple[FileChange, ...]) -> tuple[FileChange, ...]:
        """The changes, with those told apart that the base's attributes say are generated, by both their names."""
        names = {file.path: (file.path, file.old_path or file.path) for file in files if is_python(file.path)}
        marked = self.attributes(base_sha, {name for both in names.values() for name in both})
        generated = {path for path, both in names.items() if all(marked.get(name) == "generated" for name in both)}
        return tuple(replace(file, generated=True) if file.path in generated else file for file in files)

    def _is_regular(self, path: str) -> bool:
        file = self.root / path
        return file.is_file() and not file.is_symlink()

    def _head_sha(self) -> str:
        answer = self._git.try_("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if not answer.ok:
            raise ComparisonError(
                "The repository has no commit yet, so there is nothing to compare with.",
                where=str(self.root),
                hint="Commit something first.",
            )
        return answer.text

    def _on_disk(self) -> OnDisk:
        return read_on_disk(self._git, untracked=self._place.kind == "terminal")

    def _changed_files(self, base_sha: str, head_sha: str, on_disk: OnDisk) -> tuple[FileChange, ...]:
        if not on_disk.dirty:
            return self._diff(base_sha, head_sha)
        with tempfile.TemporaryDirectory(prefix="covgate-") as scratch:
            return self._diff(base_sha, index=index_with(on_disk, self._git, Path(scratch)))

    def _diff(self, *commits: str, index: Path | None = None) -> tuple[FileChange, ...]:
        names = self._git.ask(*_DIFF, "--raw", "-z", *commits, "--", index=index)
        patch = self._git.ask(*_DIFF, "-U0", "--inter-hunk-context=0", *commits, "--", index=index)
        entries = list(raw_entries(names))
        blobs = {entry.path: entry.blob for entry in entries}
        changes = file_changes(iter(entries), sections(patch))
        return tuple(self._seen_by_python(change, commits[0], blobs[change.path]) for change in changes)

    def _seen_by_python(self, change: FileChange, base_sha: str, blob: str) -> FileChange:
        """The change in the lines of the file on disk, which is what Python runs.

        Shape:  all lines where Git compared another text than that (a filter stands between), and where a file that was
                no Python source has become one: nobody has ever counted it.
        """
        if not is_python(change.path) or change.kind is ChangeKind.DELETED:
            return change
        content = self.read_head(change.path)
        if content is None:
            return change
        was_python = change.old_path is None or is_python(change.old_path)
        if not was_python or not has_plain_encoding(content) or self._is_filtered(content, blob):
            return whole(change, content)
        if Lines.of(content).are_git_s:
            return change
        return in_python_s_lines(change, self.read_at(base_sha, change.old_path or change.path) or b"", content)

    def _is_filtered(self, content: bytes, blob: str) -> bool:
        if not blob.strip("0"):
            return False  # Git compared what is on disk
        digest = hashlib.new("sha1" if len(blob) == _SHA1 else "sha256", usedforsecurity=False)
        digest.update(b"blob %d\0%b" % (len(content), content))
        return digest.hexdigest() != blob and differ(self._git.ask("cat-file", "blob", blob), content)
