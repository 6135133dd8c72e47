"""Many runs at once, and runs that are killed while they write: nothing is lost, and nothing is half there."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from tests.scenario.data_branch_writer import Job
from tests.unit.shell.data_branch.stores import BRANCH, Scene, Server, Waits, pages, pushed, stored

from covgate.parse.stored_snapshot import stored_from

RUNS = 20
KILLS = 50
REPOSITORY = Path(__file__).parents[2]


def shas(count: int) -> list[str]:
    """Commits that never were."""
    return [f"{number:040x}" for number in range(1, count + 1)]


def test_twenty_runs_at_once_leave_twenty_lines_and_twenty_whole_snapshots(tmp_path: Path) -> None:
    """None waits: a run that lost tries again at once, so that they get in each other's way as often as they can."""
    scene = Scene.made(tmp_path)
    waits = [Waits() for _ in range(RUNS)]
    ports = [
        scene.branch(pushed(sha), patience=wait.patience(10_000)) for sha, wait in zip(shas(RUNS), waits, strict=True)
    ]
    with ThreadPoolExecutor(RUNS) as pool:
        answers = [
            pool.submit(port.keep, stored(port.here.sha, 3, minute=number), pages) for number, port in enumerate(ports)
        ]
    assert [answer.result().state for answer in answers] == ["written"] * RUNS
    assert [line["sha"] for line in scene.remote.history] == shas(RUNS)
    assert sorted(scene.remote.snapshots()) == shas(RUNS)
    for sha in shas(RUNS):
        assert stored_from(scene.remote.content(f"snapshots/{sha}.json.gz"), sha).snapshot == stored(sha, 3).snapshot
    assert (scene.remote.commits, scene.remote.content("README.md")) == (1, b"20 commits\n")
    assert any(wait.waits for wait in waits), "nobody ever lost: this tested nothing"


@dataclass
class Writers:
    """Runs in processes of their own."""

    process: "subprocess.Popen[str]"
    remote: Server
    folder: Path
    runs: int = 0

    def run(self, sha: str, minute: int, path: str = "") -> int:
        """One run's exit code, negative where it was killed."""
        self.runs += 1
        scratch = self.folder / f"run-{self.runs}"
        job = Job(self.remote.url, sha, minute, str(scratch), path or os.environ["PATH"])
        scratch.mkdir()
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asdict(job)) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def killing(self, at: int, when: str) -> str:
        """A PATH whose Git kills the run that calls it: before, in the middle of, or after so many calls."""
        own = self.folder / f"git-{self.runs}"
        own.mkdir()
        script = own / "git"
        script.write_text(
            dedent(
                f"""\
                #!/bin/sh
                calls=$(($(cat '{own}/calls' 2>/dev/null || echo 0) + 1))
                echo $calls > '{own}/calls'
                [ $calls = {at} ] || exec '{shutil.which("git")}' "$@"
                case {when} in
                    before) kill -9 $PPID ;;
                    middle) '{shutil.which("git")}' "$@" & kill -9 $PPID; wait ;;
                    after) '{shutil.which("git")}' "$@"; kill -9 $PPID ;;
                esac
                """
            ),
            encoding="utf-8",
        )
        script.chmod(0o755)
        return f"{own}:{os.environ['PATH']}"

    def calls(self, sha: str, minute: int) -> int:
        """How many calls of Git a run makes that nobody kills."""
        own = self.killing(0, "before")
        assert self.run(sha, minute, own) == 0
        return int((Path(own.partition(":")[0]) / "calls").read_text())


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[Writers]:
    remote = Server(tmp_path / "remote.git")
    command = [sys.executable, "-m", "tests.scenario.data_branch_writer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=REPOSITORY, text=True, stdin=pipe, stdout=pipe) as process:
        yield Writers(process, remote, tmp_path)
        assert process.stdin
        process.stdin.close()


def test_fifty_killed_runs_leave_a_branch_that_can_be_read_and_that_the_next_run_brings_up_to_date(
    writers: Writers,
) -> None:
    remote, chance = writers.remote, random.Random(20260101)  # noqa: S311  # nothing secret
    first, second, *rest = shas(KILLS + 2)
    assert writers.run(first, 0) == 0
    calls = writers.calls(second, 1)
    there, forgotten, arrived = {first, second}, set[str](), set[bool]()
    for number, sha in enumerate(rest, start=2):
        at = chance.choice([calls, chance.randint(1, calls), chance.randint(1, calls)])  # the last one is the push
        path = writers.killing(at, chance.choice(["before", "middle", "after"]))
        assert writers.run(sha, number, path) == -signal.SIGKILL
        tip = remote.git("rev-parse", BRANCH)  # a Git that outlives its run may still push
        left = set(remote.snapshots(tip))
        assert left in (there, there | {sha})
        arrived.add(sha in left)
        assert {line["sha"] for line in remote.history_at(tip)} == left | forgotten
        assert writers.run(sha, number) == 0
        forgotten |= set(sorted(there | {sha})[:-50])
        there = (there | {sha}) - forgotten
        assert set(remote.snapshots()) == there
    assert arrived == {True, False}, "some were killed before their push, and some after it"
    assert [line["sha"] for line in remote.history] == [first, second, *rest]
    assert remote.git("for-each-ref", "--format=%(refname)").splitlines() == [f"refs/heads/{BRANCH}"]
    assert remote.git("fsck", "--no-dangling") in ("", "notice: HEAD points to an unborn branch (main)")
