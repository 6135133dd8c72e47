"""Suites of real packages split by pytest-split, some shards on several processes: together they say what the whole
suite says."""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.scenario.real_packages.packages import PACKAGES, PYTEST
from tests.scenario.real_packages.releases import Project, make_project, network_is_there, succeed

NAMES = ("itsdangerous", "click")
GROUPS = ("1", "2", "3", "4")
SETTINGS = "suite: {shards: [1, 2, 3, 4]}\nthresholds: {diff: {line: 1}}\n"
COUNTED = ("verdict", "base", "head", "origin", "total", "diff", "files", "rules", "gaps")


@dataclass(frozen=True, slots=True)
class Splitting:
    """A package whose suite was run whole, and in four shards whose files are in `data`."""

    project: Project
    folder: Path
    whole: dict[str, Any]

    def report(self, data: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, Any] | None]:
        """The verdict on the shards in a folder, and report.json where there is one."""
        out = self.folder / f"out-{data.name}"
        done = covgate(self.project, "report", "--data", str(data), "--out", str(out))
        report = out / "report.json"
        return done, json.loads(report.read_text()) if report.exists() else None


def covgate(project: Project, command: str, *options: str) -> subprocess.CompletedProcess[str]:
    where = ["--repo", str(project.repository), "--base", project.base_sha, "--python", str(project.python)]
    argv = [sys.executable, "-m", "covgate", command, *where, "--no-publish", *options]
    return subprocess.run(argv, env=project.environment, capture_output=True, text=True, check=False)


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(f"split {name}")) for name in NAMES]
)
def splitting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Splitting:
    folder = tmp_path_factory.mktemp("split")
    if not network_is_there(folder):
        pytest.skip("no network to download releases from")
    package = next(package for package in PACKAGES if package.name == request.param)
    package = replace(package, requirements=(*package.requirements, "pytest-split", "pytest-xdist"))
    project = make_project(package, folder)
    (project.repository / ".covgate.yml").write_text(SETTINGS)
    succeed(covgate(project, "run", "--command", PYTEST, "--out", str(folder / "whole")), codes=(0, 1))
    for group in GROUPS:
        command = f"{PYTEST} --splits {len(GROUPS)} --group {group}{' -n 2' if group > '2' else ''}"
        succeed(covgate(project, "run", "--shard", group, "--command", command, "--out", str(folder / "shards")))
    return Splitting(project, folder, json.loads((folder / "whole/report.json").read_text()))


@pytest.mark.network
def test_four_shards_count_what_the_whole_suite_counts(splitting: Splitting) -> None:
    done, told = splitting.report(splitting.folder / "shards")
    succeed(done, codes=(0, 1))
    assert told is not None
    assert {key: told[key] for key in COUNTED} == {key: splitting.whole[key] for key in COUNTED}
    tests = ("passed", "failed", "skipped")
    assert [told["suite"][key] for key in tests] == [splitting.whole["suite"][key] for key in tests]


@pytest.mark.network
def test_with_one_withheld_there_is_no_verdict_and_it_is_named(splitting: Splitting) -> None:
    some = splitting.folder / "some"
    some.mkdir()
    for file in (splitting.folder / "shards").glob("*.*.*"):
        if ".3." not in file.name:
            (some / file.name).write_bytes(file.read_bytes())
    done, told = splitting.report(some)
    assert done.returncode == 4
    assert "The shard `3` has not reported." in done.stderr
    assert told is None
