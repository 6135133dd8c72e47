"""A forge's repository in all the states that events meet, checked out as actions/checkout does, with real payloads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull, Repository, State, Token
from tests.unit.shell.git.project import Project

from covgate.model.diff import Diff
from covgate.model.place import Place
from covgate.shell.forge.place import place
from covgate.shell.forge.questions import Questions
from covgate.shell.git import GitRepository

WEBHOOKS = Path(__file__).parents[1] / "samples/webhooks"
NAME = "Codertocat/Hello-World"
TOKEN = "ghs_job"
NUMBER = 2
NOBODY = "0" * 40


def payload(name: str) -> dict[str, Any]:
    """What GitHub sent, with its own commits."""
    return dict(json.loads((WEBHOOKS / f"{name}.json").read_bytes()))


@dataclass
class Forge:
    """The remote: `main` has moved on since `topic` left it; `github` answers for both, with memory."""

    remote: Project
    github: GitHub
    fork: str = ""
    main: str = ""
    topic: str = ""
    merge: str = ""

    def grow(self, commits: int = 3) -> None:
        """The usual state: a pull request of some commits, and its merge commit."""
        self.fork = self.remote.commit_file("base.py")
        self.remote.git("checkout", "--quiet", "-b", "topic")
        for number in range(commits):
            self.topic = self.remote.commit_file("topic.py", f"x = {number}\n")
        self.move_main("later.py")

    def move_main(self, path: str) -> None:
        """One more commit on main; the merge commit follows, the event does not."""
        self.remote.git("checkout", "--quiet", "main")
        self.main = self.remote.commit_file(path)
        self.merge = self.merged()
        self.remote.git("update-ref", f"refs/pull/{NUMBER}/merge", self.merge)

    def merged(self) -> str:
        """Main with the topic merged into it."""
        self.remote.git("checkout", "--quiet", "--detach", "main")
        self.remote.git("merge", "--quiet", "--no-ff", "--message", "Merge", "topic")
        return self.remote.git("rev-parse", "HEAD")

    def knows(self, base: str, head: str, merge_base: str) -> None:
        """What the compare API answers."""
        self.repository.merge_bases[f"{base}...{head}"] = merge_base

    @property
    def repository(self) -> Repository:
        return self.github.state.repositories[NAME]

    def pull(self, number: int = NUMBER, **changes: Any) -> Pull:
        """A pull request that the API knows of."""
        known = Pull(number, self.main, self.topic, head_ref="topic", head_repository=NAME)
        for name, value in changes.items():
            setattr(known, name, value)
        self.repository.pulls[number] = known
        return known


@dataclass
class Checkout:
    """A runner's workspace with the commit that the event is about."""

    forge: Forge
    folder: Path
    event: str
    content: Mapping[str, Any]
    sha: str
    ref: str = "refs/heads/topic"
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.project = Project(self.folder / "workspace")
        self.project.git("remote", "add", "origin", f"file://{self.forge.remote.root}")
        (self.folder / "event.json").write_text(json.dumps(self.content), encoding="utf-8")

    def fetch(self, depth: int, sha: str = "") -> "Checkout":
        """As actions/checkout: all branches at depth 0, else one commit and so many before it."""
        wanted = sha or self.sha
        depths = [f"--depth={depth}"] if depth else []
        refs = [] if depth else ["+refs/heads/*:refs/remotes/origin/*"]
        refs.append(f"+{wanted}:refs/remotes/checked/out")
        self.project.git("fetch", "--quiet", "--no-tags", *depths, "origin", *refs)
        self.project.git("checkout", "--quiet", "--force", "--detach", wanted)
        return self

    @property
    def environment(self) -> dict[str, str]:
        """The runner's variables."""
        return {
            **self.project.environment,
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.forge.github.url,
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REF": self.ref,
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_SHA": self.sha,
            **self.more,
        }

    @property
    def place(self) -> Place:
        """Where covgate finds itself, a push's pull request included."""
        here = place(self.environment, lambda path: Path(path).read_bytes())
        return Questions(here, TOKEN).place_of_push()

    def change(self) -> Diff:
        """The change as covgate sees it."""
        here = self.place
        ask = Questions(here, TOKEN, pause=lambda _: None).merge_base
        return GitRepository(self.project.root, self.environment, here, ask=ask).change("")

    def compared(self) -> tuple[str, str, list[str]]:
        """The base, how it was found, and the changed files."""
        diff = self.change()
        return diff.base.sha, diff.base.how, [file.path for file in diff.files]


def pull_request_event(forge: Forge, name: str = "pull_request.synchronize", **changes: Any) -> dict[str, Any]:
    """A real payload, about this forge's commits."""
    event = payload(name)
    event["pull_request"] |= changes
    event["pull_request"]["base"] |= {"sha": forge.main, "ref": "main"}
    event["pull_request"]["head"] |= {"sha": forge.topic, "ref": "topic"}
    event["repository"]["default_branch"] = "main"
    return event


def merge_group_event(forge: Forge, head: str, base: str = "") -> dict[str, Any]:
    """A real payload, about a merge queue's commit."""
    event = payload("merge_group.checks_requested")
    event["merge_group"] |= {"head_sha": head, "base_sha": base or forge.main}
    event["repository"]["default_branch"] = "main"
    return event


def push_event(sha: str, branch: str = "topic", before: str = NOBODY) -> dict[str, Any]:
    """A real payload, about this commit."""
    event = payload("push.branch_created")
    event |= {"ref": f"refs/heads/{branch}", "before": before, "after": sha, "created": before == NOBODY}
    event["repository"]["default_branch"] = "main"
    return event


def new_forge(folder: Path, github: GitHub) -> Forge:
    """The remote with its usual history."""
    forge = Forge(Project(folder / "remote"), github)
    forge.grow()
    return forge


def double() -> GitHub:
    """A GitHub that knows the repository, to be entered."""
    return GitHub(State({NAME: Repository(NAME)}, {TOKEN: Token("github-actions[bot]")}))
