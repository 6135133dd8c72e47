"""What moved in lines that the change did not write, and how much of the project's movement that is."""

from collections.abc import Callable, Iterable

from covgate.model.comparison import Baseline, IndirectChange, Known, Movement, Movements
from covgate.model.diff import Diff
from covgate.model.lines import LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.trace import Trace, traced

_Measure = Callable[[Snapshot | FileCoverage], Ratio]


def traces_of(baseline: Baseline, head: Snapshot, diff: Diff) -> tuple[Trace, ...]:
    """What became of the baseline's statements; nothing where there is none."""
    if not isinstance(baseline, Known):
        return ()
    return traced(baseline.snapshot, head, diff.files if baseline.since is None else baseline.since, diff)


def indirect_changes(traces: Iterable[Trace], diff: Diff) -> tuple[IndirectChange, ...]:
    """Statements that stand as they stood at the baseline, and that ran on one side only.

    Shape:  one entry per file with such statements, sorted by path.
    """
    touched = {change.path for change in diff.files}
    return tuple(
        IndirectChange(now.path, lost, gained, _was(trace), changed=now.path in touched)
        for trace in traces
        if (now := trace.now) and ((lost := trace.lost) | (gained := trace.gained))
    )


def _was(trace: Trace) -> str | None:
    path = trace.paths[-1]
    return path if path != trace.paths[0] else None


def movements(base: Snapshot, head: Snapshot, traces: Iterable[Trace]) -> Movements:
    """How the project's statements and branches came from the baseline's numbers to the head's.

    A branch goes with the line that it leaves.
    """
    moving = [trace for trace in traces if trace.written or trace.deleted or trace.rewritten]
    return Movements(
        _movement(base, head, moving, lambda thing: thing.line),
        _movement(base, head, moving, lambda thing: thing.branch),
    )


def _movement(base: Snapshot, head: Snapshot, traces: list[Trace], measure: _Measure) -> Movement:
    written = _sum((trace.now, trace.written) for trace in traces)(measure)
    rewritten = _sum((trace.before, trace.rewritten) for trace in traces)(measure)
    deleted = _sum((trace.before, trace.deleted) for trace in traces)(measure)
    now = measure(head)
    rest = Ratio(now.covered - written.covered, now.total - written.total)
    return Movement(measure(base), rest + rewritten + deleted, rest + rewritten, now)


def _sum(parts: Iterable[tuple[FileCoverage | None, LineSet]]) -> Callable[[_Measure], Ratio]:
    narrowed = [file.narrow(lines) for file, lines in parts if file and lines]
    return lambda measure: sum((measure(part) for part in narrowed), NOTHING)
