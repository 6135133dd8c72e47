"""The workflow for shards in containers: each shard on a runner of its own, and one that takes what they uploaded."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml
from tests.container.conftest import Begin, Push
from tests.container.runner import REPOSITORY, ROOT, Pull, Step, give_to_runner
from tests.container.test_comment import HALF
from tests.doubles.github import GitHub

pytestmark = pytest.mark.container

CHANGE = {
    ".covgate.yml": "suite: {shards: [1, 2]}\n",
    "shop/cart.py": HALF,
    "pyproject.toml": (
        '[project]\nname = "shop"\nversion = "1"\n[dependency-groups]\ntest = ["pytest", "pytest-split"]\n'
        '[tool.pytest.ini_options]\npythonpath = ["."]\n[tool.coverage.run]\nsource = ["shop"]\n'
    ),
    "tests/test_discount.py": (
        "from shop.cart import discount\n\n\ndef test_members_pay_half():\n    assert discount(4, True) == 2\n"
        "\n\ndef test_others_pay_all():\n    assert discount(4, False) == 4\n"
    ),
}
JOBS = yaml.safe_load((ROOT / "docs/workflows/sharded.yml").read_text(encoding="utf-8"))["jobs"]
OUT, DATA = (JOBS[name]["steps"][-1 if name == "gate" else 1]["with"] for name in ("shard", "gate"))

Workflow = Callable[[Sequence[str]], tuple[list[Step], Step]]


@pytest.fixture
def workflow(push: Push, begin: Begin) -> Workflow:
    """Runs the shards and then, with the artifacts of those named, the gate; as the documented workflow does."""

    def run(uploaded: Sequence[str]) -> tuple[list[Step], Step]:
        pull = push(CHANGE)
        steps = [shard(begin, pull, name) for name in ("1", "2")]
        gate = begin(pull)
        for name, step in zip(("1", "2"), steps, strict=True):
            if name in uploaded:
                upload(step.workspace / OUT["out"], gate.workspace / DATA["data"] / f"covgate-shard-{name}")
        give_to_runner(gate.directory)
        return steps, gate.run(mode="report", data=DATA["data"])

    return run


def shard(begin: Begin, pull: Pull, name: str) -> Step:
    command = OUT["command"].replace("--splits 4", "--splits 2").replace("${{ matrix.shard }}", name)
    return begin(pull).run(shard=name, command=command, out=OUT["out"])


def upload(folder: Path, artifact: Path) -> None:
    """What upload-artifact takes of a folder: nothing hidden."""
    artifact.mkdir(parents=True)
    for file in folder.iterdir():
        if not file.name.startswith("."):
            shutil.copy(file, artifact)


def bodies(github: GitHub) -> list[str]:
    return [comment.body for comment in github.state.repositories[REPOSITORY].comments]


def test_shards_measure_without_a_word_and_the_gate_judges_them_together(workflow: Workflow, github: GitHub) -> None:
    shards, gate = workflow(["1", "2"])
    assert [step.exit_code for step in shards] == [0, 0], shards[0].log + shards[1].log
    assert [step.outputs for step in shards] == [{}, {}]
    assert all("No verdict is given here" in step.summary for step in shards)
    assert gate.exit_code == 0, gate.log
    assert gate.outputs["diff-line"] == "100.00"
    assert gate.report()["suite"]["passed"] == 3
    (body,) = bodies(github)
    assert "changed statements are tested" in body


def test_the_gate_names_the_shard_that_is_missing_in_the_comment(workflow: Workflow, github: GitHub) -> None:
    _, gate = workflow(["1"])
    assert gate.exit_code == 4, gate.log
    assert gate.outputs["verdict"] == "error"
    (body,) = bodies(github)
    assert "No verdict: The shard <code>2</code> has not reported" in body
    assert "%" not in body
