"""What a repository can bring along to have Git run a program of its own, or to hide a change, against the image.

Each attack is tried twice in the same checkout: by covgate, where it must fail, and by plain Git, where it must not: an
attack that never works would show nothing.
"""

import os
import subprocess
from pathlib import Path

import pytest
from tests.container.conftest import Begin, Push
from tests.container.origin import git
from tests.container.runner import DOCKER, TOKEN, Job, give_to_runner

pytestmark = pytest.mark.container

EVIL = "/github/workspace/evil"
UNTESTED = "def refund(price):\n    if price:\n        return -price\n    return 0\n"
BARE = {
    "shop/bare/HEAD": "ref: refs/heads/main\n",
    "shop/bare/config": (
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {EVIL}/bare\n"
    ),
    "shop/bare/objects/kept": "",
    "shop/bare/refs/kept": "",
}
HIDDEN = {
    "shop/refund.py": UNTESTED,
    ".gitattributes": "shop/*.py -diff filter=evil\ntests/*.py diff=evil filter=evil\n",
    "tests/test_more.py": "def test_more():\n    assert True\n",
    **BARE,
}
LOCAL = {
    "fsmonitor": ("core.fsmonitor",),
    "textconv": ("diff.evil.textconv",),
    "external-diff": ("diff.external",),
    "filter": ("filter.evil.clean", "filter.evil.smudge", "filter.evil.process"),
}
HOOKS = ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc")
PLAIN = {
    "fsmonitor": "git status",
    "textconv": "git diff --no-ext-diff $BASE HEAD -- tests",
    "external-diff": "git diff $BASE HEAD",
    "filter": "git status",
    "hooks": "git -c core.hooksPath=.git/hooks update-ref refs/evil/one HEAD",
    "hooks-path": "git update-ref refs/evil/two HEAD",
    "bare": "git -C shop/bare status",
}
REMOTES = {
    "ext": (f"ext::{EVIL}/ext", ("protocol.ext.allow", "always")),
    "instead-of": ("evil:shop", (f"url.ext::{EVIL}/instead-of %S.insteadOf", "evil:")),
    "helper": (f"{EVIL}/helper", ("remote.origin.vcs", "ext")),
    "upload-pack": ("/github/workspace/.git", ("remote.origin.uploadpack", f"{EVIL}/upload-pack")),
    "ssh": ("ssh://localhost:1/r", ("core.sshCommand", f"{EVIL}/ssh")),
    "proxy": ("git://localhost:1/r", ("core.gitProxy", f"{EVIL}/proxy")),
    "credentials": ("", ("credential.helper", f"!{EVIL}/credentials")),
    "password": ("", ("core.askPass", f"{EVIL}/password")),
}


def program(path: Path, marker: str) -> None:
    """A program that tells that it ran, and as whom."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nid -u >>{EVIL}/ran-{marker}\nexit 1\n", encoding="utf-8")
    path.chmod(0o755)


def arm(workspace: Path) -> None:
    """Lays all attacks on local commands into a checkout, and has Git look at every file's content."""
    for marker, keys in LOCAL.items():
        program(workspace / "evil" / marker, marker)
        for key in keys:
            git(workspace, "config", key, f"{EVIL}/{marker}")
    program(workspace / "evil/bare", "bare")
    for hook in HOOKS:
        program(workspace / ".git/hooks" / hook, "hooks")
        program(workspace / "evil/hooks-path.d" / hook, "hooks-path")
    git(workspace, "config", "core.hooksPath", f"{EVIL}/hooks-path.d")
    for path in workspace.rglob("*.py"):
        os.utime(path)


def plainly(job: Job, command: str, base: str = "") -> str:
    """What a command of plain Git prints in the image, whose user trusts every directory."""
    trusting = f"git config --global safe.directory '*'; cd /github/workspace; BASE={base}; "
    volume = f"{job.workspace}:/github/workspace"
    run = [DOCKER, "run", "--rm", "--network", "host", "-v", volume, "--entrypoint", "sh", job.image]
    done = subprocess.run([*run, "-c", trusting + command], check=False, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def ran(job: Job) -> list[str]:
    """The attacks whose program ran."""
    return sorted(mark.name.removeprefix("ran-") for mark in (job.workspace / "evil").glob("ran-*"))


def test_no_program_that_a_checkout_brings_is_run_and_no_change_is_hidden(push: Push, begin: Begin) -> None:
    job = begin(push(HIDDEN))
    arm(job.workspace)
    give_to_runner(job.directory)
    step = job.run()
    assert ran(job) == []
    assert step.exit_code == 1, step.log
    assert step.outputs["verdict"] == step.report()["verdict"] == "failed"
    assert step.report()["diff"]["files"]["shop/refund.py"]["missed_lines"] == [1, 2, 3, 4]

    base = step.report()["base"]["sha"]
    for attack, command in PLAIN.items():
        for path in job.workspace.rglob("*.py"):
            os.utime(path)
        said = plainly(job, command, base)
        assert attack in ran(job), said
    hidden = plainly(job, "git -c core.fsmonitor= diff --no-ext-diff $BASE HEAD -- shop/refund.py", base)
    assert "Binary files" in hidden
    assert "return -price" not in hidden


@pytest.mark.parametrize("attack", REMOTES)
def test_no_remote_runs_a_program_or_gets_the_token(push: Push, begin: Begin, attack: str) -> None:
    job = begin(push({"shop/refund.py": UNTESTED}))
    url, (key, value) = REMOTES[attack]
    program(job.workspace / "evil" / attack, attack)
    git(job.workspace, "config", "remote.origin.url", url or f"{job.origin.url}/{job.origin.name}")
    git(job.workspace, "config", key, value)
    git(job.workspace, "config", "protocol.ext.allow", "always")
    give_to_runner(job.directory)
    step = job.run(github_token="wrong")
    assert ran(job) == []
    assert step.exit_code == 5, step.log
    assert TOKEN not in step.log

    said = plainly(job, f"timeout 20 git fetch origin {job.pull.base_sha}")
    assert ran(job) == [attack], said
