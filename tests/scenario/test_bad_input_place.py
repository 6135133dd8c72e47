"""No repository, no base, no history: covgate says what is missing and judges nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario.runner import double
from tests.scenario.shop import REFUND, Ended, Shop, clean_environment, covgate, shop


def refused(ended: Ended, code: int, what: str, hint: str = "") -> bool:
    """Whether a run ended with this code, these words, and the sentence that no gate was evaluated."""
    told = " ".join(ended.err.split())
    assert (ended.code, what in told, hint in told) == (code, True, True), ended.err
    assert ended.err.splitlines()[-1] == "  No gate was evaluated."
    assert "Running the suite" not in ended.err
    return True


def test_a_directory_without_a_repository(tmp_path: Path) -> None:
    ended = covgate("run", "--repo", str(tmp_path), environment=clean_environment())
    assert refused(ended, 5, "This is not a Git repository.", "actions/checkout comes first")
    assert f"where: {tmp_path}" in " ".join(ended.err.split())


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    ended = covgate("run", "--repo", str(tmp_path / "gone"), environment=clean_environment())
    assert refused(ended, 5, "There is no such directory.", "--repo")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    assert refused(Shop(tmp_path / "empty").run(), 5, "no commit yet", "Commit something first.")


def test_a_base_that_does_not_exist_and_what_comes_near(tmp_path: Path) -> None:
    assert refused(shop(tmp_path / "shop").run("--base", "mian"), 5, "no commit `mian`", "Did you mean `main`?")


def test_a_base_that_the_change_did_not_grow_from(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.git("checkout", "--quiet", "--orphan", "elsewhere")
    project.commit()
    assert refused(project.run("--base", "main"), 5, "have no common history", "--base")


def test_a_shallow_clone_that_cannot_fetch_its_base(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/refund.py": REFUND})
    project.git("checkout", "--quiet", "main")
    project.add({"README.md": "later\n"})
    clone = Shop.clone(project, tmp_path / "clone", "--depth", "1", "--no-single-branch", "--branch", "change")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    assert refused(clone.run(), 5, "This clone is shallow", "fetch-depth: 0")


def test_a_clone_of_one_branch_whose_remote_is_gone_does_not_take_the_branch_for_its_own_base(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/refund.py": REFUND})
    clone = Shop.clone(project, tmp_path / "clone", "--depth", "1", "--branch", "change")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    clone.git("update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD")
    assert refused(clone.run(), 5, "The default branch is not known", "--base origin/main")


def test_unresolved_conflicts(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/cart.py": "TOTAL = 1\n"})
    project.git("checkout", "--quiet", "main")
    project.add({"shop/cart.py": "TOTAL = 2\n"})
    with pytest.raises(subprocess.CalledProcessError):
        project.git("merge", "change")
    assert refused(project.run("--base", "main"), 5, "unresolved conflicts", "shop/cart.py")


def test_a_base_that_is_the_head_is_an_answer(tmp_path: Path) -> None:
    ended = shop(tmp_path / "shop").run("--base", "HEAD")
    assert (ended.code, "Base and head are the same commit." in ended.out) == (0, True)


def test_a_python_that_is_not_there(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    for python, words in (("./no/python", "there is no such Python"), ("3.77", "there is no python3.77 on the path")):
        ended = project.run("--python", python)
        assert (ended.code, words in ended.err, "--python" in ended.err) == (4, True, True)


def test_a_python_without_coverage(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    ended = shop(tmp_path / "shop").run("--python", str(bare))
    assert (ended.code, "coverage is not installed in" in ended.err, "-m pip install coverage" in ended.err) == (
        4,
        True,
        True,
    )


def test_an_event_that_cannot_be_read_costs_the_comment_and_not_the_verdict(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/refund.py": REFUND})
    event = tmp_path / "event.json"
    event.write_text("{", encoding="utf-8")
    with double() as github:
        environment = {**project.environment, "GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event)}
        environment |= {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_API_URL": github.url, "GITHUB_TOKEN": "x"}
        ended = project.run("--base", "main", environment=environment)
        assert github.sent() == []
    assert ended.code == 1
    assert any("The event cannot be read" in note for note in ended.report["notes"])
