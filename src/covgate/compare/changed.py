"""Coverage of what a change did."""

from collections.abc import Iterator, Mapping

from covgate.compare.reasons import EXCLUDED, GENERATED, UNKNOWN, nothing_measurable
from covgate.model.comparison import ChangedFile, DiffCoverage
from covgate.model.diff import Diff, FileChange
from covgate.model.lines import LineSet
from covgate.model.snapshot import FileCoverage, LeftOut, Snapshot

PYTHON_ENDINGS = (".py", ".pyw")


def changed_python_files(diff: Diff) -> tuple[str, ...]:
    """Paths of the Python files in which the change added or rewrote lines: those that coverage must answer for."""
    return tuple(file.path for file in diff.files if file.path.endswith(PYTHON_ENDINGS) and file.added)


def diff_coverage(head: Snapshot, diff: Diff, before: Mapping[str, FileCoverage] | None = None) -> DiffCoverage:
    """Coverage of the lines that this change added or rewrote.

    Shape:  one entry per changed file with a changed statement; files that coverage never saw are `unmeasured` and all
            missed; `before` holds the base's files by the head's paths.
    Units:  lines are 1-based, in the head version.
    Errors: none; a change without statements yields 0 of 0 and the reason.
    Source: diff-cover, with each continuation line taken for its statement's first line.
    """
    known = _known(head, diff)
    files = tuple(_changed_files(known, head, before or {}))
    left_out = tuple(sorted(_left_out(head, diff, known), key=lambda left: left.path))
    reason = "" if files else nothing_measurable(diff, {*changed_python_files(diff), *known}, left_out)
    return DiffCoverage(files, left_out, reason)


_KnownFiles = Mapping[str, tuple[FileChange, FileCoverage]]


def _known(head: Snapshot, diff: Diff) -> _KnownFiles:
    """The changed files that coverage can answer for, measured or not, in order of their paths."""
    changes = {file.path: file for file in diff.files if file.added and not file.generated}
    files = {file.path: file for file in (*head.unmeasured, *head.files) if file.path in changes}
    return {path: (changes[path], files[path]) for path in sorted(files)}


def _changed_files(known: _KnownFiles, head: Snapshot, before: Mapping[str, FileCoverage]) -> Iterator[ChangedFile]:
    if not known:
        return
    # Late, because diff-cover brings a template engine and a highlighter that only a comparison should pay for.
    from covgate.compare import engine  # noqa: PLC0415  # see the line above

    counted = engine.count(
        engine.Measured(path, now.first_lines(change.added), now.statements, now.missed)
        for path, (change, now) in known.items()
    )
    measured = {file.path for file in head.files}
    for path, (change, now) in known.items():
        if path in counted:
            statements = counted[path].statements
            yield ChangedFile(
                path=path,
                kind=change.kind,
                statements=statements,
                missed=counted[path].missed,
                branches=now.narrow(statements).branches,
                now=now,
                old_path=change.old_path,
                beyond=statements - change.added,
                excluded=_excluded(change, now),
                unmeasured=path not in measured,
                before=before.get(path),
            )


def _excluded(change: FileChange, now: FileCoverage) -> LineSet:
    return now.excluded & now.first_lines(change.added)


def _left_out(head: Snapshot, diff: Diff, known: _KnownFiles) -> Iterator[LeftOut]:
    """Those that the snapshot leaves out, those of which only excluded lines changed, and those it forgot."""
    yield from head.left_out
    for path, (change, now) in known.items():
        excluded = _excluded(change, now)
        if excluded and not now.statements & now.first_lines(change.added):
            yield LeftOut(path, f"{EXCLUDED} (lines {excluded})")
    told = {left.path for left in head.left_out} | set(known)
    generated = {file.path for file in diff.files if file.generated} - told
    yield from (LeftOut(path, GENERATED) for path in changed_python_files(diff) if path in generated)
    told |= generated
    yield from (LeftOut(path, UNKNOWN, unknown=True) for path in changed_python_files(diff) if path not in told)
