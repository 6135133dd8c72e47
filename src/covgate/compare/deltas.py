"""The project before and after."""

from collections.abc import Iterator, Mapping

from covgate.compare.changed import diff_coverage
from covgate.compare.changed_tests import changed_tests
from covgate.compare.indirect import indirect_changes, movements, traces_of
from covgate.compare.reach import with_reach
from covgate.compare.suite_delta import suite_delta
from covgate.model.comparison import Baseline, Comparison, FileDelta, Known
from covgate.model.diff import ChangeKind, Diff
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.suite import NOT_RUN, SuiteResult
from covgate.model.trace import Trace, pasts


def compare(diff: Diff, head: Snapshot, baseline: Baseline, suite: SuiteResult = NOT_RUN) -> Comparison:
    """Head against base: coverage of the change, every measured file now and before, and what moved elsewhere.

    Shape:  `suite` is how the head's ended. The baseline's numbers must compare with the head's.
    Errors: none; what the baseline does not know has no `before`.
    """
    if not isinstance(baseline, Known):
        coverage = diff_coverage(head, diff)
        tests = with_reach(changed_tests(diff, suite), head, ())
        return Comparison(diff, head, baseline, coverage, tuple(_deltas(diff, head, ())), changed_tests=tests)
    since = diff.files if baseline.since is None else baseline.since
    traces = traces_of(baseline, head, diff)
    gone = {change.path for change in since if change.kind is ChangeKind.DELETED}
    without_head = [trace.before for trace in traces if trace.before and not trace.now]
    return Comparison(
        diff,
        head,
        baseline,
        coverage=diff_coverage(head, diff, pasts(baseline.snapshot, since)),
        files=tuple(_deltas(diff, head, traces)),
        indirect=indirect_changes(traces, diff),
        deleted=tuple(file for file in without_head if file.path in gone),
        tests=suite_delta(baseline.suite, suite, since),
        vanished=tuple(file for file in without_head if file.path not in gone),
        unmapped=tuple(trace.now.path for trace in traces if trace.now and not trace.mapped),
        changed_tests=with_reach(changed_tests(diff, suite, baseline.suite), head, traces),
        movements=movements(baseline.snapshot, head, traces),
        traces=traces,
    )


def _deltas(diff: Diff, head: Snapshot, traces: tuple[Trace, ...]) -> Iterator[FileDelta]:
    changes = {file.path: file for file in diff.files}
    before: Mapping[str, FileCoverage | None] = {trace.now.path: trace.before for trace in traces if trace.now}
    for now in head.files:
        change, then = changes.get(now.path), before.get(now.path)
        was = change.old_path if change else None
        moved = then.path if then and then.path != now.path else was
        yield FileDelta(now, then, moved, changed=change is not None)
