"""The base's suite in the action's container: what it has for itself, and what a change cannot do to it."""

from dataclasses import replace
from typing import Any

import pytest
from tests.container.conftest import PROJECT, Begin, Push
from tests.container.origin import Origin
from tests.scenario.baseline_scene import served
from tests.unit.shell.data_branch.stores import snapshot, stored

from covgate.parse.history_lines import history_text, with_line
from covgate.parse.stored_snapshot import stored_bytes

pytestmark = pytest.mark.container

NEEDS = (
    '[project]\nname = "shop"\nversion = "1"\n[dependency-groups]\ntest = {needs}\n'
    '[tool.coverage.run]\nsource = ["shop"]\n'
)
AT_BASE = """
import os, pathlib, six

def test_says_where_it_was():
    pathlib.Path("/tmp/base-was-here").write_text(os.environ["HOME"])
    pathlib.Path("/dev/shm/base-was-here").touch()
"""
AT_HEAD = """
import importlib.util, os, pathlib

def test_nothing_of_the_base_s_is_left():
    assert importlib.util.find_spec("six") is None
    assert not pathlib.Path("/tmp/base-was-here").exists()
    assert not pathlib.Path("/dev/shm/base-was-here").exists()
    assert "/base-" not in os.environ["HOME"]
"""
BASE = {"pyproject.toml": NEEDS.format(needs='["pytest", "six"]'), "conftest.py": "", "tests/test_base.py": AT_BASE}
HEAD = {"pyproject.toml": NEEDS.format(needs='["pytest"]'), "tests/test_base.py": AT_HEAD}
HOSTILE = """
import glob, os, pathlib, shutil, subprocess

SPOILING = '''
import glob, os, pathlib, shutil, time
while True:
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.environ["HOME"]):
        for name in ("pytest.ini", "conftest.py", "sitecustomize.py", ".pytest.ini", ".coveragerc"):
            try:
                pathlib.Path(folder, name).write_text("[pytest]\\\\naddopts = -k nothing\\\\n")
            except OSError:
                pass
    for path in glob.glob("/tmp/*/*/shop/cart.py") + glob.glob("/tmp/*/*/tests/*.py"):
        try:
            pathlib.Path(path).write_text("")
        except OSError:
            pass
'''

def test_spoils_what_it_can_reach():
    cache = pathlib.Path(os.environ.get("UV_CACHE_DIR", "/github/runner_temp/covgate-cache/uv"))
    for path in (cache, cache.parent, pathlib.Path("/github/runner_temp/covgate-cache")):
        shutil.rmtree(path, ignore_errors=True)
        try:
            path.write_text("spoiled")
        except OSError:
            pass
    pathlib.Path("/tmp/spoiling.py").write_text(SPOILING)
    subprocess.Popen(["setsid", "python", "/tmp/spoiling.py"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert not glob.glob("/tmp/*/workspace/shop/cart.py")
"""


def store(origin: Origin, sha: str, python: str) -> None:
    """Stores a snapshot of this commit that was measured under another Python."""
    one = snapshot()
    kept = stored(sha, snapshot=replace(one, origin=replace(one.origin, python=python)))
    files: dict[str, bytes | str] = {
        "history.jsonl": history_text(with_line((), kept.line)),
        f"snapshots/{sha}.json.gz": stored_bytes(kept),
    }
    served(origin.bare).put(files)


def covered(report: Any) -> tuple[str, tuple[int, int]]:
    """Where the base's numbers are from, and how many of its statements ran."""
    line = report["before"]["line"]
    return report["baseline"]["source"], (line["covered"], line["total"])


def test_the_base_is_run_first_with_dependencies_and_a_home_of_its_own(
    origin: Origin, push: Push, begin: Begin
) -> None:
    origin.commit("main", {**PROJECT, **BASE})
    step = begin(push(HEAD)).run()
    assert step.exit_code == 0, step.log
    assert covered(step.report()) == ("rerun", (2, 2)), step.log
    assert step.log.index("Running the suite on the base") < step.log.index("Running the suite\n")


def test_nothing_that_a_change_leaves_behind_reaches_the_base_s_suite(origin: Origin, push: Push, begin: Begin) -> None:
    base = {**BASE, "tests/test_base.py": "def test_it():\n    pass\n"}
    sha = origin.commit("main", {**PROJECT, **base})
    store(origin, sha, "CPython 3.9.1")
    step = begin(push({**HEAD, "tests/test_base.py": HOSTILE})).run()
    assert step.exit_code == 0, step.log
    assert covered(step.report()) == ("rerun", (2, 2)), step.log
    assert step.log.index("Running the suite\n") < step.log.index("Running the suite on the base")


def test_a_base_whose_dependencies_cannot_be_installed_has_no_numbers(origin: Origin, push: Push, begin: Begin) -> None:
    origin.commit("main", {"pyproject.toml": NEEDS.format(needs='["pytest", "covgate-no-such-package==1"]')})
    step = begin(push({"pyproject.toml": NEEDS.format(needs='["pytest"]'), "conftest.py": ""})).run()
    assert step.exit_code == 0, step.log
    baseline = step.report()["baseline"]
    assert baseline["state"] == "missing"
    assert (
        "the suite could not be run on the base (the suite's dependencies could not be installed" in baseline["reason"]
    )
