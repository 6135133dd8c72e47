"""The workflow that stores snapshots, as the documentation gives it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "workflows" / "covgate-baseline.yml"
CONTENT: Any = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def found_by(*command: str) -> str:
    """What a linter has to say of it, "" for nothing."""
    program, *options = command
    whole = [str(Path(sys.executable).parent / program), *options, str(FILE)]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout


def test_it_is_a_workflow_for_github() -> None:
    assert found_by("check-jsonschema", "--builtin-schema", "vendor.github-workflows") == ""


def test_a_security_linter_finds_nothing_in_it() -> None:
    assert found_by("zizmor", "--offline", "--no-progress", "--pedantic") == ""


def test_no_pull_request_ever_gets_the_token_that_may_write() -> None:
    (job,) = CONTENT["jobs"].values()
    assert (CONTENT["permissions"], job["permissions"]) == ({}, {"contents": "write"})
    assert CONTENT[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}  # YAML's `on` is true


def test_the_checkout_leaves_no_token_behind_and_no_run_ends_another() -> None:
    (job,) = CONTENT["jobs"].values()
    assert job["steps"][0]["with"] == {"persist-credentials": False}
    assert CONTENT["concurrency"]["cancel-in-progress"] is False


def test_other_actions_are_pinned() -> None:
    uses = [step["uses"] for step in CONTENT["jobs"]["baseline"]["steps"]]
    assert [use for use in uses if not re.fullmatch(r"covgate/covgate@v.*|actions/[\w-]+@[0-9a-f]{40}", use)] == []
