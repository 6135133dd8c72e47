"""After the work: what the tests of a changed file run of the project, where contexts were recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from covgate.compare.changed_tests import names_of
from covgate.model.comparison import ChangedTests, Reach
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.trace import Trace


def with_reach(tests: Iterable[ChangedTests], head: Snapshot, traces: Iterable[Trace]) -> tuple[ChangedTests, ...]:
    """The files of tests with what they run.

    Shape:  `traces` are those of a known baseline, none without one.
    """
    by_tests: dict[str, list[FileCoverage]] = {}
    for file in head.files:
        for name, _ in file.reached_by:
            by_tests.setdefault(name, []).append(file)
    past = {trace.now.path: trace for trace in traces if trace.now}
    return tuple(replace(one, reach=_reach(one.path, by_tests, past)) if by_tests else one for one in tests)


def _reach(path: str, by_tests: Mapping[str, list[FileCoverage]], past: Mapping[str, Trace]) -> Reach | None:
    files = {file.path: file for name in names_of(path) for file in by_tests.get(name, ()) if file.path != path}
    if not files:
        return None
    now = sum((file.line for file in files.values()), NOTHING)
    traces = [past[name] for name in files if name in past]
    if not traces:
        return Reach(len(files), now)
    before: Ratio = sum((trace.before.line for trace in traces if trace.before), NOTHING)
    return Reach(len(files), now, before, sum(map(_anew, traces)))


def _anew(trace: Trace) -> int:
    """How many statements run that did not run before: those that were written since, and those that gained."""
    written = trace.now.executed & (trace.written | trace.others) if trace.now else ()
    return len(written) + len(trace.gained)
