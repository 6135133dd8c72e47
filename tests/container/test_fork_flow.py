"""A pull request from a fork in two containers: one measures and may not write, one posts and runs nothing."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.container.conftest import Begin, Push
from tests.container.origin import Origin
from tests.container.runner import NUMBER, REPOSITORY, RUNNER_UID, TOKEN, Job, Pull, Step, give_to_runner
from tests.doubles.github import GitHub

pytestmark = pytest.mark.container

FORK = "stranger/shop"
ARTIFACT = "covgate-report"
SPOILT = """\
def discount(price, member):
    if member:
        return price / 2
    return price
"""


class SecondJob(Job):
    """The privileged workflow's runner: nothing is checked out, the artifact lies in a folder of the workspace."""

    def environment(self, inputs: Mapping[str, str]) -> dict[str, str]:
        return {**super().environment(inputs), "GITHUB_EVENT_NAME": "workflow_run", "GITHUB_RUN_ID": "4712"}


Publish = Callable[[Path], Step]


@pytest.fixture
def first(push: Push, begin: Begin, github: GitHub) -> tuple[Pull, Step]:
    """The fork's own run: its token reads, its report is in a folder that can be uploaded."""
    pull = push({"shop/discount.py": SPOILT})
    github.state.repositories[REPOSITORY].pulls[NUMBER].head_repository = FORK
    github.state.tokens[TOKEN].write = False
    job = begin(pull)
    event: Any = pull.event()
    event["pull_request"]["head"]["repo"] = {"full_name": FORK}
    (job.directory / "workflow/event.json").write_text(json.dumps(event))
    return pull, job.run(comment="never", out=ARTIFACT)


@pytest.fixture
def publish(tmp_path: Path, image: str, origin: Origin, github: GitHub, first: tuple[Pull, Step]) -> Publish:
    """Runs the second workflow with an artifact."""

    def published(artifact: Path) -> Step:
        pull, _ = first
        github.state.tokens[TOKEN].write = True
        job = SecondJob(tmp_path / "second", image, origin, github.url, pull)
        shutil.rmtree(job.workspace)
        shutil.copytree(artifact, job.workspace / ARTIFACT, symlinks=True)
        (job.directory / "workflow/event.json").write_text(json.dumps(ended(pull)))
        give_to_runner(job.directory)
        return job.run(mode="publish", data=ARTIFACT)

    return published


def ended(pull: Pull) -> dict[str, Any]:
    """The event that GitHub sends when a fork's run has ended."""
    run = {"id": 4711, "event": "pull_request", "conclusion": "failure", "head_sha": pull.head_sha}
    run |= {"head_branch": "change", "head_repository": {"full_name": FORK}, "pull_requests": []}
    repository = {"full_name": REPOSITORY, "default_branch": "main"}
    return {"action": "completed", "workflow_run": run, "repository": repository}


@pytest.fixture
def artifact(tmp_path: Path, first: tuple[Pull, Step]) -> Path:
    """What is uploaded and downloaded again."""
    folder = tmp_path / "artifact"
    folder.mkdir()
    shutil.copy(first[1].workspace / ARTIFACT / "report.json", folder)
    return folder


def comments(github: GitHub) -> dict[int, str]:
    return {comment.number: comment.body for comment in github.state.repositories[REPOSITORY].comments}


def test_the_fork_s_run_judges_and_the_second_one_posts(
    first: tuple[Pull, Step], artifact: Path, publish: Publish, github: GitHub
) -> None:
    pull, measured = first
    assert measured.exit_code == 1, measured.log
    assert [line for line in github.sent() if not line.startswith("GET")] == []

    posted = publish(artifact)
    assert posted.exit_code == 0, posted.log
    body = comments(github)[NUMBER]
    assert "statements short" in body
    assert f"/{REPOSITORY}/blob/{pull.head_sha}/shop/discount.py" in body
    assert f"/{REPOSITORY}/actions/runs/4711" in body
    assert posted.outputs["verdict"] == "failed"
    assert posted.outputs["comment-id"]
    assert posted.annotations() == []
    assert {path.lstat().st_uid for path in (posted.workspace / ".covgate").rglob("*")} == {RUNNER_UID}


def other_number(report: Path) -> None:
    rewrite(report, "number", NUMBER + 1)


def other_commit(report: Path) -> None:
    rewrite(report, "head_sha", "c" * 40)


def rewrite(report: Path, key: str, value: object) -> None:
    values = json.loads(report.read_text())
    values["pull_request"][key] = value
    report.write_text(json.dumps(values))


def html(report: Path) -> None:
    report.write_text("<!DOCTYPE html><h1>All is well</h1>")


def large(report: Path) -> None:
    os.truncate(report, 100_000_000)


def outside(report: Path) -> None:
    report.write_text(report.read_text().replace("shop/discount.py", "../../../settings"))


def link(report: Path) -> None:
    report.unlink()
    report.symlink_to("/github/workflow/event.json")


@pytest.mark.parametrize("forge", [other_number, other_commit, html, large, outside, link])
def test_a_forged_artifact_is_refused(
    artifact: Path, publish: Publish, github: GitHub, forge: Callable[[Path], None]
) -> None:
    forge(artifact / "report.json")
    step = publish(artifact)
    assert step.exit_code == 4, step.log
    assert "the report is refused" in step.log
    assert set(comments(github)) == {NUMBER}
    assert "No verdict: the report is refused" in comments(github)[NUMBER]
