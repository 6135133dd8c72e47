"""The suite on the base, for real: a pull request's job without a stored snapshot, and a terminal that asks for it."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.doubles.github import GitHub
from tests.scenario.measuring import coverage_json
from tests.scenario.runner import Job, double
from tests.scenario.shop import Ended, Shop, shop

DEFAULTS = {".covgate.yml": "version: 1\n"}
NO_COUPON = """
    from shop.cart import total


    def test_a_total_is_the_sum():
        assert total([1, 2]) == 3
"""
LESS_TESTED = {"tests/test_cart.py": NO_COUPON}
WELL = "def test_it():\n    pass\n"
FAILING = "def test_it():\n    assert False\n"
ASKING_GIT = """
    import subprocess


    def test_it():
        told = subprocess.check_output(["git", "log", "--format=%s"])
        assert told == b"A shop\\n", told
"""
ENDLESS = "import threading\n\n\ndef test_it():\n    threading.Event().wait()\n"


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


def changed(folder: Path, github: GitHub, base: Mapping[str, str], change: Mapping[str, str]) -> Job:
    """A job for a pull request whose base has these files over the shop's."""
    played = Job(shop(folder / "shop", {**DEFAULTS, **base}), github, folder)
    played.project.add(change)
    played.check_out()
    return played


def by_hand(project: Shop, folder: Path) -> dict[str, Any]:
    """What `coverage json` says of the base, in a worktree of its own."""
    tree = folder / "by-hand"
    project.git("worktree", "add", "--quiet", "--detach", str(tree), "main")
    return coverage_json(tree, ["--source=shop", "-m", "pytest", "-q", "-p", "no:cacheprovider"])


def reason(ended: Ended) -> str:
    """Why there is no baseline."""
    baseline = ended.report["baseline"]
    assert baseline["state"] == "missing", baseline
    assert ended.report["before"] is None
    return str(baseline["reason"])


def test_a_pull_request_is_compared_with_its_base_s_own_run(tmp_path: Path, github: GitHub) -> None:
    played = changed(tmp_path, github, {}, LESS_TESTED)
    ended = played.run()
    assert ended.report["baseline"] == {
        "state": "known",
        "reason": None,
        "sha": played.project.git("rev-parse", "main"),
        "source": "rerun",
        "behind": 0,
    }
    totals = by_hand(played.project, tmp_path)["totals"]
    before = ended.report["before"]
    assert (before["line"]["covered"], before["line"]["total"]) == (totals["covered_lines"], totals["num_statements"])
    assert before["branch"]["covered"] == totals["covered_branches"]
    assert (ended.code, ended.rules["drop"]) == (1, "failed")
    assert "so the suite was run there too" in ended.comment
    assert "Running the suite on the base" in ended.out


def test_nothing_of_the_base_s_run_is_left_in_the_checkout(tmp_path: Path, github: GitHub) -> None:
    base = {"tests/test_it.py": "def test_it():\n    open('left', 'w').close()\n"}
    played = changed(tmp_path, github, base, {"tests/test_it.py": WELL})
    assert played.run().report["baseline"]["state"] == "known"
    assert not (played.project.root / "left").exists()
    assert played.project.git("status", "--porcelain") == ""


def test_the_base_s_suite_finds_its_own_commit_where_it_asks_git(tmp_path: Path, github: GitHub) -> None:
    base = {"tests/test_it.py": ASKING_GIT}
    played = changed(tmp_path, github, base, {"tests/test_it.py": WELL})
    assert played.run().report["baseline"]["state"] == "known"


def test_tests_that_fail_on_the_base_leave_it_without_numbers(tmp_path: Path, github: GitHub) -> None:
    ended = changed(tmp_path, github, {"tests/test_it.py": FAILING}, {"tests/test_it.py": WELL, **LESS_TESTED}).run()
    assert ended.code == 0
    assert "the suite did not end well on the base (1 test of 3 failed)" in reason(ended)
    assert ended.rules["drop"] == "not_applicable"


def test_a_suite_that_takes_too_long_on_the_base_is_ended(tmp_path: Path, github: GitHub) -> None:
    base = {".covgate.yml": "baseline: {timeout: 3s}\n", "tests/test_it.py": ENDLESS}
    ended = changed(tmp_path, github, base, {"tests/test_it.py": WELL, **LESS_TESTED}).run()
    assert ended.code == 0
    assert "the suite did not end well on the base (The suite was stopped after 3 seconds" in reason(ended)


def test_a_suite_that_cannot_be_started_on_the_base_is_told_with_its_reason(tmp_path: Path, github: GitHub) -> None:
    base = {".covgate.yml": "suite: {command: python gone.py}\n"}
    played = changed(tmp_path, github, base, {".covgate.yml": "suite: {command: pytest}\n"})
    assert "(the suite's command names a script that is not there: gone.py)" in reason(played.run())
    assert played.run(command="pytest").report["baseline"]["state"] == "known"


def test_never_is_never_and_a_change_cannot_say_it(tmp_path: Path, github: GitHub) -> None:
    never = {".covgate.yml": "baseline: {rerun: never}\n"}
    played = changed(tmp_path, github, {}, {**LESS_TESTED, **never})
    ended = played.run()
    assert (ended.report["baseline"]["state"], ended.rules["drop"]) == ("known", "failed")
    assert "`baseline.rerun` is `never`" in reason(changed(tmp_path / "2", github, never, LESS_TESTED).run())


def test_what_a_change_excludes_is_compared_under_the_base_s_exclusions(tmp_path: Path, github: GitHub) -> None:
    config = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["."]\n'
    excluding = {"pyproject.toml": f'{config}[tool.coverage.report]\nexclude_also = ["return 0"]\n'}
    ended = changed(tmp_path, github, {}, {**LESS_TESTED, **excluding}).run()
    assert ended.report["baseline"]["state"] == "known"
    assert ended.rules["drop"] == "failed"


def test_a_project_below_the_root_is_compared_in_the_repository_s_paths(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "working_directory: api\n"})
    for name in ("shop", "tests", "pyproject.toml"):
        project.git("mv", name, f"api-{name}")
    (project.root / "api").mkdir()
    for name in ("shop", "tests", "pyproject.toml"):
        project.git("mv", f"api-{name}", f"api/{name}")
    base = project.commit("moved")
    project.add({"api/tests/test_cart.py": NO_COUPON})
    ended = project.run("--base", base, "--rerun", "always")
    (file,) = [file for path, file in ended.report["files"].items() if path == "api/shop/cart.py"]
    assert file["before"]["line"]["covered"] - file["line"]["covered"] == 1


def test_a_terminal_runs_the_base_only_where_it_is_asked_to(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", DEFAULTS)
    project.add(LESS_TESTED)
    ended = project.run("--base", "main")
    assert "on a terminal the suite is run on the base only with `--rerun always`" in reason(ended)
    again = project.run("--base", "main", "--rerun", "always")
    assert (again.report["baseline"]["source"], again.rules["drop"]) == ("rerun", "failed")


HOOK = """
    import sys
    from importlib.util import spec_from_file_location


    class Finder:
        def find_spec(self, name, path=None, target=None):
            if name == "shop":
                place = {place!r}
                return spec_from_file_location(name, place + "/__init__.py", submodule_search_locations=[place])


    sys.meta_path.insert(0, Finder())
"""


def environment(folder: Path, lines: str) -> str:
    """A Python in which something is installed in editable mode: `lines` are those of its .pth file."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "zz-ours.pth").write_text(f"{ours}\n", encoding="utf-8")
    (site / "aa-editable.pth").write_text(lines, encoding="utf-8")
    return str(folder / "bin/python")


def below_src(folder: Path) -> Shop:
    """The shop in `src`, as a package that must be installed to be imported; its head is tested less."""
    config = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n'
    project = shop(folder / "shop", {**DEFAULTS, "pyproject.toml": config})
    (project.root / "src").mkdir()
    project.git("mv", "shop", "src/shop")
    project.commit("below src")
    project.git("branch", "--force", "main")
    project.add({**LESS_TESTED, "src/shop/new.py": "X = 1\n"})
    return project


def test_the_base_s_files_are_run_where_the_head_is_installed_in_editable_mode(tmp_path: Path) -> None:
    project = below_src(tmp_path)
    python = environment(tmp_path / "venv", f"{project.root}/src\n")
    ended = project.run("--base", "main", "--rerun", "always", "--python", python)
    assert ended.report["baseline"]["source"] == "rerun"
    assert (ended.report["before"]["line"]["covered"], ended.report["total"]["line"]["covered"]) == (4, 3)


def test_where_only_the_installed_head_can_be_run_the_base_has_no_numbers(tmp_path: Path) -> None:
    project = below_src(tmp_path)
    python = environment(tmp_path / "venv", "import head_first\n")
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    hook = dedent(HOOK).replace("{place!r}", repr(f"{project.root}/src/shop"))
    (site / "head_first.py").write_text(hook, encoding="utf-8")
    ended = project.run("--base", "main", "--rerun", "always", "--python", python)
    assert "the suite ran none of the base's files" in reason(ended)
