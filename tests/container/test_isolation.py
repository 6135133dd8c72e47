"""What a suite can learn and do in the action's container, told by a suite that tries."""

import json
from pathlib import Path

import pytest
from tests.container.conftest import Begin, Push
from tests.container.origin import Origin
from tests.container.runner import RUNNER_UID, TOKEN

pytestmark = pytest.mark.container

SPY = """
import glob, json, os, pathlib, socket, subprocess

def attempt(action):
    try:
        return str(action())
    except OSError as error:
        return type(error).__name__

def connect():
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("/var/run/docker.sock")
    return "connected"

def test_spies():
    status = pathlib.Path("/proc/self/status").read_text()
    facts = {
        "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(), "home": os.environ["HOME"],
        "environment": dict(os.environ), "user": __import__("getpass").getuser(),
        "capabilities": status.split("CapEff:")[1].split()[0],
        "no_new_privileges": status.split("NoNewPrivs:")[1].split()[0],
        "parent_environment": attempt(lambda: pathlib.Path("/proc/1/environ").read_bytes()),
        "parent_memory": attempt(lambda: open("/proc/1/mem", "rb")),
        "parent_output": attempt(lambda: open("/proc/1/fd/1", "w")),
        "docker": attempt(connect),
        "covgate": attempt(lambda: open("/opt/covgate/spoiled", "w")),
    }
    pathlib.Path("facts.json").write_text(json.dumps(facts))

def test_leaves_a_daemon_that_keeps_writing():
    loop = "while true; do for f in /github/file_commands/*; do echo EVIL=1 >>$f; done; done"
    subprocess.Popen(["setsid", "sh", "-c", loop], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for path in glob.glob("/github/file_commands/*"):
        pathlib.Path(path).write_text("EVIL=1")

def test_plants_links():
    os.makedirs(".covgate", exist_ok=True)
    for name in ("report.json", "badge.json", "comment.md"):
        link = pathlib.Path(".covgate", name)
        link.unlink(missing_ok=True)
        link.symlink_to("/github/file_commands/set_env")

def test_issues_commands():
    os.write(1, b"::error file=a.py::evil\\n::set-output name=verdict::evil\\n##[error]evil\\n")
"""


def test_the_suite_learns_nothing_and_changes_nothing(push: Push, begin: Begin) -> None:
    job = begin(push({"tests/test_spy.py": SPY, ".covgate.yml": "suite:\n  env: [DATABASE_URL]\n"}))
    step = job.run()
    assert step.exit_code == 0, step.log
    facts = json.loads((step.workspace / "facts.json").read_text())
    environment = facts.pop("environment")
    assert facts.pop("home") == environment["HOME"] != "/github/home"
    assert facts == {
        "uid": RUNNER_UID,
        "gid": RUNNER_UID,
        "groups": [],
        "user": "suite",
        "capabilities": "0" * 16,
        "no_new_privileges": "1",
        "parent_environment": "PermissionError",
        "parent_memory": "PermissionError",
        "parent_output": "PermissionError",
        "docker": "PermissionError",
        "covgate": "PermissionError",
    }
    assert environment["DATABASE_URL"] == "postgres://db"
    assert environment["GITHUB_SHA"] == job.pull.merge_sha
    assert [name for name, value in environment.items() if TOKEN in value or value == "secret"] == []
    assert [name for name in environment if name.startswith(("INPUT_", "GIT_", "GITHUB_ENV", "GITHUB_OUTPUT"))] == []

    assert step.files["GITHUB_ENV"] == step.files["GITHUB_PATH"] == step.files["GITHUB_STATE"] == ""
    assert "EVIL" not in "".join(step.files.values())
    assert step.outputs["verdict"] == step.report()["verdict"] == "passed"
    assert [annotation for annotation in step.annotations() if "a.py" in annotation] == []
    assert "##[error]evil" not in step.log
    assert TOKEN not in step.log


def test_everything_in_the_workspace_stays_its_owner_s(push: Push, begin: Begin) -> None:
    step = begin(push({"shop/new.py": "x = 1\n"})).run()
    owners = {path.lstat().st_uid for path in step.workspace.rglob("*")}
    assert owners == {RUNNER_UID}
    assert Path(step.workspace, ".covgate/report.json").is_file()


WHO = """
import os, pathlib

def test_tells_who_it_is():
    pathlib.Path("shop/who.txt").write_text(f"{os.getuid()} {os.environ['USER']}")
"""
ROOT = "suite:\n  user: root\n"


@pytest.mark.parametrize(("at_base", "user"), [(True, "0 root"), (False, f"{RUNNER_UID} suite")])
def test_the_suite_is_root_where_the_base_says_so_and_nowhere_else(
    origin: Origin, push: Push, begin: Begin, at_base: bool, user: str
) -> None:
    if at_base:
        origin.commit("main", {".covgate.yml": ROOT})
    step = begin(push({"tests/test_who.py": WHO, ".covgate.yml": ROOT})).run()
    assert step.exit_code == 0, step.log
    assert (step.workspace / "shop/who.txt").read_text() == user
    assert ("The suite ran as root" in step.summary) == ("runs as root" in step.log) == at_base
    assert TOKEN not in step.log
    assert {path.lstat().st_uid for path in step.workspace.rglob("*")} == {RUNNER_UID}
