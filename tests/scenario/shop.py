"""A small shop in a real repository, and covgate run on it from outside: arguments in, exit code and words out."""

import contextlib
import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.unit.shell.git.project import Project

from covgate.cli import main

CART = """
    def total(prices, coupon=None):
        if coupon:
            return 0
        return sum(prices)
"""
TEST_CART = """
    from shop.cart import total


    def test_a_total_is_the_sum():
        assert total([1, 2]) == 3


    def test_a_coupon_makes_it_free():
        assert total([1, 2], coupon="SPRING") == 0
"""
REFUND = """
    def refund(price, gift=False):
        if gift:
            return 0
        return price
"""
TEST_REFUND = """
    from shop.refund import refund


    def test_a_refund_is_the_price():
        assert refund(3) == 3
"""
SETTINGS = """
    version: 1
    thresholds:
      diff: {line: 80}
"""
BASE = {
    ".gitignore": ".covgate/\n__pycache__/\n",
    ".covgate.yml": SETTINGS,
    "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["."]\n',
    "shop/__init__.py": "",
    "shop/cart.py": CART,
    "tests/conftest.py": "",
    "tests/test_cart.py": TEST_CART,
}


@dataclass(frozen=True)
class Ended:
    """What a run of covgate left: its exit code, its words, and its files."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def report(self) -> dict[str, Any]:
        """report.json."""
        return dict(json.loads((self.folder / "report.json").read_bytes()))

    @property
    def comment(self) -> str:
        """comment.md."""
        return (self.folder / "comment.md").read_text(encoding="utf-8")

    @property
    def rules(self) -> dict[str, str]:
        """Each rule's status by its id."""
        return {rule["id"]: rule["status"] for rule in self.report["rules"]}

    @property
    def files(self) -> list[str]:
        """Names of the files in the output folder; none where there is no folder."""
        return sorted(path.name for path in self.folder.iterdir()) if self.folder.is_dir() else []


class Shop(Project):
    """A repository on which covgate can be run."""

    def write_all(self, files: Mapping[str, str | bytes]) -> None:
        """Writes files; indented text is dedented."""
        for path, content in files.items():
            self.write(path, dedent(content).lstrip("\n") if isinstance(content, str) else content)

    def add(self, files: Mapping[str, str | bytes], message: str = "a change") -> str:
        """Writes files, commits all there is, and returns the sha."""
        self.write_all(files)
        return self.commit(message)

    def covgate(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Ended:
        """Runs covgate on this repository; options of the command come last."""
        command, *options = arguments
        place = [] if "--repo" in options else ["--repo", str(self.root)]
        return covgate(command, *place, *options, environment=environment or self.environment, folder=self.out)

    def run(self, *options: str, environment: Mapping[str, str] | None = None) -> Ended:
        """`covgate run` with the Python that runs these tests."""
        python = [] if "--python" in options else ["--python", sys.executable]
        return self.covgate("run", *python, *options, environment=environment)

    @property
    def environment(self) -> dict[str, str]:
        """Git's of these tests, and a pytest that loads no plugin of the environment that these tests run in."""
        return {**super().environment, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "80"}

    @property
    def out(self) -> Path:
        """The default output folder."""
        return self.root / ".covgate"


def shop(root: Path, files: Mapping[str, str | bytes] | None = None) -> Shop:
    """The shop on a branch of its own, with nothing changed yet; `files` come over those of its base."""
    project = Shop(root)
    project.add({**BASE, **(files or {})}, "A shop")
    project.git("checkout", "--quiet", "-b", "change")
    return project


def covgate(*arguments: str, environment: Mapping[str, str], folder: Path = Path()) -> Ended:
    """Runs covgate in this process, as its console script would, and takes what it prints."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), signals_kept():
        code = main(arguments, environment)
    return Ended(code, out.getvalue(), err.getvalue(), folder)


@contextlib.contextmanager
def signals_kept() -> Iterator[None]:
    """Leaves the handlers of this process as they are: covgate sets its own."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def clean_environment() -> dict[str, str]:
    """This process's environment without what belongs to the run that it is a part of."""
    others = ("COV", "PYTEST_", "GITHUB_", "INPUT_", "CI")
    return {name: value for name, value in os.environ.items() if not name.startswith(others)}
