"""A remote with a data branch, clones of it, and runs that read and write there."""

import gzip
import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.unit.shell.git.project import TERMINAL, Project

from covgate.model.comparison import Baseline
from covgate.model.history import HistoryLine, Stored
from covgate.model.lines import LineSet
from covgate.model.place import Place, PullRequest
from covgate.model.snapshot import FileCoverage, Origin, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.ports import Kept
from covgate.shell.data_branch import DataBranch, Patience, Remote
from covgate.shell.data_branch.bare import Bare

BRANCH = "covgate-data"
REF = f"refs/heads/{BRANCH}"
ORIGIN = Origin("coverage.py", "7.17.3", "CPython 3.13.0", "ctrace", exclusions=(("exclude_list", ("no cover",)),))
CASE = TestCase("tests/test_a.py::test_a", Outcome.PASSED, 0.5)
PASSED = SuiteResult(Ending.PASSED, "The suite passed.", "pytest", 0, 1.5, (CASE,), counted=True)


def snapshot(covered: int = 1, total: int = 4, path: str = "a.py") -> Snapshot:
    """One file of so many statements, the first of them run."""
    lines = LineSet.spanning([(1, total)])
    return Snapshot((FileCoverage(path, lines, LineSet.spanning([(1, covered)]) if covered else LineSet()),), ORIGIN)


def stored(sha: str, covered: int = 1, *, parents: tuple[str, ...] = (), minute: int = 0, **more: Any) -> Stored:
    """A commit's snapshot, made so many minutes after the year began."""
    time = datetime.fromtimestamp(1767225600 + 60 * minute, UTC)
    return replace(Stored(sha, parents, time, snapshot(covered), PASSED, "0.1.0"), **more)


def pages(history: tuple[HistoryLine, ...]) -> Mapping[str, str]:
    """A page for readers that tells how many commits there are."""
    return {"README.md": f"{len(history)} commits\n"}


def pushed(sha: str, branch: str = "main") -> Place:
    """A run for a push."""
    return Place("github", "push", default_branch="main", sha=sha, branch=branch)


@dataclass
class Waits:
    """A clock that only waiting moves."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def patience(self, seconds: float = 60.0) -> Patience:
        return Patience(seconds, lambda: self.now, self.wait, lambda: 0.5)


class Server(Project):
    """A server's repository: bare, and able to leave objects out as forges are."""

    def __init__(self, root: Path, hashes: str = "sha1") -> None:
        root.mkdir(parents=True)
        self.root = root
        self.git("init", "--quiet", "--bare", "--initial-branch=main", f"--object-format={hashes}")
        self.git("config", "uploadpack.allowFilter", "true")

    @property
    def url(self) -> str:
        return f"file://{self.root}"

    @property
    def names(self) -> list[str]:
        """Paths of all files on the data branch."""
        return self.git("ls-tree", "-r", "--name-only", REF).splitlines()

    @property
    def commits(self) -> int:
        """How many commits the data branch has."""
        return int(self.git("rev-list", "--count", REF))

    @property
    def history(self) -> list[dict[str, Any]]:
        """The lines of the history."""
        return self.history_at(REF)

    def history_at(self, revision: str) -> list[dict[str, Any]]:
        """The same as of a commit."""
        return [json.loads(line) for line in self.git("show", f"{revision}:history.jsonl").splitlines()]

    def content(self, path: str) -> bytes:
        """A file's bytes."""
        command = ["git", "cat-file", "blob", f"{REF}:{path}"]
        return subprocess.run(command, cwd=self.root, env=self.environment, check=True, capture_output=True).stdout

    def snapshots(self, revision: str = REF) -> dict[str, Any]:
        """All snapshots as JSON by their commits: each is whole, or this fails."""
        command = ["git", "archive", "--format=tar", revision]
        done = subprocess.run(command, cwd=self.root, env=self.environment, check=True, capture_output=True)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
            files = {member.name: tar.extractfile(member) for member in tar if member.name.endswith(".json.gz")}
            return {
                name.removeprefix("snapshots/").removesuffix(".json.gz"): json.loads(gzip.decompress(file.read()))
                for name, file in files.items()
                if file
            }

    def put(self, files: Mapping[str, bytes | str], branch: str = BRANCH) -> None:
        """Makes the branch say something, over what is there."""
        work = self._work(branch)
        for path, content in files.items():
            work.write(path, content)
        self._take(work, branch)

    def put_snapshot(self, sha: str, content: Mapping[str, Any]) -> None:
        """Makes a commit's snapshot say something else."""
        self.put({f"snapshots/{sha}.json.gz": gzip.compress(json.dumps(content).encode())})

    def drop(self, path: str) -> None:
        """Takes a file off the data branch."""
        work = self._work(BRANCH)
        (work.root / path).unlink()
        self._take(work, BRANCH)

    def _work(self, branch: str) -> Project:
        work = Project(Path(tempfile.mkdtemp(dir=self.root.parent)))
        work.git("remote", "add", "origin", self.url)
        if self.git("for-each-ref", f"refs/heads/{branch}"):
            work.git("pull", "--quiet", "origin", branch)
        return work

    def _take(self, work: Project, branch: str) -> None:
        work.commit()
        work.git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")


@dataclass
class Scene:
    """A remote with a default branch, and a clone of it."""

    folder: Path
    remote: Server
    clone: Project

    @classmethod
    def made(cls, folder: Path, commits: int = 1) -> "Scene":
        return cls.around(Server(folder / "remote.git"), folder, "sha1", commits)

    @classmethod
    def around(cls, remote: Server, folder: Path, hashes: str, commits: int = 1) -> "Scene":
        """The same with a remote that is there, whose names are hashes of this kind."""
        clone = Project.__new__(Project)
        clone.root = folder / "clone"
        clone.root.mkdir()
        clone.git("init", "--quiet", "--initial-branch=main", f"--object-format={hashes}")
        clone.git("remote", "add", "origin", remote.url)
        scene = cls(folder, remote, clone)
        for number in range(commits):
            scene.grow(f"x = {number}\n")
        return scene

    def grow(self, content: str) -> str:
        """One more commit on the default branch, pushed."""
        sha = self.clone.commit_file("a.py", content)
        self.clone.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
        return sha

    def branch(
        self, place: Place = TERMINAL, clone: Project | None = None, *, patience: Patience | None = None, **more: Any
    ) -> DataBranch:
        """The port, as one run has it."""
        project = clone or self.clone
        remote = more.get("remote", Remote(self.remote.url))
        environment = more.get("environment", project.environment)
        bare = Bare(Path(tempfile.mkdtemp(dir=self.folder)), remote, environment)
        repository = project.repository(place)
        return DataBranch(place, more.get("name", BRANCH), bare, repository, patience=patience or Waits().patience())

    def keep(self, one: Stored, **more: Any) -> Kept:
        """A run on the default branch stores this."""
        return self.branch(more.pop("place", pushed(one.sha)), **more).keep(one, pages)

    def find(self, clone: Project | None = None, base: str = "", **more: Any) -> Baseline:
        """A run looks for its base's snapshot."""
        port = self.branch(clone=clone, **more)
        return port.find((clone or self.clone).change(base))

    def shas(self) -> list[str]:
        """All commits of the default branch, the newest first."""
        return self.clone.git("rev-list", "HEAD").splitlines()


def merge_group(sha: str, into: str = "main") -> Place:
    """A run for a merge queue."""
    pull = PullRequest(7, "b" * 40, sha, base_ref=into)
    return Place(
        "github", "merge_group", default_branch="main", sha=sha, branch="gh-readonly-queue/main/pr-7", pull_request=pull
    )


def lines(scene: Scene, shas: Iterable[str]) -> None:
    """Stores a snapshot of each commit, one more statement covered each time."""
    for number, sha in enumerate(shas):
        assert scene.keep(stored(sha, number % 4, minute=number)).state == "written"
