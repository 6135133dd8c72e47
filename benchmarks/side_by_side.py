"""Runs candidates in turn, round after round, so that a busy moment of the machine hits all of them alike."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

OK = (0, 1)  # a failed gate is a result too


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    Units:  wall-clock seconds, and CPU seconds of the process and its children.
    """

    seconds: float
    cpu_seconds: float


def side_by_side(candidates: Mapping[str, Callable[[], None]], rounds: int) -> dict[str, Cost]:
    """The median cost of each candidate over the rounds, after one round that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in candidates}
    for _ in range(rounds + 1):
        for name, run in candidates.items():
            costs[name].append(cost_of(run))
    return {name: middle(found[1:]) for name, found in costs.items()}


def cost_of(run: Callable[[], None]) -> Cost:
    """What a call took that does its work in child processes."""
    cpu, start = children_cpu_seconds(), time.perf_counter()
    run()
    return Cost(time.perf_counter() - start, children_cpu_seconds() - cpu)


def children_cpu_seconds() -> float:
    """CPU of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def middle(costs: list[Cost]) -> Cost:
    """The medians."""
    return Cost(median(cost.seconds for cost in costs), median(cost.cpu_seconds for cost in costs))


def quietly(*commands: list[str], cwd: Path, compiled: Path | None = None) -> None:
    """Runs commands one after the other, their output thrown away.

    Shape:  `compiled` is a folder for compiled modules, so that no candidate is slow because this machine keeps none.
    Errors: CalledProcessError where one ends with neither success nor a failed gate.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables = {**kept, "PYTHONPYCACHEPREFIX": str(compiled)} if compiled else kept
    for command in commands:
        done = subprocess.run(
            command, cwd=cwd, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode not in OK:
            raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)


def table(costs: Mapping[str, Cost], reference: str) -> str:
    """The costs as Markdown, with the ratio of each wall-clock time to the reference's."""
    rows = [
        f"| {name} | {cost.seconds:.2f} s | {cost.cpu_seconds:.2f} s | {cost.seconds / costs[reference].seconds:.2f} |"
        for name, cost in costs.items()
    ]
    return "\n".join(["| | time | CPU | ratio |", "|---|---|---|---|", *rows])
