"""Ranking a project of 2,000 files of 300 lines, after its coverage is known, against parsing its sources once.

Ends with 1 where the ranking takes more CPU than that, or than two seconds, or where the history is read in more than
one call of `git log`.
"""

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.synthetic import LINES_PER_FUNCTION, SEED, commit, git, module

from covgate.model.activity import Activity
from covgate.model.lines import LineSet
from covgate.model.place import Place
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Region, Snapshot
from covgate.model.sources import Sources
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.project import all_strategies
from covgate.shell.git.repository import GitRepository
from covgate.steps.sources import read_sources

ALLOWED_SECONDS = 2.0
ALLOWED_RATIO = 1.0
COMMITS = 50
FILES_PER_COMMIT = 20


@dataclass(frozen=True, slots=True)
class Made:
    """A repository with a history, and what a suite covered of it."""

    repository: Path
    snapshot: Snapshot
    calls: Path


def main() -> int:
    """Makes the repository, measures, prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--lines", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    size = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder), size.files, size.lines)
        repository = GitRepository(made.repository, environment(made), Place())
        sources, activity = read_sources(repository), repository.activity()
        logs = made.calls.read_text(encoding="utf-8").count(" log ")
        costs = measured(made, sources, activity, size.rounds)
    parsing = costs["parsing the sources once"]
    sys.stdout.write(f"{size.files} files × {size.lines} lines, median CPU of {size.rounds} rounds\n\n")
    for name, seconds in costs.items():
        sys.stdout.write(f"| {name} | {seconds:.2f} s | {seconds / parsing:.2f} |\n")
    slowest = max(costs[name] for name in all_strategies())
    sys.stdout.write(
        f"\ncalls of git log: {logs}, 1 allowed; ranking: {slowest:.2f} s, {ALLOWED_SECONDS:.2f} s allowed; "
        f"{slowest / parsing:.2f} of parsing, {ALLOWED_RATIO:.2f} allowed\n"
    )
    return int(logs != 1 or slowest > ALLOWED_SECONDS or slowest > ALLOWED_RATIO * parsing)


def measured(made: Made, sources: Sources, activity: Activity, rounds: int) -> dict[str, float]:
    """Median CPU seconds of each candidate, run in turn."""
    evidence = Evidence(sources=sources, activity=activity, layers=("views", "models"))
    repository = GitRepository(made.repository, environment(made), Place())

    def ranked(strategy: str) -> Callable[[], object]:
        return lambda: rank_project(made.snapshot, evidence, RankOptions(strategy))

    candidates: dict[str, Callable[[], object]] = {
        "parsing the sources once": lambda: [ast.parse(sources.content(path)) for path in sources.paths],
        "reading them from disk": lambda: read_sources(repository),
        "reading the history": repository.activity,
        **{strategy: ranked(strategy) for strategy in all_strategies()},
    }
    costs: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            costs[name].append(cpu_of(run))
    return {name: median(found) for name, found in costs.items()}


def cpu_of(run: Callable[[], object]) -> float:
    """CPU seconds of this process and of the children that a call waits for."""
    before = os.times()
    run()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def make(folder: Path, files: int, lines: int) -> Made:
    """The repository with COMMITS commits of some files each, and a git in front of the real one that counts."""
    chance = random.Random(SEED)  # noqa: S311  # reproducible on purpose
    repository, functions = folder / "repository", lines // LINES_PER_FUNCTION
    package = repository / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    names = [f"module_{number:04}" for number in range(files)]
    for name in names:
        imports = "".join(f"from package import {other}\n" for other in chance.sample(names, 3))
        (package / f"{name}.py").write_text(imports + module(chance, functions), encoding="utf-8")
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit(repository, "Base")
    for number in range(COMMITS):
        for name in chance.sample(names, FILES_PER_COMMIT):
            with (package / f"{name}.py").open("a", encoding="utf-8") as file:
                file.write(f"LATEST = {number}\n")
        commit(repository, f"Change {number}")
    snapshot = Snapshot(
        tuple(covered(f"package/{name}.py", functions, chance) for name in names), Origin("coverage.py")
    )
    return Made(repository, snapshot, counting_git(folder))


def covered(path: str, functions: int, chance: random.Random) -> FileCoverage:
    """A module of which a third of the functions never ran, and a third ran in part."""
    statements, executed, branches, regions = [1, 2, 3, 4], [1, 2, 3, 4], [], []
    for number in range(functions):
        start = 6 + number * LINES_PER_FUNCTION
        body = [start + offset for offset in (2, 3, 4, 5, 6, 7, 9, 13)]
        ran = (0, 5, 8)[chance.randrange(3)]
        statements += [start, *body]
        executed += [start, *body[:ran]]
        branches += [Branch(line, 2, (MissedArc(line, line + 1, "`if x` never True"),)) for line in body[1:4:2]]
        regions.append(Region("function", f"weigh_{number:02}", start, LineSet(((start + 1, start + 13),))))
    return FileCoverage(
        path, LineSet.of(statements), LineSet.of(executed), branches=tuple(branches), regions=tuple(regions)
    )


def counting_git(folder: Path) -> Path:
    """Puts a git in front of the real one that writes down each call; returns where."""
    calls, wrapper = folder / "calls", folder / "bin" / "git"
    real = subprocess.run(["sh", "-c", "command -v git"], check=True, capture_output=True, text=True).stdout.strip()
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho "git $*" >> "{calls}"\nexec "{real}" "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    return calls


def environment(made: Made) -> dict[str, str]:
    """This process's, with the counting git in front."""
    return {**os.environ, "PATH": f"{made.calls.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main())
