"""Whether shards that ran elsewhere measured the files that are here."""

from collections.abc import Iterable, Mapping, Sequence

from covgate.errors import MeasurementError
from covgate.model.shard import Shard
from covgate.model.snapshot import Snapshot

_SHOWN = 3


def measured_files(before: Mapping[str, str], snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The fingerprints of the measured files, sorted by path, with "" for a file rewritten while the suite ran.

    Shape:  `before` are fingerprints from before the suite ran; a file that is not among them was made by the suite.
    """
    return tuple(
        (file.path, "" if before.get(file.path, file.sha256) != file.sha256 else file.sha256)
        for file in snapshot.files
        if file.sha256
    )


def verify_shards(shards: Iterable[Shard], snapshot: Snapshot, changed: Sequence[str]) -> tuple[str, ...]:
    """Makes sure that the shards' line numbers mean the lines that are here; remarks on files that did not change.

    Shape:  `snapshot` is what was read of the shards' data here; `changed` are the paths that the change is judged by.
    Errors: MeasurementError where a shard measured another content of a changed file.
    """
    here = {file.path: file.sha256 for file in snapshot.files if file.sha256}
    notes = []
    for shard in shards:
        other = [path for path, sha256 in shard.files if path in here and sha256 != here[path]]
        for path in other:
            if path in changed:
                raise _other_content(shard, path, rewritten=not dict(shard.files)[path])
        if other:
            notes.append(
                f"The shard `{shard.name}` measured other versions of files that did not change: {_few(other)}."
            )
    return tuple(notes)


def _other_content(shard: Shard, path: str, *, rewritten: bool) -> MeasurementError:
    what = "rewritten while its suite ran" if rewritten else "not as it is here"
    return MeasurementError(
        f"The file was {what} where the shard `{shard.name}` ran, so its coverage does not belong to the change.",
        where=path,
        hint="Check out the same commit in all jobs, and generate or format sources before covgate starts.",
    )


def _few(paths: Sequence[str]) -> str:
    more = len(paths) - _SHOWN
    return ", ".join(paths[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
