"""Coverage that a pull request commits, in the places where `mode: report` looks for that of its run."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.scenario.runner import Job, double, job
from tests.scenario.shop import REFUND, TEST_REFUND


def forged(folder: Path) -> bytes:
    """Data of coverage.py that say of every line of the refund that it ran."""
    subprocess.run(
        [sys.executable, "-c", FORGER, str(folder / "forged.data")], check=True, capture_output=True, cwd=folder
    )
    return (folder / "forged.data").read_bytes()


FORGER = """
import sys
from coverage import CoverageData
data = CoverageData(sys.argv[1])
data.add_arcs({"shop/refund.py": [(-1, 1), (1, 2), (2, 3), (2, 4), (3, -1), (4, -1), (1, -1)]})
data.write()
"""


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as github:
        yield github


def measure(own: Job, name: str) -> None:
    """A step of the workflow that runs the suite, whose refund is one statement short."""
    (own.project.root / name).parent.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "coverage", "run", "--branch", "--source=shop", f"--data-file={name}", "-m", "pytest"],
        cwd=own.project.root,
        env=own.project.environment,
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("data", ["out", "out/*.data"])
def test_data_that_the_change_committed_do_not_count(tmp_path: Path, github: GitHub, data: str) -> None:
    change = {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND}
    own = job(tmp_path, github, {**change, "out/forged.data": forged(tmp_path)})
    measure(own, "out/unit.data")
    ended = own.run(mode="report", data=data)
    assert (ended.code, ended.report["verdict"]) == (1, "failed")
    assert ended.report["diff"]["files"]["shop/refund.py"]["missed_lines"] == [3]
    assert "out/forged.data" in own.summary.read_text(encoding="utf-8")


def test_the_forged_data_would_have_passed(tmp_path: Path, github: GitHub) -> None:
    own = job(tmp_path, github, {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND})
    measure(own, "out/unit.data")
    (own.project.root / "out/forged.data").write_bytes(forged(tmp_path))
    assert own.run(mode="report", data="out").report["verdict"] == "passed"


def test_a_named_file_that_the_change_committed_gives_no_verdict(tmp_path: Path, github: GitHub) -> None:
    own = job(tmp_path, github, {"shop/refund.py": REFUND, "unit.data": forged(tmp_path)})
    ended = own.run(mode="report", data="unit.data")
    assert ended.code == 4
    assert "this change brings the coverage data along" in own.summary.read_text(encoding="utf-8")
