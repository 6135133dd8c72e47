"""The repository's history, and more of it from the remote where the clone is shallow."""

from datetime import datetime, timedelta, timezone
from functools import cached_property

from covgate.shell.git.process import FETCH_SECONDS, Git

# Commits fetched per step: most pull requests are done with the first, and no clone is fetched for ever.
DEEPEN_STEPS = (30, 100, 300, 1000, 3000)


class History:
    """Commits that are here, or can be had."""

    def __init__(self, git: Git) -> None:
        self._git = git

    @cached_property
    def _remotes(self) -> tuple[str, ...]:
        return tuple(self._git.ask("remote").decode("utf-8", "replace").split())

    @property
    def has_remote(self) -> bool:
        """Whether there is more of this repository elsewhere."""
        return bool(self._remotes)

    @property
    def remote(self) -> str:
        """The remote to fetch from; "origin" where there is none, so that names can be formed all the same."""
        return "origin" if "origin" in self._remotes or not self._remotes else self._remotes[0]

    @property
    def is_shallow(self) -> bool:
        """Whether this clone's history ends early."""
        return self._git.ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commit(self, revision: str) -> str:
        """The sha of a revision's commit; "" where there is none here."""
        answer = self._git.try_("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return answer.text.removeprefix("--end-of-options\n") if answer.ok else ""

    def fetch_commit(self, sha: str, seconds: float = FETCH_SECONDS) -> str:
        """Fetches one commit by its sha; returns git's complaint, "" where it worked."""
        answer = self._git.fetch(*self._depth(1), self.remote, sha, seconds=seconds)
        return "" if answer.ok and self.commit(sha) else answer.complaint

    def fetch_branch(self, branch: str) -> str:
        """Fetches a branch's tip to where a fetch would put it anyway; returns its sha, "" where there is none."""
        tracking = f"refs/remotes/{self.remote}/{branch}"
        answer = self._git.fetch(*self._depth(1), self.remote, f"+refs/heads/{branch}:{tracking}")
        return self.commit(tracking) if answer.ok else ""

    def remote_default(self) -> str:
        """The name of the remote's default branch; "" where it cannot be asked."""
        answer = self._git.ask_remote("ls-remote", "--symref", self.remote, "HEAD")
        first = answer.text.partition("\n")[0]
        return first.removeprefix("ref: refs/heads/").partition("\t")[0] if first.startswith("ref: refs/heads/") else ""

    def merge_base(self, one: str, other: str) -> str:
        """The best common ancestor, as far as this clone can tell; "" where it knows none."""
        return self._git.try_("merge-base", one, other).text

    def deepened_merge_base(self, one: str, other: str) -> str:
        """The same, with the history fetched step by step; "" where none was found."""
        found = ""
        for step in DEEPEN_STEPS:
            if found or not self.is_shallow or not self._deepen(step, one, other):
                break
            found = self.merge_base(one, other)
        return found

    def parents(self, sha: str) -> tuple[str, ...]:
        """A commit's parents. It names them itself, even where the clone is too shallow to have them."""
        return parents_in(self._git.ask("cat-file", "commit", sha))

    def time(self, sha: str) -> datetime | None:
        """When the commit was made, with its offset from UTC; None where it does not tell, or tells of no such time."""
        return time_in(self._git.ask("cat-file", "commit", sha))

    def before(self, sha: str, most: int) -> dict[str, tuple[str, ...]]:
        """The commit and those before it, as far as they are here and at most so many, with the parents of each."""
        listed = self._git.try_("rev-list", f"--max-count={most}", sha, "--")
        return commits_in(self._git.ask("cat-file", "--batch", stdin=listed.out)) if listed.ok else {}

    def _deepen(self, commits: int, *tips: str) -> bool:
        """More history behind both tips, or behind the first where the remote does not know the second."""
        deeper = (f"--deepen={commits}", self.remote)
        return self._git.fetch(*deeper, *tips).ok or self._git.fetch(*deeper, tips[0]).ok

    def _depth(self, commits: int) -> tuple[str, ...]:
        # Asking for a depth in a complete clone would make it a shallow one.
        return (f"--depth={commits}",) if self.is_shallow else ()


def parents_in(commit: bytes) -> tuple[str, ...]:
    """The parents that a commit's text names."""
    return tuple(line.removeprefix("parent ") for line in _headers(commit) if line.startswith("parent "))


def time_in(commit: bytes) -> datetime | None:
    """The time of its committer, with the offset from UTC; None where there is none that a calendar has."""
    line = next((line for line in _headers(commit) if line.startswith("committer ")), "")
    try:
        seconds, offset = line.rpartition("> ")[2].split(" ")
        minutes = int(offset[:-2]) * 60 + int(offset[0] + offset[-2:])
        return datetime.fromtimestamp(int(seconds), timezone(timedelta(minutes=minutes)))
    except (ValueError, IndexError, OverflowError, OSError):
        return None


def commits_in(batch: bytes) -> dict[str, tuple[str, ...]]:
    """Commits and their parents in the answer of `git cat-file --batch`."""
    found = {}
    while batch:
        head, _, rest = batch.partition(b"\n")
        sha, kind, *size = head.decode("ascii", "replace").split(" ")
        length = int(size[0]) if size else 0
        if kind == "commit":
            found[sha] = parents_in(rest[:length])
        batch = rest[length + 1 :] if size else rest
    return found


def _headers(commit: bytes) -> list[str]:
    return commit.partition(b"\n\n")[0].decode("utf-8", "replace").split("\n")
