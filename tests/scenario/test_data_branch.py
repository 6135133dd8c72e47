"""Runs on a runner with a remote: the default branch's store, pull requests read, whatever their token may."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.doubles.git_server import GitServer
from tests.doubles.github import GitHub
from tests.scenario.runner import NAME, TOKEN, Job, double
from tests.scenario.shop import REFUND, TEST_REFUND, Ended, shop
from tests.unit.shell.data_branch.stores import BRANCH, REF, Server

from covgate.parse.stored_snapshot import stored_from


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as github:
        yield github


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[GitServer]:
    with GitServer(tmp_path / "served", frozenset({TOKEN}), frozenset({"ghs_reader"})) as server:
        yield server


@dataclass(frozen=True)
class Placed(Job):
    """A job with variables of its own."""

    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> Mapping[str, str]:
        return {**super().environment, **self.more}


class Repository:
    """The shop on a forge, with jobs that are run there."""

    def __init__(self, folder: Path, forge: GitServer, github: GitHub) -> None:
        self.forge = forge
        self.server = Server(forge.root / f"{NAME}.git")
        self.job = Placed(shop(folder / "shop"), github, folder)
        self.project = self.job.project
        self.project.git("checkout", "--quiet", "main")
        self.project.git("remote", "add", "origin", self.server.url)
        self.push()

    def push(self) -> str:
        """What is checked out is on the default branch."""
        self.project.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
        return self.project.git("rev-parse", "HEAD")

    def run(self, event: str, ref: str = "refs/heads/main", token: str = TOKEN, **inputs: str) -> Ended:
        """A job with this event for what is checked out."""
        more = {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_REF": ref,
            "GITHUB_SHA": self.project.git("rev-parse", "HEAD"),
            "GITHUB_SERVER_URL": self.forge.url,
        }
        return replace(self.job, more=more).run(**{"github_token": token, **inputs})

    def on_default_branch(self, event: str = "push", **more: str) -> Ended:
        """A job of the default branch."""
        told = {"repository": {"full_name": NAME, "default_branch": "main"}, "ref": "refs/heads/main"}
        (self.job.folder / "event.json").write_text(json.dumps(told), encoding="utf-8")
        return self.run(event, **more)

    def pull_request(self, **more: str) -> Ended:
        """A job of the pull request `change`."""
        self.job.check_out()
        return self.run("pull_request", "refs/pull/7/merge", **more)

    @property
    def data(self) -> str:
        """The data branch's commit, "" where there is none."""
        return self.server.git("for-each-ref", "--format=%(objectname)", REF)


@pytest.fixture
def repository(tmp_path: Path, forge: GitServer, github: GitHub) -> Repository:
    return Repository(tmp_path, forge, github)


def change(repository: Repository, files: Mapping[str, str]) -> None:
    """A pull request's branch off the default branch, with these files."""
    repository.project.git("checkout", "--quiet", "-B", "change", "main")
    repository.project.add(files)


def test_a_push_on_the_default_branch_stores_and_a_fork_s_pull_request_reads(repository: Repository) -> None:
    base = repository.push()
    stored = repository.on_default_branch()
    assert (stored.code, f"covgate: The snapshot of `{base[:7]}` was stored on `{BRANCH}`." in stored.out) == (0, True)
    assert [line["sha"] for line in repository.server.history] == [base]
    assert {"README.md", "badge.json", "badge.svg", "history.jsonl"} < set(repository.server.names)

    tip = repository.data
    change(repository, {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND})
    read = repository.pull_request(token="ghs_reader")
    assert read.report["baseline"] | {"behind": 0} == read.report["baseline"]
    assert (read.report["baseline"]["state"], read.report["baseline"]["sha"]) == ("known", base)
    assert read.report["baseline"]["source"] == "data branch"
    assert read.report["before"]["line"]["total"] < read.report["total"]["line"]["total"]
    assert (repository.data, "was stored" in read.out) == (tip, False)


def test_a_pull_request_whose_base_was_never_measured_has_the_nearest_ancestor(repository: Repository) -> None:
    first = repository.push()
    repository.on_default_branch()
    repository.project.add({"shop/tax.py": "RATE = 3\n"})
    repository.push()
    change(repository, {"shop/refund.py": REFUND})
    told = repository.pull_request().report["baseline"]
    assert (told["sha"], told["behind"], told["source"]) == (first, 1, "data branch")


def test_a_pull_request_stores_nothing_even_with_a_token_that_may(repository: Repository) -> None:
    change(repository, {"shop/refund.py": REFUND})
    repository.pull_request()
    assert (repository.data, repository.forge.pushes) == ("", 0)


@pytest.mark.parametrize("ref", ["refs/heads/topic", "refs/tags/v1"])
def test_another_branch_or_a_tag_stores_nothing(repository: Repository, ref: str) -> None:
    ended = repository.on_default_branch(ref=ref)
    assert "covgate: Snapshots are kept of the default branch only." in ended.out
    assert (repository.data, repository.forge.pushes) == ("", 0)


def test_without_the_permission_the_verdict_stands_and_the_snapshot_is_in_the_output_folder(
    repository: Repository,
) -> None:
    sha = repository.push()
    ended = repository.on_default_branch(token="ghs_reader")
    words = "Give this job the permission `contents: write`, in the default branch's workflow only."
    assert ended.code == 0
    assert f"{words} It is in `.covgate/snapshot.json.gz`." in ended.out
    assert "the permission <code>contents&#58; write</code>" in repository.job.summary.read_text(encoding="utf-8")
    read = stored_from((repository.project.out / "snapshot.json.gz").read_bytes(), "")
    assert (read.sha, read.suite.counted, read.snapshot.line.total > 0) == (sha, True, True)


def test_a_remote_that_does_not_answer_costs_the_snapshot_and_not_the_verdict(repository: Repository) -> None:
    repository.forge.refuse = 403
    ended = repository.on_default_branch()
    assert (ended.code, ended.report["verdict"]) == (0, "passed")
    assert "cannot be read" in ended.report["baseline"]["reason"]
    assert "was not stored on" in ended.out


def test_a_suite_that_failed_stores_nothing(repository: Repository) -> None:
    repository.project.add({"tests/test_bad.py": "def test_bad():\n    assert 1 == 2\n"})
    repository.push()
    ended = repository.on_default_branch()
    assert ended.code == 3
    assert "covgate: The snapshot was not kept: the suite did not end well." in ended.out
    assert repository.data == ""


def test_the_suite_cannot_change_what_is_stored_nor_where(repository: Repository) -> None:
    """It writes into the checkout's Git as it likes: another remote, hooks, a branch of the same name."""
    evil = """
        import os, pathlib, subprocess

        def test_evil():
            for words in ("remote set-url origin file:///nowhere", "config core.hooksPath hooks",
                          "config --add url.file:///nowhere/.insteadOf http://", "branch -f covgate-data HEAD"):
                subprocess.run(["git", *words.split()], check=True)
            pathlib.Path("hooks").mkdir(exist_ok=True)
            hook = pathlib.Path("hooks/pre-push")
            hook.write_text("#!/bin/sh\\ntouch hooks/ran\\nexit 1\\n")
            hook.chmod(0o755)
    """
    repository.project.add({"tests/test_evil.py": evil})
    sha = repository.push()
    assert "was stored" in repository.on_default_branch().out
    assert [line["sha"] for line in repository.server.history] == [sha]
    assert not (repository.project.root / "hooks/ran").exists()


def test_a_run_of_the_default_branch_that_posts_nothing_stores_nothing(repository: Repository) -> None:
    told = {"repository": {"full_name": NAME, "default_branch": "main"}}
    (repository.job.folder / "event.json").write_text(json.dumps(told), encoding="utf-8")
    more = {
        "GITHUB_EVENT_NAME": "push",
        "GITHUB_REF": "refs/heads/main",
        "GITHUB_SHA": repository.push(),
        "GITHUB_SERVER_URL": repository.forge.url,
    }
    root = str(repository.project.root)
    ended = replace(repository.job, more=more).run("run", "--repo", root, "--no-publish", "--python", sys.executable)
    assert (ended.code, repository.data) == (0, "")
    assert "snapshot.json.gz" in ended.files


def test_a_terminal_reads_what_its_origin_has_and_stores_nothing(repository: Repository) -> None:
    base = repository.push()
    repository.on_default_branch()
    tip = repository.data
    change(repository, {"shop/refund.py": REFUND})
    ended = repository.project.run()
    assert (ended.report["baseline"]["sha"], ended.report["baseline"]["source"]) == (base, "data branch")
    assert (repository.data, "snapshot.json.gz" in ended.files) == (tip, True)


def test_the_branch_is_the_one_that_the_base_s_settings_name(repository: Repository) -> None:
    named = repository.project.root / ".covgate.yml"
    repository.project.add({".covgate.yml": named.read_text(encoding="utf-8") + "baseline: {branch: numbers/kept}\n"})
    base = repository.push()
    assert f"The snapshot of `{base[:7]}` was stored on `numbers/kept`." in repository.on_default_branch().out
    change(repository, {".covgate.yml": "baseline: {branch: elsewhere}\n", "shop/refund.py": REFUND})
    assert repository.pull_request().report["baseline"]["sha"] == base


def test_of_a_suite_in_shards_the_run_that_combines_them_stores_and_no_shard_does(repository: Repository) -> None:
    project = repository.project
    settings = (project.root / ".covgate.yml").read_text(encoding="utf-8") + "suite: {shards: [cart, refund]}\n"
    project.add({".covgate.yml": settings, "shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND})
    sha = repository.push()
    for name in ("cart", "refund"):
        ended = repository.on_default_branch(shard=name, command=f"pytest tests/test_{name}.py", out=f"parts/{name}")
        assert (ended.code, repository.data) == (0, "")
    ended = repository.on_default_branch(mode="report", data="parts/cart\nparts/refund")
    assert f"The snapshot of `{sha[:7]}` was stored on `{BRANCH}`." in ended.out
    (stored,) = repository.server.snapshots().values()
    assert sorted(case[0] for case in stored["suite"]["cases"]) == [
        "tests/test_cart.py::test_a_coupon_makes_it_free",
        "tests/test_cart.py::test_a_total_is_the_sum",
        "tests/test_refund.py::test_a_refund_is_the_price",
    ]


def test_a_merge_queue_stores_for_its_branch_and_a_push_then_settles_it(repository: Repository) -> None:
    sha = repository.push()
    queue = "refs/heads/gh-readonly-queue/main/pr-7-" + "0" * 40
    group = {"head_sha": sha, "head_ref": queue, "base_sha": sha, "base_ref": "refs/heads/main"}
    event = {"repository": {"full_name": NAME, "default_branch": "main"}, "merge_group": group}
    (repository.job.folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
    repository.run("merge_group", queue)
    assert [(line["sha"], line["queued"]) for line in repository.server.history] == [(sha, True)]
    repository.on_default_branch()
    assert [(line["sha"], line["queued"]) for line in repository.server.history] == [(sha, False)]


def test_a_commit_that_was_edited_after_the_checkout_is_not_stored(repository: Repository) -> None:
    repository.project.write(
        "shop/cart.py", "def total(prices, coupon=None):\n    return 0 if coupon else sum(prices)\n"
    )
    ended = repository.on_default_branch()
    assert "covgate: The snapshot was not kept: files were edited after the checkout" in ended.out
    assert repository.data == ""
