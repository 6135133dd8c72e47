"""The shop on GitHub: a pull request checked out as actions/checkout does, and the variables that a runner sets."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull, Repository, State, Token
from tests.scenario.shop import SETTINGS, Ended, Shop, covgate, shop

NAME = "acme/shop"
TOKEN = "ghs_shop"


@dataclass(frozen=True)
class Job:
    """A job for a pull request: `project` stands at the merge commit, `github` remembers what was posted."""

    project: Shop
    github: GitHub
    folder: Path

    def run(self, *arguments: str, **inputs: str) -> Ended:
        """The action with these inputs (underscores for dashes), or covgate with arguments in the same place."""
        given = {"mode": "", "github-token": TOKEN, "python-version": sys.executable}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        environment = {**self.environment, **{f"INPUT_{name.upper()}": value for name, value in given.items()}}
        for path in (self.summary, self.outputs):
            path.write_text("", encoding="utf-8")
        return covgate(*arguments, environment=environment, folder=self.project.out)

    @property
    def environment(self) -> Mapping[str, str]:
        """A runner's variables, as far as covgate cares."""
        return {
            **self.project.environment,
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_RUN_ID": "42",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(self.project.root),
        }

    @property
    def summary(self) -> Path:
        """Where the step's summary goes."""
        return self.folder / "summary.md"

    @property
    def outputs(self) -> Path:
        """Where the step's outputs go."""
        return self.folder / "outputs"

    @property
    def set_outputs(self) -> dict[str, str]:
        """The step's outputs as the runner takes them."""
        text = self.outputs.read_text(encoding="utf-8")
        return {
            name: value for name, _, value in re.findall(r"^(.+?)<<(.+?)\n(.*?)\n\2$", text, re.MULTILINE | re.DOTALL)
        }

    @property
    def comments(self) -> list[str]:
        """Bodies of the pull request's comments."""
        return [comment.body for comment in self.github.state.repositories[NAME].comments]

    def push(self, files: Mapping[str, str | bytes]) -> None:
        """One more commit on the pull request's branch, and its merge commit checked out."""
        self.project.git("checkout", "--quiet", "change")
        self.project.add(files)
        self.check_out()

    def merge(self, files: Mapping[str, str | bytes]) -> None:
        """One more commit on the base branch, which the pull request is then merged with."""
        self.project.git("checkout", "--quiet", "main")
        self.project.add(files)
        self.check_out()

    def check_out(self) -> None:
        """The merge commit that GitHub makes, and the event that goes with it."""
        project = self.project
        head, base = project.git("rev-parse", "change"), project.git("rev-parse", "main")
        project.git("checkout", "--quiet", "--detach", "main")
        project.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
        repository = {"full_name": NAME, "default_branch": "main"}
        sides = {"base": {"sha": base, "ref": "main", "repo": repository}, "head": {"sha": head, "repo": repository}}
        event = {"repository": repository, "pull_request": {"number": 7, **sides}}
        (self.folder / "event.json").write_text(json.dumps(event), encoding="utf-8")


def double() -> GitHub:
    """A GitHub with the shop and its pull request, to be entered."""
    pull = Pull(7, "a" * 40, "b" * 40, head_repository=NAME)
    tokens = {TOKEN: Token("github-actions[bot]"), "ghs_reader": Token("github-actions[bot]", write=False)}
    return GitHub(State({NAME: Repository(NAME, pulls={7: pull})}, tokens))


def job(folder: Path, github: GitHub, files: Mapping[str, str | bytes]) -> Job:
    """A job for a pull request that adds these files to the shop, whose base is not run: few scenes are about that."""
    project = shop(folder / "shop", {".covgate.yml": f"{SETTINGS}    baseline: {{rerun: never}}\n"})
    made = Job(project, github, folder)
    project.add(files)
    made.check_out()
    return made
