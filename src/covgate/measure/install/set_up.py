"""What a set-up is, and the plan that it makes."""

import json
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from covgate.measure.install.project import Project

UV_INSTALL = ("uv", "pip", "install", "--quiet")


@dataclass(frozen=True, slots=True)
class InstallPlan:
    """What to install, and how.

    Shape:  `steps` are commands for the project's directory with the suite's venv active; `files` are written before
            them, by name; `found` and `why` tell a reader what was chosen and for what reason; `override` is the
            shell's line that does the same.
    """

    steps: tuple[tuple[str, ...], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    found: str = "nothing"
    why: str = "no file of the repository names what its tests need"
    override: str = "pip install -r requirements-test.txt"

    @property
    def setting(self) -> str:
        """The line of `.covgate.yml` that does the same."""
        return f"suite: {{install: {json.dumps(self.override)}}}"

    @property
    def words(self) -> tuple[str, str, str]:
        """What was chosen, why, and what to write to have it otherwise; one line each."""
        return (
            f"Installing: {self.found}",
            f"Because: {self.why}",
            f"To install something else, change this line in .covgate.yml: {self.setting}",
        )


@dataclass(frozen=True, slots=True)
class SetUp:
    """A way in which projects say what their tests need.

    Shape:  `rank` orders the set-ups, the lowest that recognises a project makes its plan; `lock` is the file that it
            reads beside those of every project, "" where there is none; `plan` gets the folder of the plan's files.
    """

    id: str
    rank: int
    summary: str
    plan: Callable[[Project, str], InstallPlan]
    lock: str = ""

    @property
    def words(self) -> str:
        """The set-up for a reader."""
        return f"`{self.lock}`" if self.lock else "no lock"

    def recognises(self, project: Project) -> bool:
        """Whether the project is set up like this."""
        return not self.lock or self.lock in project.texts


def listed(parts: Iterable[str]) -> str:
    """The parts for a reader; "nothing" where there are none."""
    return ", ".join(dict.fromkeys(parts)) or "nothing"


def shell_line(arguments: Iterable[str]) -> str:
    """The same installation as a line for the shell."""
    return shlex.join(("uv", "pip", "install", *arguments))
