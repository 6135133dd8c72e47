"""A comparison, of which only one component's files count."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from covgate.compare.changed import changed_python_files
from covgate.compare.indirect import movements, traces_of
from covgate.compare.reasons import nothing_measurable
from covgate.model.comparison import Baseline, Comparison, DiffCoverage, Known
from covgate.model.component import ComponentRoots
from covgate.model.diff import ChangeKind, Diff, FileChange
from covgate.model.snapshot import FileCoverage, Snapshot

UNTOUCHED = "The change touches nothing of it."

Mine = Callable[[str], bool]


def narrowed(comparison: Comparison, name: str, roots: ComponentRoots) -> Comparison:
    """The comparison of one component's files, or of those that belong to none where `name` is REST.

    Shape:  the parts of all components and of the rest make up the whole: every file of the head is in one of them.
            A file that the change moves from one component to another counts in its new one, with what it covered at
            the base, and is deleted from its old one.
    Errors: none.
    """
    return narrowing(comparison, roots)(name)


def narrowing(comparison: Comparison, roots: ComponentRoots) -> Callable[[str], Comparison]:
    """From a component's name to its files' comparison, as `narrowed` makes it; whose a file is, is found once."""
    old_paths = {file.path: file.old_path for file in comparison.diff.files}
    owner = cache(lambda path: roots.owner(path, old_paths.get(path)))
    owner_at_base = cache(roots.owner_at_base)

    def part(name: str) -> Comparison:
        return _Part(comparison, lambda path: owner(path) == name, lambda path: owner_at_base(path) == name).comparison

    return part


@dataclass(frozen=True, slots=True)
class _Part:
    """One component's part: `mine` tells by the head's paths, `was_mine` by the base's."""

    whole: Comparison
    mine: Mine
    was_mine: Mine

    @property
    def comparison(self) -> Comparison:
        whole = self.whole
        diff = replace(whole.diff, files=tuple(self.changes(whole.diff.files)))
        inside = {change.path for change in diff.files}
        head, baseline = self.head, self.baseline
        traces = traces_of(baseline, head, diff)
        return replace(
            whole,
            diff=diff,
            head=head,
            baseline=baseline,
            coverage=self.coverage(diff),
            files=tuple(file for file in whole.files if self.mine(file.now.path)),
            indirect=tuple(file for file in whole.indirect if self.mine(file.path)),
            deleted=tuple(self.deleted()),
            vanished=tuple(file for file in whole.vanished if self.was_mine(file.path)),
            unmapped=tuple(path for path in whole.unmapped if self.mine(path)),
            movements=movements(baseline.snapshot, head, traces) if isinstance(baseline, Known) else None,
            traces=traces,
            elsewhere=tuple(change for change in whole.diff.files if change.path not in inside),
        )

    def changes(self, files: Iterable[FileChange]) -> Iterator[FileChange]:
        """What changed of it; what was moved elsewhere is deleted from it."""
        for file in files:
            deleted = file.kind is ChangeKind.DELETED
            if self.was_mine(file.path) if deleted else self.mine(file.path):
                yield file
            elif not deleted and file.old_path and self.was_mine(file.old_path):
                yield FileChange(file.old_path, ChangeKind.DELETED)

    @property
    def head(self) -> Snapshot:
        """What is measured of it."""
        head = self.whole.head
        return replace(
            head,
            files=tuple(file for file in head.files if self.mine(file.path)),
            unmeasured=tuple(file for file in head.unmeasured if self.mine(file.path)),
            left_out=tuple(file for file in head.left_out if self.mine(file.path)),
            mapped=tuple(pair for pair in head.mapped if self.mine(pair.path)),
        )

    @property
    def baseline(self) -> Baseline:
        """Its files at the base, and those that came from other components."""
        known = self.whole.baseline
        if not isinstance(known, Known):
            return known
        came = {file.before.path for file in self.whole.files if file.before and self.mine(file.now.path)}
        files = tuple(file for file in known.snapshot.files if file.path in came or self.was_mine(file.path))
        since = None if known.since is None else tuple(self.changes(known.since))
        return replace(known, snapshot=replace(known.snapshot, files=files), since=since)

    def coverage(self, diff: Diff) -> DiffCoverage:
        """What the change did to it."""
        of = self.whole.coverage
        files = tuple(file for file in of.files if self.mine(file.path))
        left_out = tuple(file for file in of.left_out if self.mine(file.path))
        reason = "" if files else nothing_measurable(diff, changed_python_files(diff), left_out)
        return DiffCoverage(files, left_out, reason if diff.files or files else UNTOUCHED)

    def deleted(self) -> Iterator[FileCoverage]:
        """Files of the baseline that are gone, and those that went to other components."""
        yield from (file for file in self.whole.deleted if self.was_mine(file.path))
        for file in self.whole.files:
            if file.before and not self.mine(file.now.path) and self.was_mine(file.before.path):
                yield file.before
