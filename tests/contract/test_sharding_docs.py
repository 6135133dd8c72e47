"""The workflow for shards, as the documentation gives it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from covgate.model.shard import SHARD_NAME, shard_files

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / "docs" / "workflows" / "sharded.yml"
PAGE = ROOT / "docs" / "sharding.md"
JOBS = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
BIN = Path(sys.executable).parent


def step(job: str, action: str) -> Any:
    (only,) = (one for one in JOBS[job]["steps"] if one["uses"].startswith(action))
    return only


@pytest.mark.parametrize(
    "command",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
        ("zizmor", "--offline", "--no-progress", "--pedantic"),
    ],
    ids=lambda command: command[0],
)
def test_linters_find_nothing_in_the_workflow(command: tuple[str, ...]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:], WORKFLOW], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("job", ["shard", "gate"])
def test_it_gives_covgate_inputs_that_there_are(job: str) -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert set(step(job, "covgate/covgate@")["with"]) <= set(inputs)


def test_what_the_shards_upload_is_what_the_gate_reads() -> None:
    upload, download = (
        step("shard", "actions/upload-artifact")["with"],
        step("gate", "actions/download-artifact")["with"],
    )
    assert upload["path"] == step("shard", "covgate/covgate@")["with"]["out"]
    assert upload["name"] == download["pattern"].replace("*", "${{ matrix.shard }}")
    assert download["path"] == step("gate", "covgate/covgate@")["with"]["data"]


def test_nothing_hidden_is_uploaded_because_github_leaves_it_out() -> None:
    assert not step("shard", "actions/upload-artifact")["with"]["path"].startswith(".")
    assert not any(name.startswith(".") for name in shard_files("unit"))


def test_a_shard_that_failed_is_uploaded_and_judged() -> None:
    whatever_happened = "${{ !cancelled() }}"
    assert step("shard", "actions/upload-artifact")["if"] == whatever_happened
    assert (JOBS["gate"]["if"], JOBS["gate"]["needs"]) == (whatever_happened, "shard")
    assert JOBS["shard"]["strategy"]["fail-fast"] is False


def test_only_the_gate_may_write_and_only_its_comment() -> None:
    assert JOBS["shard"]["permissions"] == {"contents": "read"}
    assert JOBS["gate"]["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_the_page_s_list_of_shards_is_the_workflow_s() -> None:
    names = JOBS["shard"]["strategy"]["matrix"]["shard"]
    assert f"shards: {names}" in PAGE.read_text(encoding="utf-8")
    assert f"shards: {names}" in WORKFLOW.read_text(encoding="utf-8")
    assert all(SHARD_NAME.fullmatch(str(name)) for name in names)


def test_the_page_leads_to_files_that_are_there_and_is_led_to() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", PAGE.read_text(encoding="utf-8"))
    assert [target for target in targets if not (PAGE.parent / target).exists()] == []
    assert "docs/sharding.md" in (ROOT / "README.md").read_text(encoding="utf-8")
