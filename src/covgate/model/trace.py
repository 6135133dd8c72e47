"""What became of every statement since the baseline: kept, written, taken away, or moved by something else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress

from covgate.model.diff import ChangeKind, Diff, FileChange, Hunk
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.snapshot import FileCoverage, Snapshot


@dataclass(frozen=True, slots=True)
class Trace:
    """One file's statements at the baseline and at the head, each in exactly one part.

    Shape:  first lines. Of the head, `written` are the change's, `others` were written since the baseline by other
            commits, `kept` stand unchanged; what is left counts only now (an exclusion was taken away, a file is
            measured for the first time). Of the baseline, `kept_before` are those of `kept`, in the same order;
            `deleted` the change took away, with nothing in their place; `rewritten` it replaced; `gone` other commits
            took away; what is left counts no more (excluded, or in a file that nobody measured).
            `now` is None for a file that the head has no more or did not measure, `before` for one that the baseline
            does not have. `mapped` is False where the content differs and nobody knows in which lines.
    """

    now: FileCoverage | None = None
    before: FileCoverage | None = None
    written: LineSet = NO_LINES
    others: LineSet = NO_LINES
    kept: LineSet = NO_LINES
    kept_before: LineSet = NO_LINES
    deleted: LineSet = NO_LINES
    rewritten: LineSet = NO_LINES
    gone: LineSet = NO_LINES
    mapped: bool = True

    @property
    def lost(self) -> LineSet:
        """Unchanged statements that ran at the baseline and do not now, in lines of the head."""
        return self._moved(ran_before=True)

    @property
    def gained(self) -> LineSet:
        """Unchanged statements that did not run at the baseline and do now, in lines of the head."""
        return self._moved(ran_before=False)

    @property
    def vanished(self) -> bool:
        """Whether the file is still there, and nobody measured it."""
        return self.now is None and not (self.deleted or self.gone)

    @property
    def paths(self) -> tuple[str, ...]:
        """The file's path at the head, and at the baseline."""
        return tuple(file.path for file in (self.now, self.before) if file)

    def _moved(self, *, ran_before: bool) -> LineSet:
        if self.now is None or self.before is None or not self.kept:
            return NO_LINES
        if self.kept == self.kept_before:  # no line moved, as in nearly all files
            if self.before.executed == self.now.executed:
                return NO_LINES
            then, now = self.before.executed & self.kept, self.now.executed & self.kept
            return then - now if ran_before else now - then
        pairs = zip(self.kept_before, self.kept, strict=True)
        ran, runs = set(self.before.executed), set(self.now.executed)
        return LineSet.of(new for old, new in pairs if (old in ran) is ran_before and (new in runs) is not ran_before)


def traced(base: Snapshot, head: Snapshot, since: Iterable[FileChange], diff: Diff) -> tuple[Trace, ...]:
    """A trace of every file that was measured at the baseline or at the head, sorted by path.

    Shape:  `since` is what changed from the baseline's commit to the head, `diff` the change itself: the same where the
            baseline is the base's own.
    """
    changes = {change.path: change for change in since}
    own = {change.path: change for change in diff.files}
    past = pasts(base, changes.values())
    both = [_trace(now, past.get(now.path), changes.get(now.path), own.get(now.path)) for now in head.files]
    left = {file.path for trace in both if (file := trace.before)}
    gone = [_without_head(file, changes.get(file.path), own) for file in base.files if file.path not in left]
    return tuple(sorted((*both, *gone), key=lambda trace: trace.paths))


def pasts(base: Snapshot, since: Iterable[FileChange]) -> Mapping[str, FileCoverage]:
    """The baseline's files by the paths they have at the head; what was added since has nothing before it."""
    files = {file.path: file for file in base.files}
    changes = tuple(since)
    moved = {change.path: files.get(change.old_path) for change in changes if change.old_path}
    over = {change.path for change in changes if change.kind in (ChangeKind.ADDED, ChangeKind.DELETED)}
    over |= {change.old_path for change in changes if change.old_path}
    stayed = {path: file for path, file in files.items() if path not in moved and path not in over}
    return stayed | {path: file for path, file in moved.items() if file}


def _without_head(before: FileCoverage, change: FileChange | None, own: Mapping[str, FileChange]) -> Trace:
    """A file of the baseline that the head has no more, or that nobody measured there."""
    if change is None or change.kind is not ChangeKind.DELETED:
        return Trace(before=before)
    if before.path in own:
        return Trace(before=before, deleted=before.statements)
    return Trace(before=before, gone=before.statements)


def _trace(now: FileCoverage, before: FileCoverage | None, change: FileChange | None, own: FileChange | None) -> Trace:
    if before is None:
        written = _touched(now, own.added) if own else NO_LINES
        others = _touched(now, change.added) - written if change else NO_LINES
        return Trace(now, written=written, others=others)
    if not (change and change.hunks):
        return _unchanged(now, before)
    return _changed(now, before, change, own)


def _unchanged(now: FileCoverage, before: FileCoverage) -> Trace:
    """A file without a changed line, or one that differs all the same: generated, or put through a filter."""
    if now.sha256 and before.sha256 and now.sha256 != before.sha256:
        return Trace(now, before, mapped=False)
    same = now.statements == before.statements
    kept = now.statements if same else now.statements & before.statements
    return Trace(now, before, kept=kept, kept_before=kept)


def _changed(now: FileCoverage, before: FileCoverage, change: FileChange, own: FileChange | None) -> Trace:
    mine = _own_part(change, own)
    cut_by_me, cut = _touched(before, mine.removed), _touched(before, change.removed)
    # A statement that only lost lines counts as rewritten, though no line of it is new.
    written = _touched(now, own.added if own else NO_LINES) | (now.statements & change.forward(cut_by_me))
    others = (_touched(now, change.added) | (now.statements & change.forward(cut))) - written
    kept = now.statements & change.forward(before.statements - cut) - written - others
    kept_before = change.backward(kept)
    replaced = before.statements & change.backward(written)
    gone = (cut | (before.statements & change.backward(others))) - cut_by_me - replaced
    in_place = _touched(before, FileChange(change.path, change.kind, _replacing(mine.hunks)).removed)
    deleted = cut_by_me - in_place - replaced
    return Trace(
        now,
        before,
        written=written,
        others=others,
        kept=kept,
        kept_before=kept_before,
        deleted=deleted,
        rewritten=(cut_by_me | replaced) - deleted,
        gone=gone,
    )


def _touched(file: FileCoverage, lines: LineSet) -> LineSet:
    """First lines of the statements with any of these lines."""
    return file.statements & file.first_lines(lines)


def _replacing(hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    return tuple(hunk for hunk in hunks if hunk.new_count)


def _own_part(change: FileChange, own: FileChange | None) -> FileChange:
    """Of what changed since the baseline, the hunks that the change itself has a part in."""
    if own is change or own == change:
        return change
    places = list(_places(own)) if own else []
    mine = [any(a <= last and first <= b for a, b in places) for first, last in _places(change)]
    return FileChange(change.path, change.kind, tuple(compress(change.hunks, mine)))


def _places(change: FileChange) -> Iterator[tuple[int, int]]:
    """Where each hunk is in the head; a deletion is between two lines, and both of them are its place."""
    for hunk in change.hunks:
        yield hunk.new_start, hunk.new_start + (hunk.new_count - 1 if hunk.new_count else 1)
