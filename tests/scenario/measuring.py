"""Small real projects, measured by covgate and by coverage.py itself."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from covgate.model.snapshot import Snapshot
from covgate.ports import Measurement, SuiteOrder
from covgate.shell.suite.local import LocalSuite

CART = """
    def total(prices, coupon=None):
        if coupon and (
            coupon > 3
        ):
            return 0
        amount = 0
        for price in prices:
            if price < 0:
                continue
            amount += price
        return amount


    def debug(prices):  # pragma: no cover
        print(prices)
"""
PYTEST_TEST = """
    from shop.cart import total


    def test_a_total_is_the_sum():
        assert total([1, 2]) == 3
"""
UNITTEST_TEST = """
    import unittest

    from shop.cart import total


    class TotalTest(unittest.TestCase):
        def test_sum(self):
            self.assertEqual(total([1, 2]), 3)
"""
SHOP = {"shop/__init__.py": "", "shop/cart.py": CART, "shop/unused.py": "ANSWER = 42\n"}


def project(root: Path, files: Mapping[str, str]) -> Path:
    """A project with these files, their text dedented."""
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def shop(root: Path, files: Mapping[str, str]) -> Path:
    """The shop with these files beside it."""
    return project(root, {**SHOP, **files})


def measure(root: Path, command: str = "", **order: Any) -> Measurement:
    """Measures a project as `covgate run` does, with the Python that runs these tests."""
    defaults = {"python": sys.executable, "timeout_seconds": 120}
    return suite(root).measure(SuiteOrder(command=command, **{**defaults, **order}))


def suite(root: Path, lines: list[str] | None = None) -> LocalSuite:
    """The project's suite; `lines` collects what it prints."""
    scratch = root.parent / f"{root.name}-scratch"
    scratch.mkdir(exist_ok=True)
    return LocalSuite(str(root), str(scratch), clean_environment(), say=(lines if lines is not None else []).append)


def clean_environment() -> dict[str, str]:
    """This process's environment without what belongs to the run that it is a part of."""
    others = ("COV", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(others)}


def coverage_json(root: Path, arguments: Sequence[str], *, branch: bool = True) -> dict[str, Any]:
    """What `coverage run` and `coverage json` say, run by hand with the project's own configuration."""
    directory = root.parent / f"{root.name}-reference"
    directory.mkdir()
    report = directory / "coverage.json"
    environment = {**clean_environment(), "COVERAGE_FILE": str(directory / "data")}
    run = ["run", *(["--branch"] if branch else []), *arguments]
    for words in (run, ["combine", "-q"], ["json", "-q", "-o", str(report)]):
        subprocess.run([sys.executable, "-m", "coverage", *words], cwd=root, env=environment, check=False)
    return dict(json.loads(report.read_bytes()))


def assert_equal_to(snapshot: Snapshot, reference: Mapping[str, Any]) -> None:
    """Every file's lines and branches, and the totals, are those of `coverage json`."""
    assert {file.path for file in snapshot.files} == set(reference["files"])
    for file in snapshot.files:
        theirs = reference["files"][file.path]
        assert list(file.missed) == theirs["missing_lines"], file.path
        assert list(file.excluded) == theirs["excluded_lines"], file.path
        assert len(file.statements) == theirs["summary"]["num_statements"], file.path
        missed = [[arc.line, arc.to] for branch in file.branches for arc in branch.missed]
        assert missed == sorted(theirs["missing_branches"]), file.path
    totals = reference["totals"]
    assert (snapshot.line.covered, snapshot.line.total) == (totals["covered_lines"], totals["num_statements"])
    assert (snapshot.branch.covered, snapshot.branch.total) == (totals["covered_branches"], totals["num_branches"])


@contextmanager
def untouched(root: Path) -> Iterator[None]:
    """Fails where something in the project is not as before; caches of Python and pytest are the user's own."""
    before = _content(root)
    yield
    assert _content(root) == before


def _content(root: Path) -> dict[str, bytes]:
    ours = ("__pycache__", ".pytest_cache")
    files = [path for path in root.rglob("*") if path.is_file() and not any(part in ours for part in path.parts)]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
