"""Runs the action as GitHub's runner does: its mounts, its variables, and what it takes from the log and the files."""

import json
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests.container.origin import Origin

ROOT = Path(__file__).parents[2]
DOCKER = "/usr/bin/docker" if Path("/usr/bin/docker").exists() else "docker"
SOCKET = Path("/var/run/docker.sock")
REPOSITORY = "octo/shop"
TOKEN = "job-token-that-nobody-may-read"
NUMBER = 7
RUNNER_UID = 1001 if os.geteuid() == 0 else os.geteuid()
"""The hosted runners' user; one that is no root cannot give its files to another."""
FILES = {
    "GITHUB_ENV": "set_env",
    "GITHUB_OUTPUT": "set_output",
    "GITHUB_PATH": "add_path",
    "GITHUB_STATE": "save_state",
    "GITHUB_STEP_SUMMARY": "step_summary",
}
CANCELLING = (("SIGINT", 7.5), ("SIGTERM", 2.5))
"""What a runner sends, and how long it waits after that before it sends the next; the last is SIGKILL."""
COMMAND = re.compile(r"^\s*::(?P<name>[a-z-]+)(?P<properties>[^:]*(?::(?!:)[^:]*)*)::(?P<message>.*)$")


@dataclass(frozen=True)
class Pull:
    """The pull request as the event tells it."""

    base_sha: str
    head_sha: str
    merge_sha: str

    def event(self) -> dict[str, Any]:
        repository = {"full_name": REPOSITORY, "default_branch": "main"}
        base = {"sha": self.base_sha, "ref": "main", "repo": repository}
        head = {"sha": self.head_sha, "ref": "change", "repo": repository}
        pull = {"number": NUMBER, "base": base, "head": head}
        return {"action": "synchronize", "number": NUMBER, "pull_request": pull, "repository": repository}


@dataclass(frozen=True)
class Step:
    """What the runner knows of a step that has ended."""

    exit_code: int
    log: str
    files: Mapping[str, str]
    workspace: Path

    @property
    def outputs(self) -> dict[str, str]:
        return dict(pairs(self.files["GITHUB_OUTPUT"]))

    @property
    def summary(self) -> str:
        return self.files["GITHUB_STEP_SUMMARY"]

    def report(self) -> Any:
        return json.loads((self.workspace / ".covgate/report.json").read_text(encoding="utf-8"))

    def annotations(self) -> list[str]:
        return [
            f"{name}{properties}" for name, properties in commands(self.log) if name in ("error", "warning", "notice")
        ]


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """`name=value`, or `name<<END`, lines, `END`."""
    lines = iter(text.splitlines())
    for line in lines:
        name, sign, rest = next(
            ((a, s, b) for a, s, b in (line.partition("<<"), line.partition("=")) if s), ("", "", "")
        )
        if sign == "<<":
            value = []
            while (inner := next(lines)) != rest:
                value.append(inner)
            yield name, "\n".join(value)
        elif sign:
            yield name, rest


def commands(log: str) -> Iterator[tuple[str, str]]:
    """The workflow commands that the runner would obey: none between `stop-commands` and its token."""
    stopped = ""
    for line in log.splitlines():
        match = COMMAND.match(line)
        if stopped:
            stopped = "" if line.strip() == f"::{stopped}::" else stopped
        elif match and match["name"] == "stop-commands":
            stopped = match["message"].strip()
        elif match:
            yield match["name"], match["properties"]


class Job:
    """One job on a runner: a fresh workspace with a checkout, and steps that run the action in it."""

    def __init__(self, directory: Path, image: str, origin: Origin, api_url: str, pull: Pull) -> None:
        self.directory = directory
        self.image = image
        self.origin = origin
        self.api_url = api_url
        self.pull = pull
        self.name = f"covgate-test-{uuid.uuid4().hex[:12]}"
        self.workspace = directory / "workspace"
        for folder in ("workspace", "home", "workflow", "file_commands", "runner_temp"):
            (directory / folder).mkdir(parents=True)
        origin.check_out(self.workspace, pull.merge_sha, NUMBER)
        (directory / "workflow/event.json").write_text(json.dumps(pull.event()))
        for name in FILES.values():
            (directory / "file_commands" / name).touch()
        give_to_runner(directory)

    def command(self, inputs: Mapping[str, str]) -> list[str]:
        """The runner's `docker run`."""
        mounts = {
            "home": "/github/home",
            "workflow": "/github/workflow",
            "file_commands": "/github/file_commands",
            "runner_temp": "/github/runner_temp",
            "workspace": "/github/workspace",
        }
        volumes = [f"{self.directory / name}:{place}" for name, place in mounts.items()]
        volumes += [f"{SOCKET}:{SOCKET}"] if SOCKET.exists() else []
        run = [DOCKER, "run", "--name", self.name, "--workdir", "/github/workspace", "--rm", "--network", "host"]
        run += [part for name in self.environment(inputs) for part in ("-e", name)]
        return [*run, *(part for volume in volumes for part in ("-v", volume)), self.image]

    def environment(self, inputs: Mapping[str, str]) -> dict[str, str]:
        """The variables of a step; GitHub's are those of its documentation."""
        given = {**default_inputs(), **inputs}
        facts = {
            "ACTIONS": "true", "ACTION": "__self", "ACTOR": "octocat", "API_URL": self.api_url, "BASE_REF": "main",
            "EVENT_NAME": "pull_request", "EVENT_PATH": "/github/workflow/event.json", "HEAD_REF": "change",
            "JOB": "gate", "REF": f"refs/pull/{NUMBER}/merge", "REF_NAME": f"{NUMBER}/merge", "REPOSITORY": REPOSITORY,
            "REPOSITORY_OWNER": "octo", "RUN_ATTEMPT": "1", "RUN_ID": "4711", "RUN_NUMBER": "3",
            "SERVER_URL": self.origin.url, "SHA": self.pull.merge_sha, "WORKFLOW": "gate",
            "WORKSPACE": "/github/workspace",
        }  # fmt: skip
        secrets = (
            "ACTIONS_RUNTIME_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ACTIONS_RESULTS_URL",
            "ACTIONS_RUNTIME_URL",
        )
        return {
            "CI": "true",
            "HOME": "/github/home",
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": "/github/runner_temp",
            "DATABASE_URL": "postgres://db",
            **dict.fromkeys(secrets, "secret"),
            **{f"GITHUB_{name}": value for name, value in facts.items()},
            **{variable: f"/github/file_commands/{name}" for variable, name in FILES.items()},
            **{f"INPUT_{name.upper().replace(' ', '_')}": value for name, value in given.items()},
        }

    def start(self, **inputs: str) -> "subprocess.Popen[str]":
        """Begins a step; inputs are given with `_` for `-`."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        environment = {"PATH": os.environ["PATH"], **self.environment(given)}
        run = self.command(given)
        return subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, **inputs: str) -> Step:
        """Runs a step to its end."""
        process = self.start(**inputs)
        return self.ended(process, "")

    def ended(self, process: "subprocess.Popen[str]", log: str) -> Step:
        """The step, once its process is done; `log` is what was read of it before."""
        rest, _ = process.communicate(timeout=300)
        files = {variable: (self.directory / "file_commands" / name).read_text() for variable, name in FILES.items()}
        return Step(process.returncode, log + rest, files, self.workspace)

    def signal(self, name: str) -> None:
        """Sends a signal to the step's first process, as a cancelled job does."""
        subprocess.run([DOCKER, "kill", "--signal", name, self.name], check=True, capture_output=True)

    def cancel(self, process: "subprocess.Popen[str]") -> str:
        """Ends the step as a runner does when its job is cancelled; answers the last signal that it took."""
        for name, seconds in CANCELLING:
            self.signal(name)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return name
        self.signal("SIGKILL")
        return "SIGKILL"


def default_inputs() -> dict[str, str]:
    """What the runner fills in from action.yml: every input has a variable, empty where it has no default."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    given = {name: str(entry.get("default", "")) for name, entry in action["inputs"].items()}
    return {name: value.replace("${{ github.token }}", TOKEN) for name, value in given.items()}


def give_to_runner(directory: Path) -> None:
    """Makes everything the runner's user's, where this process may."""
    if os.geteuid() == 0:
        for path in (directory, *directory.rglob("*")):
            shutil.chown(path, RUNNER_UID, RUNNER_UID) if not path.is_symlink() else None
