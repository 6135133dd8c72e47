"""Makes the interpreter that a suite runs with in the container, and installs what the suite needs into it."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.measure.command import is_test_file
from covgate.measure.install.plan import FOLDERS, install_plan, is_wanted
from covgate.measure.install.project import EXAMPLE, project_of
from covgate.measure.install.python import requires_python
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan
from covgate.measure.install.tools import COVERAGE, tools
from covgate.ports import SuiteOrder
from covgate.shell.processes import Finished, Untrusted, run

IMAGE_PYTHON = "/usr/local/bin/python3"
"""The base image's own interpreter."""
CACHE = "covgate-cache"
"""The folder in the runner's own for temporary files that a workflow can keep between jobs."""
USABLE = ("/bin/sh", "-c", 'mkdir -p "$1" && test -w "$1"', "sh")
LARGEST_PROJECT_FILE = 20_000_000
MOST_TEST_FILES = 500
LAST_LINES = 12
NO_PYTHON_HINT = (
    "let the job reach what uv downloads it from (github.com, or a "
    "mirror in UV_PYTHON_INSTALL_MIRROR, named in `suite.env`), or run the suite on the host and let covgate report on "
    "its data: https://github.com/covgate/covgate/blob/main/docs/install.md#the-suite-on-the-host"
)


@dataclass(frozen=True, slots=True)
class Installer:
    """Runs the steps of an installation as the suite's user.

    Shape:  `environment` is the suite's, with `venv` in front of the path; `scratch` is a folder that the suite can
            read and not write; `runner_temp` is the runner's own folder for temporary files, "" where there is none.
    Units:  seconds, for each step.
    """

    root: Path
    venv: Path
    user: Untrusted
    environment: Mapping[str, str]
    timeout_seconds: int
    say: Callable[[str], None]
    scratch: Path
    runner_temp: str = ""

    def with_cache(self) -> "Installer":
        """The same, with what is downloaded kept where a workflow can find it, else in the suite's home."""
        wanted = Path(self.runner_temp, CACHE)
        usable = self.runner_temp and self.tried((*USABLE, str(wanted))).status == 0
        cache = wanted if usable else Path(self.user.home, ".cache")
        places = {
            "UV_CACHE_DIR": str(cache / "uv"),
            "UV_PYTHON_INSTALL_DIR": str(cache / "python"),
            "UV_PYTHON": str(self.venv / "bin/python"),
            "UV_PYTHON_PREFERENCE": "system",
            "UV_LINK_MODE": "copy",
            "PIP_CACHE_DIR": str(cache / "pip"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        return replace(self, environment={**places, **self.environment})

    def run(self, arguments: Sequence[str], setting: str = "") -> None:
        """Runs one step.

        Errors: MeasurementError with the step's last lines where it fails or takes too long; `setting` is the line of
                .covgate.yml that overrides it.
        """
        finished = self.tried(arguments)
        if finished.timed_out:
            raise failure(arguments, f"took longer than {self.timeout_seconds} s", finished.tail, setting)
        if finished.status != 0:
            raise failure(arguments, f"ended with exit code {finished.status}", finished.tail, setting)

    def tried(self, arguments: Sequence[str]) -> Finished:
        """Runs one step, however it ends."""
        return run(
            arguments, cwd=str(self.root), env=self.environment, timeout_seconds=self.timeout_seconds, user=self.user
        )


def prepare_python(order: SuiteOrder, installer: Installer) -> str:
    """Makes a venv for the suite and installs what `order.install` asks for, then what measuring needs.

    Shape:  answers the path of the venv's interpreter.
    Errors: MeasurementError where a step fails.
    """
    installer = installer.with_cache()
    texts = project_texts(installer.root) if order.install else {}
    lines = "" if order.install == "auto" else order.install.strip()
    if order.python:
        make_venv(order.python, "leave `python-version` away to use the image's own", installer, seed=bool(lines))
    else:
        instead = f"give `python-version: {IMAGE_PYTHON}` to try the image's own"
        make_venv(own_python(texts) or IMAGE_PYTHON, instead, installer, seed=bool(lines))
    if lines:
        installer.say("Installing what the suite needs, as told")
        installer.run(("/bin/sh", "-e", "-c", lines))
    elif order.install == "auto":
        carry_out(install_plan(texts, str(installer.scratch)), installer)
    needed = tools(order.command, texts, suite_texts(installer.root)) if order.install else (COVERAGE,)
    installer.run((*UV_INSTALL, *needed))
    return str(installer.venv / "bin/python")


def own_python(texts: Mapping[str, str]) -> str:
    """The versions of Python that the project asks for, "" where its files do not say or cannot be read."""
    try:
        return requires_python(project_of(texts))
    except MeasurementError:  # told by the plan; people's own lines may not need the file at all
        return ""


def make_venv(wanted: str, instead: str, installer: Installer, *, seed: bool) -> None:
    """Makes the venv.

    Shape:  `wanted` is a version, versions or a path of a Python; `seed` adds pip, for people's own lines.
    Errors: MeasurementError where there is no such Python; `instead` is the first thing to do about it.
    """
    options = ("--seed",) if seed else ()
    finished = installer.tried(("uv", "venv", "--quiet", *options, "--python", wanted, str(installer.venv)))
    if finished.status != 0 or finished.timed_out:
        what = f"there is no Python {wanted} in the image, and uv could not get one"
        raise MeasurementError(f"{what}\n{last_lines(finished.tail)}", hint=f"{instead}, {NO_PYTHON_HINT}")


def carry_out(plan: InstallPlan, installer: Installer) -> None:
    """Tells what is installed and why, and installs it."""
    for words in plan.words:
        installer.say(words)
    for name, text in plan.files.items():
        path = installer.scratch / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    for step in plan.steps:
        installer.run(step, plan.setting)


def project_texts(root: Path) -> dict[str, str]:
    """The files that say what a project needs, by path; links and very large files are passed over."""
    folders = [root, *(root / name for name in FOLDERS)]
    found = [path for folder in folders if folder.is_dir() and not folder.is_symlink() for path in folder.iterdir()]
    wanted = [path for path in found if is_wanted(path.relative_to(root).as_posix()) and is_readable(path)]
    return {path.relative_to(root).as_posix(): read(path) for path in wanted}


def suite_texts(root: Path) -> Iterator[str]:
    """The texts of the first test files, one by one."""
    for path in islice(suite_files(root), MOST_TEST_FILES):
        yield read(path)


def suite_files(root: Path) -> Iterator[Path]:
    """The test files, without those in hidden folders."""
    for directory, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        paths = (Path(directory, name) for name in sorted(names) if is_test_file(name) or name == "conftest.py")
        yield from filter(is_readable, paths)


def is_readable(path: Path) -> bool:
    """A regular file of a size that people write, or their tools."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_PROJECT_FILE


def read(path: Path) -> str:
    """A file's text, whatever its bytes."""
    return path.read_text(encoding="utf-8", errors="replace")


def failure(arguments: Sequence[str], how: str, tail: str, setting: str = "") -> MeasurementError:
    """What a reader needs to know of a failed step: the command, the last lines that say something, what to do."""
    what = f"the suite's dependencies could not be installed: `{shlex.join(arguments)}` {how}"
    tried = f"change what is installed: in .covgate.yml, this says what was tried: {setting}"
    hint = tried if setting else EXAMPLE
    return MeasurementError(f"{what}\n{last_lines(tail)}", hint=hint)


def last_lines(tail: str) -> str:
    """The last lines of a program's output that say something."""
    lines = [line.rstrip() for line in tail.splitlines() if line.strip()]
    return "\n".join(lines[-LAST_LINES:])
