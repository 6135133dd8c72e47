"""Installing in a place like the container's, where `uv` only writes down how it was called."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.ports import SuiteOrder
from covgate.shell.processes import Untrusted
from covgate.shell.suite_python import Installer, prepare_python

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run programs as another user")

POETRY = """\
[build-system]
[tool.poetry.dependencies]
python = ">=3.9,<3.12"
[tool.poetry.group.dev.dependencies]
x = "*"
"""


@dataclass
class Place:
    """A workspace, a runner's folder, and what was said and called."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("bin", "workspace", "scratch", "home", "runner_temp"):
            (self.folder / name).mkdir()
        self.uv('echo "$@" >>"$CALLS"; echo "$UV_CACHE_DIR" >"$CALLS.cache"')

    def uv(self, script: str) -> None:
        program = self.folder / "bin/uv"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def write(self, path: str, text: str) -> None:
        file = self.folder / "workspace" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def installer(self, runner_temp: str = "") -> Installer:
        environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "CALLS": str(self.folder / "calls")}
        return Installer(
            self.folder / "workspace",
            self.folder / "home/venv",
            Untrusted(0, 0, str(self.folder / "home")),
            environment,
            60,
            self.said.append,
            self.folder / "scratch",
            runner_temp,
        )

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()

    def cache(self) -> str:
        return (self.folder / "calls.cache").read_text().strip()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_is_downloaded_is_kept_in_the_runner_s_folder_where_a_workflow_can_cache_it(place: Place) -> None:
    runner_temp = str(place.folder / "runner_temp")
    prepare_python(SuiteOrder(install="auto"), place.installer(runner_temp))
    assert place.cache() == f"{runner_temp}/covgate-cache/uv"


@pytest.mark.parametrize("runner_temp", ["", "/proc/1"])
def test_it_is_kept_in_the_suite_s_home_where_there_is_no_such_folder_to_write_to(
    place: Place, runner_temp: str
) -> None:
    prepare_python(SuiteOrder(install="auto"), place.installer(runner_temp))
    assert place.cache() == f"{place.folder}/home/.cache/uv"


def test_a_poetry_lock_is_installed_with_its_versions_and_the_python_that_the_project_asks_for(place: Place) -> None:
    place.write("pyproject.toml", POETRY)
    place.write("poetry.lock", '[[package]]\nname = "x"\nversion = "1.5"\n')
    prepare_python(SuiteOrder(install="auto", command="pytest"), place.installer())
    constraints = place.folder / "scratch/poetry-lock.txt"
    assert constraints.read_text() == "x==1.5\n"
    assert place.calls() == [
        f"venv --quiet --python >=3.9,<3.12 {place.folder}/home/venv",
        f"pip install --quiet --constraints {constraints} x -e .",
        "pip install --quiet coverage>=7.2 pytest",
    ]


def test_three_lines_tell_what_is_installed(place: Place) -> None:
    place.write("requirements-test.txt", "pytest\n")
    prepare_python(SuiteOrder(install="auto"), place.installer())
    assert [line.partition(":")[0] for line in place.said] == [
        "Installing",
        "Because",
        "To install something else, change this line in .covgate.yml",
    ]


@pytest.mark.parametrize(
    ("test", "needed"),
    [
        ("def test_total():\n    assert True\n", "coverage>=7.2 pytest"),
        ("import unittest\n\nclass T(unittest.TestCase):\n    def test(self): ...\n", "coverage>=7.2"),
    ],
)
def test_pytest_is_added_where_the_tests_are_written_for_it(place: Place, test: str, needed: str) -> None:
    place.write("tests/test_cart.py", test)
    prepare_python(SuiteOrder(install="auto"), place.installer())
    assert place.calls()[-1] == f"pip install --quiet {needed}"


def test_a_python_given_goes_before_the_project_s_own_word(place: Place) -> None:
    place.write("pyproject.toml", POETRY)
    prepare_python(SuiteOrder(install="auto", python="3.13"), place.installer())
    assert place.calls()[0].startswith("venv --quiet --python 3.13 ")


def test_a_project_s_own_python_that_cannot_be_had_is_told_with_the_way_to_the_image_s(place: Place) -> None:
    place.write("pyproject.toml", POETRY)
    place.uv("exit 2")
    with pytest.raises(MeasurementError, match=r"there is no Python >=3\.9,<3\.12 in the image") as caught:
        prepare_python(SuiteOrder(install="auto"), place.installer())
    assert caught.value.hint.startswith("give `python-version: /usr/local/bin/python3`")


def test_people_s_own_lines_need_no_project_file_that_can_be_read(place: Place) -> None:
    place.write("pyproject.toml", "not TOML")
    prepare_python(SuiteOrder(install="uv one"), place.installer())
    assert place.calls()[1] == "one"


def test_a_python_that_cannot_be_had_is_told_with_what_to_do(place: Place) -> None:
    place.uv("echo 'error: Failed to download' >&2; exit 2")
    with pytest.raises(MeasurementError) as caught:
        prepare_python(SuiteOrder(install="auto", python="3.12"), place.installer())
    assert caught.value.what == (
        "there is no Python 3.12 in the image, and uv could not get one\nerror: Failed to download"
    )
    assert "leave `python-version` away" in caught.value.hint


def test_an_installation_that_fails_is_told_with_its_command_and_the_line_to_change(place: Place) -> None:
    place.write("requirements.txt", "gone\n")
    place.uv('case "$*" in *"-r req"*) printf "no\\n\\nsuch package\\n"; exit 1;; esac')
    with pytest.raises(MeasurementError) as caught:
        prepare_python(SuiteOrder(install="auto"), place.installer())
    assert caught.value.what == (
        "the suite's dependencies could not be installed: `uv pip install --quiet -r requirements.txt` "
        "ended with exit code 1\nno\nsuch package"
    )
    assert caught.value.hint.endswith('suite: {install: "uv pip install -r requirements.txt"}')
