"""The bare repository that the data branch is read into and written from.

It lies in scratch of covgate's own, out of the suite's reach, and asks for its remote by address. Of the branch it
holds only what was looked at: the snapshots stay with the remote until one is read.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from covgate.shell.data_branch.layout import Entry, Tip, tip_of
from covgate.shell.data_branch.patience import Deadline, UnreachableError
from covgate.shell.data_branch.pushing import Push, push_of
from covgate.shell.data_branch.remote import Remote
from covgate.shell.git.history import commits_in
from covgate.shell.git.process import Answer, Git

LARGEST_OBJECT = 128 * 1024 * 1024
_OURS = "refs/covgate/data"
_WHO = "covgate <covgate@localhost>"
_SHA1 = 40
_NO_BRANCH = "couldn't find remote ref"
# A repository that lacks objects by intention, and asks its remote for one when it is read.
_PARTIAL = (
    ("core.repositoryformatversion", "1"),
    ("extensions.partialClone", "origin"),
    ("remote.origin.promisor", "true"),
    ("fetch.unpackLimit", "1"),
    ("gc.auto", "0"),
)


class Bare:
    """A repository without a tree, and its remote.

    Shape:  `folder` is to be empty or not there.
    Errors: all methods raise UnreachableError where the remote does not answer in time or as it should.
    """

    def __init__(self, folder: Path, remote: Remote, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._remote = remote
        self._environment = environment
        self._format = "sha1"

    @cached_property
    def _git(self) -> Git:
        self._folder.mkdir(parents=True, exist_ok=True)
        git = Git(self._folder, self._environment, self._remote.credentials, bare=True)
        git.ask("init", "--quiet", "--bare", "--template=", f"--object-format={self._format}")
        for key, value in (*_PARTIAL, ("remote.origin.url", self._remote.url)):
            git.ask("config", key, value)
        return git

    def expect(self, sha: str) -> None:
        """Names a commit of the remote, before anything else is asked: its hashes may be of the longer kind."""
        self._format = "sha1" if len(sha) == _SHA1 else "sha256"

    def tip(self, branch: str, deadline: Deadline) -> Tip:
        """The branch as it is now."""
        self._verify(branch)
        wanted = f"+refs/heads/{branch}:{_OURS}"
        answer = self._git.fetch("--depth=1", "--filter=blob:none", "origin", wanted, seconds=deadline.left)
        if _NO_BRANCH in answer.complaint:
            return Tip()
        if not answer.ok:
            raise UnreachableError(answer.complaint)
        sha, tree = self._git.ask("rev-parse", _OURS, f"{_OURS}^{{tree}}").decode("ascii").split()
        return tip_of(sha, tree, self._git.ask("ls-tree", "-r", "-t", "-z", "--full-tree", sha))

    def read(self, name: str, deadline: Deadline) -> bytes:
        """An object's content, fetched where it is not here yet."""
        size = self._told(self._git.ask_remote("cat-file", "-s", name, seconds=deadline.left))
        if int(size.text) > LARGEST_OBJECT:
            raise UnreachableError(f"a file of {size.text} bytes lies there, which is unreasonably large", lasting=True)
        return self._told(self._git.ask_remote("cat-file", "blob", name, seconds=deadline.left)).out

    def commits_before(self, sha: str, most: int, deadline: Deadline) -> dict[str, tuple[str, ...]]:
        """A commit and those before it, at most so many, with the parents that each names: no files are fetched."""
        self._told(self._git.fetch(f"--depth={most}", "--filter=tree:0", "origin", sha, seconds=deadline.left))
        listed = self._git.ask("rev-list", f"--max-count={most}", sha, "--")
        return commits_in(self._git.ask("cat-file", "--batch", stdin=listed))

    def store(self, content: bytes) -> str:
        """Makes an object and returns its name."""
        return self._git.ask("hash-object", "-w", "--stdin", stdin=content).decode("ascii").strip()

    def tree(self, entries: Iterable[tuple[str, Entry]]) -> str:
        """Makes a tree and returns its name. What it holds need not be here."""
        records = [f"{entry.mode} {entry.kind} {entry.name}\t{name}\0" for name, entry in entries]
        text = "".join(records).encode("utf-8", "surrogateescape")
        return self._git.ask("mktree", "-z", "--missing", stdin=text).decode("ascii").strip()

    def commit(self, tree: str, words: str, time: datetime) -> str:
        """Makes a commit without parents: the same for the same content, whoever makes it and when."""
        who = f"{_WHO} {max(0, int(time.timestamp()))} {time.strftime('%z')[:5]}"  # Git has no time before 1970
        text = f"tree {tree}\nauthor {who}\ncommitter {who}\n\n{words}\n".encode()
        return self._git.ask("hash-object", "-t", "commit", "-w", "--stdin", stdin=text).decode("ascii").strip()

    def push(self, branch: str, new: str, old: str, deadline: Deadline) -> Push:
        """Puts the commit where the branch was `old`, "" for a new branch, unless somebody else was faster."""
        self._pretend_shallow(old)
        where = f"refs/heads/{branch}"
        lease = f"--force-with-lease={where}:{old}"
        return push_of(
            self._git.ask_remote("push", "--porcelain", lease, "origin", f"{new}:{where}", seconds=deadline.left)
        )

    def _pretend_shallow(self, old: str) -> None:
        """Has Git count what the old commit holds as known to the remote, though the new one does not follow it.

        A push looks through the trees of commits that the remote has only in a shallow clone. Otherwise it would fetch
        all snapshots, and send them back.
        """
        file = self._folder / "shallow"
        if old:
            file.write_text(f"{old}\n", encoding="ascii")
        else:
            file.unlink(missing_ok=True)

    def _verify(self, branch: str) -> None:
        if not self._git.try_("check-ref-format", f"refs/heads/{branch}").ok:
            raise UnreachableError("Git allows no branch of this name", lasting=True)

    def _told(self, answer: Answer) -> Answer:
        if not answer.ok:
            raise UnreachableError(answer.complaint)
        return answer
