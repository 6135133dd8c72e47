"""A package of a given size in a git repository, with a change and a suite that covers part of it; always the same."""

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SEED = 20
LINES_PER_FUNCTION = 16
CHANGED_FILES = 20

FUNCTION = '''
def {name}(limit: int, items: list[int]) -> int:
    """Weighs the items above and below {number}."""
    total = {number}
    for item in items:
        if item > limit:
            total += item
        elif item == limit:
            total -= {number}
        else:
            total = max(
                total,
                item * {number},
            )
    return total

'''

SUITE = '''"""Calls some of the functions, some of them on one side only."""

import importlib
import random

chance = random.Random({seed})
for number in range({files}):
    module = importlib.import_module(f"package.module_{{number:03}}")
    for name in sorted(vars(module)):
        if name.startswith("weigh_") and chance.random() < 0.7:
            vars(module)[name](5, [chance.randrange(10) for _ in range(3)])
'''


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The repository, the sha of its base, and the coverage data of its suite."""

    repository: Path
    base_sha: str
    data: Path


def make_repository(folder: Path, files: int, lines: int) -> Synthetic:
    """A base of `files` modules of about `lines` lines, a change in some of them, and the suite's coverage data."""
    chance = random.Random(SEED)  # noqa: S311  # reproducible on purpose
    repository = folder / "repository"
    package = repository / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (repository / ".gitignore").write_text("__pycache__/\n")
    (repository / "suite.py").write_text(SUITE.format(seed=SEED, files=files))
    for number in range(files):
        (package / f"module_{number:03}.py").write_text(module(chance, lines // LINES_PER_FUNCTION))
    git(repository, "init", "--quiet", "--initial-branch=main")
    base_sha = commit(repository, "Base")
    for number in chance.sample(range(files), CHANGED_FILES):
        change(package / f"module_{number:03}.py", chance)
    commit(repository, "Change")
    return Synthetic(repository, base_sha, measure(repository, folder / "coverage.data"))


def module(chance: random.Random, functions: int) -> str:
    """The source of one module."""
    parts = (FUNCTION.format(name=f"weigh_{n:02}", number=chance.randrange(1, 100)) for n in range(functions))
    return '"""Made by a script."""\n' + "".join(parts)


def change(path: Path, chance: random.Random) -> None:
    """Rewrites a line, a continuation line, and adds a function."""
    text = path.read_text().replace("total += item\n", "total += 2 * item\n", 1)
    text = text.replace("                total,\n", "                total + 1,\n", 2)
    path.write_text(text + FUNCTION.format(name="weigh_new", number=chance.randrange(1, 100)))


def measure(repository: Path, data: Path) -> Path:
    """The suite's run under coverage, with branches."""
    command = [
        sys.executable,
        "-m",
        "coverage",
        "run",
        "--branch",
        "--source=package",
        f"--data-file={data}",
        "suite.py",
    ]
    subprocess.run(command, cwd=repository, check=True)
    return data


def commit(repository: Path, message: str) -> str:
    """Everything as a commit; its sha."""
    git(repository, "add", "--all")
    git(repository, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", message)
    return git(repository, "rev-parse", "HEAD")


def git(repository: Path, *arguments: str) -> str:
    """Runs git without the settings of this machine."""
    variables = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=repository, env=variables, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
