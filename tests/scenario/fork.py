"""A pull request from a fork: the report that its own run left, and the workflow run that publishes it."""

import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull, Repository, State, Token
from tests.golden.faces import FACES

from covgate.cli import main
from covgate.render.formats import json_report

BASE, HEAD, OTHER = "a" * 40, "b" * 40, "c" * 40
NAME, FORK = "shop/cart", "stranger/cart"
WRITER, BOT = "ghs_writer", "github-actions[bot]"
COMMENTS = f"/repos/{NAME}/issues/7/comments"


def double() -> GitHub:
    """A GitHub with a pull request from a fork."""
    pulls = {7: Pull(7, BASE, HEAD, head_repository=FORK)}
    return GitHub(State({NAME: Repository(NAME, pulls=pulls)}, {WRITER: Token(BOT), "read": Token(BOT, write=False)}))


def report(face: str = "failed", number: int = 7, head_sha: str = HEAD) -> dict[str, Any]:
    """What the first run left, as values."""
    values: dict[str, Any] = json.loads(json_report.render(FACES[face]()))
    return values | {"pull_request": {"number": number, "head_sha": head_sha}}


def workflow_run(**other: Any) -> dict[str, Any]:
    """The event of the second run, as GitHub sends it for a fork: without pull requests."""
    run = {
        "id": 4711, "name": "covgate", "event": "pull_request", "status": "completed", "conclusion": "failure",
        "head_branch": "change", "head_sha": HEAD, "pull_requests": [], "html_url": "https://evil.example",
        "head_repository": {"id": 2, "full_name": FORK, "owner": {"login": "stranger"}, "fork": True},
        "repository": {"id": 1, "full_name": NAME},
    }  # fmt: skip
    return {
        "action": "completed",
        "workflow_run": run | other,
        "workflow": {"path": ".github/workflows/covgate.yml"},
        "repository": {"full_name": NAME, "default_branch": "main"},
    }


@dataclass
class SecondRun:
    """The privileged workflow's runner: an empty workspace with the artifact in a folder of it."""

    github: GitHub
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.artifact.mkdir(parents=True)
        self.tell(workflow_run())

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def artifact(self) -> Path:
        return self.workspace / "covgate-report"

    def tell(self, event: Mapping[str, Any]) -> None:
        """Sets the event that the run was started by."""
        (self.folder / "event.json").write_text(json.dumps(event))

    def leave(self, values: Any) -> None:
        """Lays a report into the artifact: values, or bytes as they are."""
        content = values if isinstance(values, bytes) else json.dumps(values).encode()
        (self.artifact / "report.json").write_bytes(content)

    def run(self, *arguments: str, **inputs: str) -> int:
        """The action in its second workflow, or covgate with arguments in the same place; answers the exit code."""
        given = {"mode": "publish", "data": "covgate-report", "github-token": WRITER}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        return self.covgate(*arguments, **({} if arguments else {f"INPUT_{n.upper()}": v for n, v in given.items()}))

    def covgate(self, *arguments: str, **more: str) -> int:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_EVENT_NAME": "workflow_run",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_RUN_ID": "4712",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_WORKSPACE": str(self.workspace),
            **self.variables,
            **more,
        }
        with signals_kept():
            return main(arguments, environment)

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text(encoding="utf-8")

    @property
    def comments(self) -> dict[int, str]:
        """The last comment of each pull request."""
        known = self.github.state.repositories[NAME].comments
        return {comment.number: comment.body.replace("\r\n", "\n") for comment in known}


@contextmanager
def signals_kept() -> Iterator[None]:
    """A run in this process hears signals in its own way; afterwards the tests' own way holds again."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
