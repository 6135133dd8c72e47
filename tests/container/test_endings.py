"""Runs of the action that do not end well."""

import pytest
from tests.container.conftest import Begin, Push

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


@pytest.mark.parametrize(("signal", "status"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_cancelled_job_ends_the_suite_at_once(push: Push, begin: Begin, signal: str, status: int) -> None:
    job = begin(push({"tests/test_endless.py": ENDLESS}))
    process = job.start(command="pytest -s")
    assert process.stdout
    read = ""
    for line in process.stdout:
        read += line
        if "the suite is running" in line:
            job.signal(signal)
            break
    step = job.ended(process, read)
    assert step.exit_code == status, step.log
