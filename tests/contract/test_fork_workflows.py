"""The two workflows for pull requests from forks, as the documentation gives them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "workflows"
MEASURES, PUBLISHES = FOLDER / "covgate.yml", FOLDER / "covgate-comment.yml"
ACTION = "covgate/covgate@"


def content(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def triggers(path: Path) -> Any:
    return content(path)[True]  # YAML 1.1 takes `on` for a boolean


def job(path: Path) -> Any:
    (only,) = content(path)["jobs"].values()
    return only


def step(path: Path, action: str) -> Any:
    (only,) = (one for one in job(path)["steps"] if one.get("uses", "").startswith(action))
    return only["with"]


@pytest.mark.parametrize("path", [MEASURES, PUBLISHES], ids=lambda path: path.name)
def test_the_workflow_is_one_for_github(path: Path) -> None:
    command = [
        str(Path(sys.executable).parent / "check-jsonschema"),
        "--builtin-schema",
        "vendor.github-workflows",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [MEASURES, PUBLISHES], ids=lambda path: path.name)
def test_a_security_linter_finds_nothing_in_it(path: Path) -> None:
    command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", "--pedantic", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [MEASURES, PUBLISHES], ids=lambda path: path.name)
def test_it_begins_without_permissions_and_pins_what_is_not_covgate(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert content(path)["permissions"] == {}
    others = [use for use in re.findall(r"uses: (.*)", text) if not use.startswith(ACTION)]
    assert [use for use in others if not re.match(r"actions/[\w-]+@[0-9a-f]{40} # v\d", use)] == []


@pytest.mark.parametrize("path", [MEASURES, PUBLISHES], ids=lambda path: path.name)
def test_it_gives_covgate_inputs_that_there_are(path: Path) -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert set(step(path, ACTION)) <= set(inputs)


def test_the_one_that_measures_can_write_nothing() -> None:
    assert triggers(MEASURES) == {"pull_request": None}
    assert set(job(MEASURES)["permissions"].values()) == {"read"}
    assert step(MEASURES, "actions/checkout")["persist-credentials"] is False


def test_the_one_that_publishes_runs_nothing_of_the_pull_request() -> None:
    assert list(triggers(PUBLISHES)) == ["workflow_run"]
    uses = [one["uses"].partition("@")[0] for one in job(PUBLISHES)["steps"]]
    assert uses == ["actions/download-artifact", "covgate/covgate"]
    assert job(PUBLISHES)["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert step(PUBLISHES, ACTION)["mode"] == "publish"


def test_the_second_takes_what_the_first_leaves() -> None:
    upload, download = step(MEASURES, "actions/upload-artifact"), step(PUBLISHES, "actions/download-artifact")
    assert triggers(PUBLISHES)["workflow_run"]["workflows"] == [content(MEASURES)["name"]]
    assert upload["name"] == download["name"]
    assert upload["path"] == f"{step(MEASURES, ACTION)['out']}/report.json"
    assert download["path"] == step(PUBLISHES, ACTION)["data"]
    assert download["run-id"] == "${{ github.event.workflow_run.id }}"


def test_nothing_hidden_is_uploaded_because_github_leaves_it_out() -> None:
    path = step(MEASURES, "actions/upload-artifact")["path"]
    assert not any(part.startswith(".") for part in path.split("/"))


def test_the_pages_name_both_files() -> None:
    text = (ROOT / "docs" / "forks.md").read_text(encoding="utf-8")
    assert [path.name for path in (MEASURES, PUBLISHES) if f"(workflows/{path.name})" not in text] == []
    assert "docs/forks.md" in (ROOT / "README.md").read_text(encoding="utf-8")
