"""Proposals as a patch: the file's own lines, and nothing else moved."""

import subprocess
from pathlib import Path

import pytest

from covgate.model.policy import PolicyChange
from covgate.settings.raising import raising_patch

LINE = PolicyChange("thresholds.total.line", "80", "84")
NEW = PolicyChange("thresholds.total.line", "", "84")
BRANCH = PolicyChange("thresholds.total.branch", "70.5", "72")

BLOCK = """\
version: 1
# what we hold
thresholds:
  total:
    line: 80  # since spring
    branch: 70.5
  diff: {line: 90}
"""
FLOW = "thresholds:\n  total: {branch: 70.5, line: 80}\n  diff: {line: 90}\n"
STEPS = "thresholds:\n  schedule:\n    - {from: 2026-01-01, line: 80}\n"


def changed(patch: str) -> list[str]:
    """The lines that the patch takes away and puts in."""
    return [line for line in patch.splitlines()[2:] if line[:1] in "+-"]


def test_a_value_is_replaced_in_its_line_and_the_rest_of_the_line_stays() -> None:
    assert changed(raising_patch(BLOCK, (LINE,), ".covgate.yml")) == [
        "-    line: 80  # since spring",
        "+    line: 84  # since spring",
    ]


def test_several_values_make_one_patch() -> None:
    assert changed(raising_patch(FLOW, (LINE, BRANCH), ".covgate.yml")) == [
        "-  total: {branch: 70.5, line: 80}",
        "+  total: {branch: 72, line: 84}",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (STEPS, "+  total: {line: 84}"),
        ("thresholds:\n  total: {branch: 70}\n", "+  total: {line: 84, branch: 70}"),
        ("thresholds:\n  total:\n    branch: 70\n", "+    line: 84"),
        ("thresholds: {total: {branch: 70}}\n", "+thresholds: {total: {line: 84, branch: 70}}"),
    ],
)
def test_a_key_that_is_not_there_yet_is_put_in_its_place(text: str, line: str) -> None:
    assert line in changed(raising_patch(text, (NEW,), ".covgate.yml"))


@pytest.mark.parametrize(
    "text",
    [
        "thresholds:\n  total: {line: &floor 80}\n  file: {line: *floor}\n",
        "thresholds:\n  file: {line: &floor 80}\n  total: {line: *floor}\n",
        "no: yaml: at all",
        "- a list\n",
        "",
    ],
)
def test_where_more_would_move_or_the_place_is_not_known_there_is_no_patch(text: str) -> None:
    assert raising_patch(text, (LINE,), ".covgate.yml") == ""


@pytest.mark.parametrize("text", [BLOCK, FLOW, BLOCK.replace("\n", "\r\n")])
def test_git_takes_the_patch(text: str, tmp_path: Path) -> None:
    file = tmp_path / ".covgate.yml"
    file.write_text(text, encoding="utf-8", newline="")
    patch = raising_patch(text, (LINE,), ".covgate.yml") + "\n"
    subprocess.run(["git", "apply", "--ignore-whitespace"], cwd=tmp_path, input=patch, text=True, check=True)
    assert file.read_text(encoding="utf-8").replace("\r\n", "\n") == text.replace("line: 80", "line: 84").replace(
        "\r\n", "\n"
    )
