"""`covgate gaps` on ten real packages: the first gap of each, and for three the tests that the plan suggests.

Downloads the releases once. The gain of a suggested test is measured by running the suite anew.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.scenario.real_packages.packages import PYTEST
from tests.scenario.real_packages.releases import Project, make_project, succeed
from tests.scenario.real_packages.suggested import SUGGESTED, TEN, Suggested

FIRST = {
    "click": "src/click/_winconsole.py",
    "platformdirs": "src/platformdirs/windows.py",
    "python-dotenv": "src/dotenv/cli.py",
    "blinker": "src/blinker/base.py",
    "itsdangerous": "src/itsdangerous/__init__.py",
    "yamllint": "yamllint/cli.py",
    "idna": "idna/core.py",
    "h11": "h11/_events.py",
    "pathspec": "pathspec/util.py",
    "cachetools": "src/cachetools/__init__.py",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A package, and what `covgate gaps` says of it."""

    project: Project
    suggested: Suggested | None
    gaps: dict[str, Any]

    @property
    def first(self) -> dict[str, Any]:
        """The first gap."""
        return dict(self.gaps["files"][0])


GROUPED = [pytest.param(package, id=package.name, marks=pytest.mark.xdist_group(package.name)) for package in TEN]


@pytest.fixture(scope="module", params=GROUPED)
def planned(
    request: pytest.FixtureRequest,
    network: None,  # noqa: ARG001  # only that it is there
    tmp_path_factory: pytest.TempPathFactory,
) -> Planned:
    project = make_project(request.param, tmp_path_factory.mktemp("real"))
    suggested = next((one for one in SUGGESTED if one.package == request.param.name), None)
    return Planned(project, suggested, gaps(project, suggested.target if suggested else "100"))


def gaps(project: Project, target: str) -> dict[str, Any]:
    """What `covgate gaps` prints for programs, of a run of the suite."""
    own = ["--command", project.package.command] if project.package.command != PYTEST else []
    where = ["--repo", str(project.repository), "--python", str(project.python), "--out", f"{project.repository}-out"]
    options = ["--run", "--target", target, "--format", "json"]
    command = [sys.executable, "-m", "covgate", "gaps", *where, *options, *own]
    done = subprocess.run(command, env=project.environment, capture_output=True, text=True, check=False)
    succeed(done)
    return dict(json.loads(done.stdout))


def test_ten_packages_are_tried_and_tests_were_written_for_three() -> None:
    assert {package.name for package in TEN} == set(FIRST)
    assert (len(FIRST), len(SUGGESTED)) == (10, 3)


@pytest.mark.network
def test_the_first_gap_is_a_file_with_reasons_functions_and_a_place_for_its_tests(planned: Planned) -> None:
    first = planned.first
    assert first["path"] == FIRST[planned.project.package.name]
    assert any(one["missed"] or one["partial"] for one in first["functions"])
    assert [one["words"] for one in first["readings"]]
    assert (first["tests"] is None) is (first["gain_lines"] == 0)


@pytest.mark.network
def test_gains_add_up_to_the_projects_own_coverage(planned: Planned) -> None:
    found, gains = planned.gaps, [file["gain_lines"] for file in planned.gaps["files"]]
    assert sum(gains) == found["gain_lines"] == found["after"]["covered"] - found["total"]["covered"]
    assert sum(batch["tests"] for wave in found["waves"] for batch in wave["batches"]) == found["tests"]
    assert all(batch["tests"] <= 20 for wave in found["waves"] for batch in wave["batches"])


@pytest.mark.network
def test_suggested_tests_gain_what_the_plan_projects_to_the_statement(planned: Planned) -> None:
    wanted, first = planned.suggested, planned.first
    if wanted is None:
        assert planned.project.package.name not in {one.package for one in SUGGESTED}
        return
    assert (first["path"], first["tests"]["path"], first["gain_lines"]) == (wanted.path, wanted.tests, wanted.gain)
    add(planned.project.repository / wanted.tests, wanted.text)
    after = gaps(planned.project, wanted.target)
    written = after["total"]["total"] - planned.gaps["total"]["total"]  # the test's own, where tests are measured
    gained = after["total"]["covered"] - planned.gaps["total"]["covered"] - written
    assert gained == first["gain_lines"]
    rest = {file["path"]: (file["line"], file["gain_lines"]) for file in after["files"]}
    assert rest.get(wanted.path, (first["after"], 0)) == (first["after"], 0)


def add(path: Path, text: str) -> None:
    """The text at the end of a file, or in a new one."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(before + text, encoding="utf-8")
