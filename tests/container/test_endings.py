"""Runs of the action that do not end well."""

import subprocess

import pytest
from tests.container.conftest import Begin, Push
from tests.container.runner import RUNNER_UID

pytestmark = pytest.mark.container

ENDLESS = """
import time

def test_endless():
    print("the suite is running", flush=True)
    time.sleep(600)
"""


def test_an_installation_that_fails_tells_why_and_how_to_override_it(push: Push, begin: Begin) -> None:
    step = begin(push({"shop/new.py": "x = 1\n"})).run(install="echo there is no compiler here >&2\nexit 7")
    assert step.exit_code == 4, step.log
    assert "there is no compiler here" in step.log
    assert "exit code 7" in step.log
    assert "install:" in step.log


def test_a_broken_suite_ends_with_its_own_exit_code_and_a_report(push: Push, begin: Begin) -> None:
    step = begin(push({"tests/test_cart.py": "def test_total():\n    assert False\n"})).run()
    assert step.exit_code == 3, step.log
    assert step.outputs["verdict"] == "error"
    assert step.report()["suite"]["failed"] == 1


def until(process: "subprocess.Popen[str]", words: str) -> str:
    """What a step has printed when it prints these words."""
    assert process.stdout
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            break
    return read


@pytest.mark.parametrize(("signal", "status"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_cancelled_job_ends_the_suite_at_once(push: Push, begin: Begin, signal: str, status: int) -> None:
    job = begin(push({"tests/test_endless.py": ENDLESS}))
    process = job.start(command="pytest -s")
    read = until(process, "the suite is running")
    job.signal(signal)
    step = job.ended(process, read)
    assert step.exit_code == status, step.log


STUBBORN = """
import signal, subprocess, time

def test_stubborn():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    subprocess.Popen(["sh", "-c", "trap '' INT TERM; while true; do sleep 1; done"])
    print("the suite is running", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("suite", [ENDLESS, STUBBORN], ids=["endless", "stubborn"])
def test_a_cancelled_job_has_its_summary_before_the_runner_kills_it(push: Push, begin: Begin, suite: str) -> None:
    job = begin(push({"tests/test_endless.py": suite}))
    process = job.start(command="pytest -s")
    read = until(process, "the suite is running")
    assert job.cancel(process) == "SIGINT"
    step = job.ended(process, read)
    assert step.exit_code == 130, step.log
    assert "the run was cancelled" in step.summary
    assert step.outputs["verdict"] == "error"
    assert {path.lstat().st_uid for path in step.workspace.rglob("*")} == {RUNNER_UID}
