"""Makes the interpreter that a suite runs with in the container, and installs what the suite needs into it."""

import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from covgate.errors import MeasurementError
from covgate.measure.install_plan import OVERRIDE, install_plan, is_wanted
from covgate.ports import SuiteOrder

TOOLS = ("coverage>=7.2", "pytest")
"""What measuring needs; a version that the project brought stays."""
IMAGE_PYTHON = "/usr/local/bin/python3"
"""The base image's own interpreter."""
LARGEST_PROJECT_FILE = 1_000_000
LAST_LINES, TAIL_BYTES = 12, 20_000


@dataclass(frozen=True, slots=True)
class SuiteUser:
    """Whom the suite runs as; it has no supplementary groups."""

    uid: int
    gid: int
    home: Path


@dataclass(frozen=True, slots=True)
class Installer:
    """Runs the steps of an installation as the suite's user.

    Shape:  `environment` is the suite's, with `venv` in front of the path.
    Units:  seconds, for each step.
    """

    root: Path
    venv: Path
    user: SuiteUser
    environment: Mapping[str, str]
    timeout_seconds: int
    say: Callable[[str], None]

    def run(self, arguments: Sequence[str]) -> None:
        """Runs one step.

        Errors: MeasurementError with the step's last lines where it fails or takes too long.
        """
        with tempfile.TemporaryFile() as log:  # a pipe would stay open for as long as a daemon holds it
            try:
                code = self.run_into(log.fileno(), arguments)
            except subprocess.TimeoutExpired:
                raise failure(arguments, f"took longer than {self.timeout_seconds} s", tail(log)) from None
            if code != 0:
                raise failure(arguments, f"ended with exit code {code}", tail(log))

    def run_into(self, log: int, arguments: Sequence[str]) -> int:
        """Runs one step with its output in a file, and answers its exit code."""
        return subprocess.run(
            arguments,
            cwd=self.root,
            env={**self.environment, "UV_CACHE_DIR": str(self.user.home / ".cache/uv")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=self.user.uid,
            group=self.user.gid,
            extra_groups=[],
            umask=0o022,
            start_new_session=True,
            timeout=self.timeout_seconds,
            check=False,
        ).returncode


def prepare_python(order: SuiteOrder, installer: Installer) -> str:
    """Makes a venv for the suite and installs what `order.install` asks for, then what measuring needs.

    Shape:  answers the path of the venv's interpreter.
    Errors: MeasurementError where a step fails.
    """
    lines = "" if order.install == "auto" else order.install.strip()
    seed = ("--seed",) if lines else ()  # people's lines call pip
    installer.run(("uv", "venv", "--quiet", *seed, "--python", order.python or IMAGE_PYTHON, str(installer.venv)))
    if lines:
        installer.say("Installing what the suite needs, as told")
        installer.run(("/bin/sh", "-e", "-c", lines))
    elif order.install == "auto":
        install_found(installer)
    installer.run(uv_install(TOOLS))
    return str(installer.venv / "bin/python")


def install_found(installer: Installer) -> None:
    """Installs what the repository's files say."""
    plan = install_plan(project_texts(installer.root))
    if plan.arguments:
        installer.say(f"Installing what the suite needs: {plan.words}")
        installer.run(uv_install(plan.arguments))


def uv_install(arguments: Sequence[str]) -> tuple[str, ...]:
    """An installation by uv into the active venv."""
    return ("uv", "pip", "install", "--quiet", *arguments)


def project_texts(root: Path) -> dict[str, str]:
    """The files that say what a project needs, by path; links and very large files are passed over."""
    found = [path for folder in (root, root / "requirements") if folder.is_dir() for path in folder.iterdir()]
    wanted = [path for path in found if is_wanted(path.relative_to(root).as_posix()) and is_readable(path)]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in wanted}


def is_readable(path: Path) -> bool:
    """A regular file of a size that people write."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_PROJECT_FILE


def tail(log: IO[bytes]) -> str:
    """The last lines of a log that say something."""
    log.seek(0, 2)
    log.seek(max(0, log.tell() - TAIL_BYTES))
    lines = [line.rstrip() for line in log.read().decode("utf-8", "replace").splitlines()]
    return "\n".join([line for line in lines if line][-LAST_LINES:])


def failure(arguments: Sequence[str], how: str, last_lines: str) -> MeasurementError:
    """What a reader needs to know of a failed step."""
    return MeasurementError(
        f"the suite's dependencies could not be installed: `{shlex.join(arguments)}` {how}\n{last_lines}",
        hint=OVERRIDE,
    )
