"""A repository on a forge, runs of its default branch and of a pull request, and what became of the base meanwhile."""

import gzip
import html
import json
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.scenario.shop import BASE, Ended, Shop, covgate
from tests.unit.shell.data_branch.stores import Server

NAME = "acme/shop"
NEVER = "version: 1\nbaseline: {rerun: never}\n"
AUTO = "version: 1\n"
LESS_TESTED = """
    from shop.cart import total


    def test_a_total_is_the_sum():
        assert total([1, 2]) == 3
"""


@dataclass
class Scene:
    """A forge's repository in `folder`, and an author's clone of it.

    Shape:  `jobs` counts the checkouts; `more` are files of the pull request; `offline` says that the forge's
            repository goes away between checkout and run.
    """

    folder: Path
    api: str
    jobs: int = 0
    base: str = ""
    older: str = ""
    more: dict[str, str] = field(default_factory=dict)
    offline: bool = False

    @classmethod
    def made(cls, folder: Path, api: str, settings: str = NEVER) -> Self:
        """The shop on `main`."""
        scene = cls(folder, api)
        Server(folder / NAME)
        scene.author.git("remote", "add", "origin", scene.remote.url)
        scene.commit({**BASE, ".covgate.yml": settings}, "A shop")
        return scene

    @property
    def remote(self) -> Server:
        return served(self.folder / NAME)

    @property
    def author(self) -> Shop:
        return Shop(self.folder / "author")

    def copy(self, folder: Path, api: str) -> "Scene":
        """The same somewhere else."""
        shutil.copytree(self.folder, folder, symlinks=True)
        scene = Scene(folder, api, self.jobs, self.base, self.older)
        scene.author.git("remote", "set-url", "origin", scene.remote.url)
        return scene

    def commit(self, files: Mapping[str, str | bytes], message: str = "a change", branch: str = "main") -> str:
        """One more commit on a branch, pushed; the next pull request's base."""
        self.base = self.author.add(files, message)
        self.push(branch)
        return self.base

    def push(self, branch: str = "main") -> None:
        self.author.git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")

    def measured(self, event: str = "push") -> None:
        """The default branch's run for its tip, which stores its snapshot."""
        sha = self.author.git("rev-parse", "HEAD")
        before = self.author.git("rev-parse", "HEAD~1") if self.author.git("rev-list", "HEAD~1..") != sha else sha
        what: dict[str, Any] = {"ref": "refs/heads/main", "before": before, "after": sha, "created": False}
        ref = "refs/heads/main"
        if event == "merge_group":
            ref = f"refs/heads/gh-readonly-queue/main/pr-7-{sha}"
            what = {
                "merge_group": {"head_sha": sha, "base_sha": before, "base_ref": "refs/heads/main", "head_ref": ref}
            }
        ended = self.run(self.checked_out(sha), event, what, sha, ref)
        assert ended.code == 0, ended.out + ended.err
        assert sha in self.remote.snapshots(), ended.err

    def pull_request(self, depth: int = 0, branch: str = "main", **inputs: str) -> Ended:
        """The run for a pull request that adds a file and takes a test away."""
        self.author.git("checkout", "--quiet", "-B", "change")
        head = self.author.add({"shop/new.py": "X = 1\n", "tests/test_cart.py": LESS_TESTED, **self.more})
        self.author.git("checkout", "--quiet", "--detach", self.base)
        self.author.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
        merge = self.author.git("rev-parse", "HEAD")
        self.author.git(
            "push", "--quiet", "--force", "origin", f"{merge}:refs/pull/7/merge", f"{head}:refs/heads/change"
        )
        repository = {"full_name": NAME, "default_branch": "main"}
        sides = {
            "base": {"sha": self.base, "ref": branch, "repo": repository},
            "head": {"sha": head, "ref": "change", "repo": repository},
        }
        what = {"pull_request": {"number": 7, **sides}, "number": 7}
        return self.run(self.checked_out(merge, depth), "pull_request", what, merge, "refs/pull/7/merge", **inputs)

    def checked_out(self, sha: str, depth: int = 0) -> Shop:
        """A runner's workspace with this commit, as actions/checkout makes it."""
        self.jobs += 1
        workspace = Shop(self.folder / f"job{self.jobs}" / "shop")
        workspace.git("remote", "add", "origin", self.remote.url)
        refs = [] if depth else ["+refs/heads/*:refs/remotes/origin/*"]
        depths = [f"--depth={depth}"] if depth else []
        workspace.git("fetch", "--quiet", "--no-tags", *depths, "origin", *refs, f"+{sha}:refs/remotes/checked/out")
        workspace.git("checkout", "--quiet", "--detach", sha)
        return workspace

    def run(self, workspace: Shop, event: str, what: Mapping[str, Any], sha: str, ref: str, **inputs: str) -> Ended:
        """The action in a workspace."""
        folder = workspace.root.parent
        event_file = folder / "event.json"
        content = {"repository": {"full_name": NAME, "default_branch": "main"}, **what}
        event_file.write_text(json.dumps(content), encoding="utf-8")
        given = {"mode": "", "github-token": "ghs_shop", "python-version": sys.executable, **inputs}
        environment = {
            **workspace.environment,
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.api,
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(event_file),
            "GITHUB_OUTPUT": str(folder / "outputs"),
            "GITHUB_REF": ref,
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_SERVER_URL": f"file://{self.folder}",
            "GITHUB_SHA": sha,
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_WORKSPACE": str(workspace.root),
            **{f"INPUT_{name.upper()}": value for name, value in given.items()},
        }
        if self.offline:
            shutil.move(self.remote.root, self.folder / "gone")
        return covgate(environment=environment, folder=workspace.out)

    def alter(self, sha: str, **origin: str) -> None:
        """Makes a snapshot say that it was measured by something else."""
        content = self.remote.snapshots()[sha]
        content["origin"].update(origin)
        self.remote.put_snapshot(sha, content)

    def damage(self, sha: str) -> None:
        """Puts something else in a snapshot's place."""
        self.remote.put({f"snapshots/{sha}.json.gz": gzip.compress(b'{"covgate')})


def served(root: Path) -> Server:
    """The server's repository that is in this directory already."""
    server = Server.__new__(Server)
    server.root = root
    return server


def last_line(ended: Ended) -> str:
    """The last line of the comment, as it is read."""
    (small,) = re.findall(r"<sub>(.*?)</sub>\s*$", ended.comment, re.DOTALL)
    return html.unescape(re.sub(r"</?code>", "`", small)).replace("\\", "")
