"""The project before and after."""

from collections.abc import Iterator, Mapping

from covgate.compare.changed import diff_coverage
from covgate.model.comparison import Baseline, Comparison, FileDelta, Known
from covgate.model.diff import ChangeKind, Diff
from covgate.model.snapshot import FileCoverage, Snapshot


def compare(diff: Diff, head: Snapshot, baseline: Baseline) -> Comparison:
    """Head against base: coverage of the change, and every measured file now and before.

    Errors: none; what the baseline does not know has no `before`.
    """
    before = _before(diff, baseline)
    return Comparison(diff, head, baseline, diff_coverage(head, diff, before), tuple(_deltas(diff, head, before)))


def _before(diff: Diff, baseline: Baseline) -> Mapping[str, FileCoverage]:
    """The base's files by the paths they have at the head; what the change added has nothing before it."""
    if not isinstance(baseline, Known):
        return {}
    files = {file.path: file for file in baseline.snapshot.files}
    moved = {file.path: files.get(file.old_path) for file in diff.files if file.old_path}
    added = {file.path for file in diff.files if file.kind is ChangeKind.ADDED}
    stayed = {path: file for path, file in files.items() if path not in moved and path not in added}
    return stayed | {path: file for path, file in moved.items() if file}


def _deltas(diff: Diff, head: Snapshot, before: Mapping[str, FileCoverage]) -> Iterator[FileDelta]:
    changes = {file.path: file for file in diff.files}
    for now in head.files:
        change = changes.get(now.path)
        was = change.old_path if change else None
        yield FileDelta(now, before.get(now.path), was, changed=change is not None)
