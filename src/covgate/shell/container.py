"""The action's container: who the suite is there, what it may know, and what is undone after it.

Trusted (event, policy, all of Git), then untrusted (installation, suite, export, as the workspace's owner), then
trusted again. In between, this process keeps its secrets to itself; afterwards nothing of the suite's is left running.
"""

import os
import pwd
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import quote

from covgate.ports import Measurement, SuiteOrder, TreeSuite
from covgate.shell.phases import KeptFile, end_processes, give, guard_memory
from covgate.shell.processes import Untrusted
from covgate.shell.secret_names import FILE_COMMANDS, is_secret
from covgate.shell.suite_python import CACHE, Installer, prepare_python

IMAGE_PREFIX = "/opt/covgate"
"""Where the image keeps covgate's own interpreter."""
NOBODY = 65534
AS_ROOT = (
    "The suite ran as root, beside the token's process: it could have read what the job may, and changed what this "
    "report says (`suite.user: root`)."
)
USERS = Path("/etc/passwd")
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))  # noqa: S108  # where everybody may write
HARMLESS = (
    *("PATH", "LANG", "LANGUAGE", "LC_*", "TZ", "TERM", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "CI"),
    *("GITHUB_ACTIONS", "GITHUB_ACTOR", "GITHUB_API_URL", "GITHUB_BASE_REF", "GITHUB_EVENT_NAME", "GITHUB_GRAPHQL_URL"),
    *("GITHUB_HEAD_REF", "GITHUB_JOB", "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_REF_TYPE", "GITHUB_REPOSITORY"),
    *("GITHUB_REPOSITORY_OWNER", "GITHUB_RUN_ATTEMPT", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER", "GITHUB_SERVER_URL"),
    *("GITHUB_SHA", "GITHUB_WORKFLOW", "GITHUB_WORKSPACE", "RUNNER_ARCH", "RUNNER_OS"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"),
)
"""What the suite gets without being named."""


def scrubbed(environment: Mapping[str, str], names: Sequence[str] = ()) -> dict[str, str]:
    """The part of the environment that the suite may see: harmless facts, and what `names` lets through."""
    return {
        name: value
        for name, value in environment.items()
        if not is_secret(name) and (name in names or any(fnmatchcase(name, pattern) for pattern in HARMLESS))
    }


@dataclass(frozen=True, slots=True)
class ContainerPhases:
    """The suite's place in the container.

    Shape:  `scratch` is a folder outside the workspace that the suite can read and not write, but for its home in it;
            `out` the output folder in the workspace; `environment_name` names the folder of the suite's interpreter;
            `shared` are the folders of this container, and of nobody else, that every user may write to; `as_root` says
            that the repository wants its suite to be root.
    """

    environment: Mapping[str, str]
    workspace: Path
    out: Path
    user: Untrusted
    scratch: Path
    environment_name: str = "venv"
    shared: tuple[Path, ...] = ()
    as_root: bool = False

    def run_by(self, user: str) -> "ContainerPhases":
        """The same with the suite run by whom the settings name: "owner" or "root"."""
        return self if user != "root" else replace(self, user=Untrusted(0, 0, self.user.home), as_root=True)

    def apart(self, directory: str) -> "ContainerPhases":
        """The same for the suite of a directory, whose interpreter is another; "" for the suite of the whole."""
        return replace(self, environment_name=f"venv-{quote(directory, safe='')}") if directory else self

    @classmethod
    def found(cls, environment: Mapping[str, str], workspace: Path, out: Path) -> "ContainerPhases | None":
        """The phases where this is the action's image and this process is root; None elsewhere.

        Errors: MeasurementError where the kernel does not let this process close its memory.
        """
        if sys.prefix != IMAGE_PREFIX or os.geteuid() != 0:
            return None
        guard_memory()
        scratch = Path(tempfile.mkdtemp(prefix="covgate-"))
        scratch.chmod(0o755)
        home = scratch / "home"
        user = suite_user(workspace, str(home))
        home.mkdir(mode=0o700)
        give(home, user.uid, user.gid)
        introduce(user)
        return cls(environment, workspace, out, user, scratch, shared=SHARED)

    def suite_environment(self, names: Sequence[str] = ()) -> dict[str, str]:
        """The suite's environment, with its own venv in front of the path."""
        allowed = scrubbed(self.environment, names)
        name = "root" if self.as_root else "suite"
        return {
            **allowed,
            "PATH": f"{self.venv / 'bin'}:{allowed.get('PATH', os.defpath)}",
            "VIRTUAL_ENV": str(self.venv),
            "HOME": self.user.home,
            "USER": name,
            "LOGNAME": name,
        }

    @property
    def venv(self) -> Path:
        """Where the suite's interpreter is made."""
        return Path(self.user.home, self.environment_name)

    @contextmanager
    def untrusted_phase(self) -> Iterator[None]:
        """Whatever runs within is gone afterwards, and the runner's files are as they were."""
        self.hand_over()
        kept = [KeptFile.of(Path(self.environment[name])) for name in FILE_COMMANDS if self.environment.get(name)]
        try:
            yield
        finally:
            end_processes()
            for file in kept:
                file.restore()

    def hand_over(self) -> None:
        """Gives the workspace's owner what was written there, reports and what Git fetched: later steps need both.

        Shape:  where the suite was root, all that it wrote there, and the downloads that are kept between jobs.
        """
        status = self.workspace.stat()
        for folder in (self.workspace,) if self.as_root else (self.out, self.workspace / ".git"):
            if folder.is_dir() and folder.resolve().is_relative_to(self.workspace.resolve()):
                give(folder, status.st_uid, status.st_gid)
        cache = Path(self.environment.get("RUNNER_TEMP", ""), CACHE)
        if self.as_root and cache.is_absolute() and cache.is_dir() and not cache.is_symlink():
            give(cache, status.st_uid, status.st_gid)


def suite_user(workspace: Path, home: str) -> Untrusted:
    """The workspace's owner; nobody where that is root or has Docker's socket for its group."""
    status = workspace.stat()
    if status.st_uid == 0:
        return Untrusted(NOBODY, NOBODY, home)
    gid = status.st_uid if status.st_gid in {0, *socket_groups()} else status.st_gid
    return Untrusted(status.st_uid, gid, home)


def socket_groups() -> set[int]:
    """The groups that may talk to the Docker Engine."""
    return {path.stat().st_gid for path in (Path("/var/run/docker.sock"), Path("/run/docker.sock")) if path.exists()}


def introduce(user: Untrusted, users: Path = USERS) -> None:
    """Gives the suite's user a name, for programs that ask who they are."""
    try:
        pwd.getpwuid(user.uid)
    except KeyError:
        with users.open("a", encoding="ascii") as file:
            file.write(f"suite:x:{user.uid}:{user.gid}::{user.home}:/bin/sh\n")


@dataclass(frozen=True, slots=True)
class ContainedSuite:
    """A suite within the untrusted phase, with an interpreter made for it.

    Shape:  `root` is the project's directory, in the workspace.
    """

    phases: ContainerPhases
    root: Path
    inner: TreeSuite
    say: Callable[[str], None]

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`, after installing what the suite needs."""
        if self.phases.as_root:
            self.say("Warning: the suite runs as root, beside the token's process (suite.user: root)")
        with self.phases.untrusted_phase():
            measurement = self.inner.measure(self.prepared(order))
        if not self.phases.as_root:
            return measurement
        snapshot = measurement.snapshot
        return replace(measurement, snapshot=replace(snapshot, notes=(*snapshot.notes, AS_ROOT)))

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`; nothing of the project is installed for it."""
        with self.phases.untrusted_phase():
            return self.inner.read(data, self.prepared(replace(order, install="")))

    def prepared(self, order: SuiteOrder) -> SuiteOrder:
        """The same order with its interpreter made."""
        phases = self.phases
        environment = phases.suite_environment(order.env)
        installer = Installer(
            self.root,
            phases.venv,
            phases.user,
            environment,
            order.timeout_seconds,
            self.say,
            phases.scratch,
            phases.environment.get("RUNNER_TEMP", ""),
        )
        return replace(order, python=prepare_python(order, installer), install="")
