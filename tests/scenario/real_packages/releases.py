"""Two releases of a package as two commits, and an environment in which its suite runs."""

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import uv
from tests.scenario.real_packages.packages import Package, Release

PYTHON = os.environ.get("COVGATE_TEST_PYTHON", sys.executable)
CACHE = Path(os.environ.get("COVGATE_TEST_CACHE", "~/.cache/covgate-tests")).expanduser()
NOT_OURS = "__pycache__/\n*.egg-info/\n.hypothesis/\n"


@dataclass(frozen=True, slots=True)
class Project:
    """A repository with a base and a change, checked out at the change, and the suite's interpreter."""

    package: Package
    repository: Path
    python: Path
    base_sha: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a terminal in which the suite's environment is active."""
        path = os.pathsep.join((str(self.python.parent), os.environ["PATH"]))
        return {**environment(), "PATH": path, "VIRTUAL_ENV": str(self.python.parent.parent)}


def environment() -> dict[str, str]:
    """This process's variables, without those that tell coverage, pytest, git or covgate something."""
    ours = ("COV", "PYTEST", "GITHUB_", "INPUT_", "VIRTUAL_ENV", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command that has to succeed, and returns what it printed."""
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, text=True, check=False)
    succeed(done)
    return done.stdout


def succeed(done: subprocess.CompletedProcess[str], *, codes: tuple[int, ...] = (0,)) -> None:
    """Fails the test, with the end of what the command printed, where it did not end with one of `codes`."""
    printed = f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert done.returncode in codes, f"{done.args} ended with {done.returncode}:\n{printed}"


def network_is_there(scratch: Path) -> bool:
    """Whether the package index answers."""
    wanted = scratch / "any.in"
    wanted.write_text("iniconfig\n")
    resolved = subprocess.run(
        [uv.find_uv_bin(), "pip", "compile", "--no-cache", "--quiet", wanted], capture_output=True, check=False
    )
    return resolved.returncode == 0


def make_project(package: Package, folder: Path) -> Project:
    """Both releases committed, and the change installed with what its suite requires."""
    repository = folder / package.name
    repository.mkdir()
    run("git", "init", "--quiet", "--initial-branch=main", ".", cwd=repository)
    (repository / ".git/info/exclude").write_text(NOT_OURS)
    base_sha = commit(package, package.base, repository)
    commit(package, package.head, repository)
    return Project(package, repository, make_environment(package, repository, folder / "venv"), base_sha)


def commit(package: Package, release: Release, repository: Path) -> str:
    """The tree of a release as the next commit; its sha."""
    for entry in repository.iterdir():
        if entry.name != ".git":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    unpack(sdist(package, release), repository)
    run("git", "add", "--all", "--force", "--", ".", ":(exclude,glob)**/*.egg-info/**", cwd=repository)
    author = ("-c", "user.name=Release", "-c", "user.email=release@example.org")
    run("git", *author, "commit", "--quiet", "--message", f"Release {release.version}", cwd=repository)
    return run("git", "rev-parse", "HEAD", cwd=repository).strip()


def sdist(package: Package, release: Release) -> Path:
    """The release's archive, downloaded once and checked against its digest by pip."""
    folder = CACHE / "sdists" / release.sha256
    if not folder.is_dir():
        arriving = folder.with_name(f"{folder.name}.{os.getpid()}")
        arriving.mkdir(parents=True)
        wanted = arriving / "wanted.txt"
        wanted.write_text(f"{package.name}=={release.version} --hash=sha256:{release.sha256}\n")
        pip = (uv.find_uv_bin(), "tool", "run", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:")
        run(*pip, "--require-hashes", "--requirement", wanted, "--dest", arriving, cwd=arriving)
        arriving.rename(folder)
    return next(folder.glob("*.tar.gz"))


def unpack(archive: Path, repository: Path) -> None:
    """The archive's one folder, without that folder's name."""
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            member.name = member.name.partition("/")[2]
            if member.name:
                files.extract(member, repository, filter="data")


def make_environment(package: Package, repository: Path, venv: Path) -> Path:
    """A virtual environment with coverage, the suite's requirements and the package itself, to be edited in place."""
    tool = uv.find_uv_bin()
    run(tool, "venv", "--quiet", "--python", PYTHON, venv, cwd=repository)
    python = venv / "bin/python"
    install = (tool, "pip", "install", "--quiet", "--python", python)
    run(*install, "coverage", *package.requirements, "--editable", f"{repository}{package.extras}", cwd=repository)
    return python
