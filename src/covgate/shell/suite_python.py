"""Makes the interpreter that a suite runs with in the container, and installs what the suite needs into it."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.measure.install_plan import OVERRIDE, install_plan, is_wanted
from covgate.ports import SuiteOrder
from covgate.shell.processes import Untrusted, run

TOOLS = ("coverage>=7.2", "pytest")
"""What measuring needs; a version that the project brought stays."""
IMAGE_PYTHON = "/usr/local/bin/python3"
"""The base image's own interpreter."""
LARGEST_PROJECT_FILE = 1_000_000
LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Installer:
    """Runs the steps of an installation as the suite's user.

    Shape:  `environment` is the suite's, with `venv` in front of the path.
    Units:  seconds, for each step.
    """

    root: Path
    venv: Path
    user: Untrusted
    environment: Mapping[str, str]
    timeout_seconds: int
    say: Callable[[str], None]

    def run(self, arguments: Sequence[str]) -> None:
        """Runs one step.

        Errors: MeasurementError with the step's last lines where it fails or takes too long.
        """
        environment = {**self.environment, "UV_CACHE_DIR": str(Path(self.user.home, ".cache/uv"))}
        finished = run(
            arguments, cwd=str(self.root), env=environment, timeout_seconds=self.timeout_seconds, user=self.user
        )
        if finished.timed_out:
            raise failure(arguments, f"took longer than {self.timeout_seconds} s", finished.tail)
        if finished.status != 0:
            raise failure(arguments, f"ended with exit code {finished.status}", finished.tail)


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


def failure(arguments: Sequence[str], how: str, tail: str) -> MeasurementError:
    """What a reader needs to know of a failed step: the command, and the last lines that say something."""
    lines = [line.rstrip() for line in tail.splitlines() if line.strip()]
    last = "\n".join(lines[-LAST_LINES:])
    return MeasurementError(
        f"the suite's dependencies could not be installed: `{shlex.join(arguments)}` {how}\n{last}", hint=OVERRIDE
    )
