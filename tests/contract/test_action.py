"""action.yml and the Dockerfile, as workflows and the runner rely on them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INPUTS = ["github-token", "mode", "config", "working-directory", "base", "data", "shard", "install", "command",
          "python-version", "fail", "comment", "check-run", "out"]  # fmt: skip
OUTPUTS = ["verdict", "total-line", "total-branch", "diff-line", "diff-branch", "statements-short", "report",
           "comment-id", "comment-url"]  # fmt: skip
PINNED = re.compile(r"(\./|[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)(\s|$)")


@pytest.fixture(scope="module")
def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def test_the_inputs_are_those_that_workflows_rely_on(action: Any) -> None:
    assert list(action["inputs"]) == INPUTS


def test_the_outputs_are_those_that_workflows_rely_on(action: Any) -> None:
    assert list(action["outputs"]) == OUTPUTS


def test_every_input_and_output_is_described_in_a_sentence(action: Any) -> None:
    described = {**action["inputs"], **action["outputs"]}
    assert [name for name, entry in described.items() if not entry["description"].endswith(".")] == []


def test_no_input_is_required_because_no_runner_enforces_it(action: Any) -> None:
    assert [name for name, entry in action["inputs"].items() if entry["required"]] == []


def test_only_the_token_has_a_default_because_an_input_wins_over_the_settings_file(action: Any) -> None:
    assert [name for name, entry in action["inputs"].items() if "default" in entry] == ["github-token"]


def test_thresholds_have_no_input(action: Any) -> None:
    assert [name for name in action["inputs"] if "threshold" in name or "fail-under" in name] == []


def test_the_runner_builds_the_dockerfile(action: Any) -> None:
    assert action["runs"] == {"using": "docker", "image": "Dockerfile"}


def test_the_entry_point_is_covgate_s_own_interpreter_shut_off_from_the_workspace() -> None:
    (line,) = re.findall(r"^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)
    assert json.loads(line) == ["/opt/covgate/bin/python", "-I", "-m", "covgate"]


def test_the_final_stage_sets_no_user_and_no_directory_because_the_runner_overrides_them() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert not re.search(r"^(USER|WORKDIR) ", final, re.MULTILINE)


def test_all_stages_share_a_base_so_that_what_is_built_in_one_runs_in_the_other() -> None:
    assert len(set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))) == 1


def test_the_docker_context_is_an_allow_list() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    copied = {
        part.split("/")[0]
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for part in line.split()
    }
    assert copied == {rule.removeprefix("!") for rule in rules if rule.startswith("!")}


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_workflows_pin_what_they_use_and_begin_without_permissions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [use for use in re.findall(r"uses: (.*)", text) if not PINNED.match(use)] == []
    assert yaml.safe_load(text)["permissions"] == {}
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
