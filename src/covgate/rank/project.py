"""The project's gaps: what no test runs of it, in the order in which it is worth testing."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from covgate.model.gap import Reading
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.rank import signals, strategies
from covgate.rank.aside import why_aside
from covgate.rank.functions import function_gaps
from covgate.rank.imports import Modules
from covgate.rank.signal import Evidence, Signal
from covgate.rank.strategy import Strategy
from covgate.registry import collect

DEFAULT_STRATEGY = "impact"


@dataclass(frozen=True, slots=True)
class RankOptions:
    """How the project's gaps are ordered.

    Shape:  `thresholds` has an instance of a strategy's options by the strategy's id; its defaults hold where it has
            none; `omit` are globs of files that stay off the list.
    """

    strategy: str = DEFAULT_STRATEGY
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    omit: tuple[str, ...] = ()


def all_strategies() -> Mapping[str, Strategy]:
    """The strategies by their ids."""
    return {strategy.id: strategy for strategy in collect(strategies, "STRATEGY")}


def rank_project(snapshot: Snapshot, evidence: Evidence, options: RankOptions = RankOptions()) -> tuple[FileGap, ...]:
    """All gaps of the project by the strategy, the one to close first in front.

    Shape:  one entry per measured file with a statement that never runs or an arc never taken; tests, generated and
            vendored files are left away, and those that the strategy keeps off its list. No two tie: the same
            snapshot and evidence are always told in the same order.
    Errors: KeyError for a strategy that there is not.
    """
    with _collector_paused():
        return _ranked(snapshot, evidence, options)


def _ranked(snapshot: Snapshot, evidence: Evidence, options: RankOptions) -> tuple[FileGap, ...]:
    strategy = all_strategies()[options.strategy]
    thresholds = options.thresholds.get(strategy.id) or strategy.options()
    files = {file.path: file for file in snapshot.files if not _why_aside(file.path, evidence, options)}
    gaps, complexities = _gaps(files, evidence)
    whole = replace(evidence, files=files, importers=_importers(evidence, files), complexities=complexities)
    known: tuple[Signal, ...] = collect(signals, "SIGNAL")
    return strategy.order(tuple(_told(gap, whole, known) for gap in gaps), thresholds)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage is collected meanwhile.

    Of some hundred thousand values none is in a cycle, and looking at each again and again takes a quarter of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _why_aside(path: str, evidence: Evidence, options: RankOptions) -> str:
    return why_aside(path, evidence.marked, options.omit, evidence.sources)


def _gaps(
    files: Mapping[str, FileCoverage], evidence: Evidence
) -> tuple[tuple[FileGap, ...], Mapping[tuple[str, int], int]]:
    """The files with gaps, and the complexity of their functions."""
    touched = {change.path for change in evidence.comparison.diff.files} if evidence.comparison else set()
    gaps: list[FileGap] = []
    complexities: dict[tuple[str, int], int] = {}
    for path, file in files.items():
        line, branch = file.line, file.branch
        if line.missed or branch.missed:
            functions, complexity = function_gaps(file)
            gaps.append(FileGap(path, line, branch, file.missed, functions, changed=path in touched))
            complexities |= {(path, start): ways for start, ways in complexity.items()}
    return tuple(gaps), complexities


def _importers(evidence: Evidence, files: Mapping[str, FileCoverage]) -> Mapping[str, int]:
    """How many of the files that count import each."""
    modules = Modules(evidence.sources.paths)
    return Counter(imported for path in files for imported in modules.imports(path, evidence.sources.content(path)))


def _told(gap: FileGap, evidence: Evidence, known: tuple[Signal, ...]) -> FileGap:
    """The gap with what the signals say of it and of its functions: of those first, because some sum them up."""
    functions = tuple(_function_told(function, gap, evidence, known) for function in gap.functions)
    whole = replace(gap, functions=functions)
    return replace(whole, readings=tuple(_readings(whole, evidence, known)))


def _readings(gap: FileGap, evidence: Evidence, known: tuple[Signal, ...]) -> Iterator[Reading]:
    for signal in known:
        if signal.of_file and (answer := signal.of_file(gap, evidence)):
            yield Reading(signal.id, *answer)


def _function_told(gap: FunctionGap, file: FileGap, evidence: Evidence, known: tuple[Signal, ...]) -> FunctionGap:
    readings = [
        Reading(signal.id, *answer)
        for signal in known
        if signal.of_function and (answer := signal.of_function(gap, file, evidence))
    ]
    return replace(gap, readings=tuple(readings))
