"""Whether the files that were measured are the files whose change was read."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from covgate.errors import MeasurementError
from covgate.model.snapshot import Snapshot


def fingerprints(contents: Iterable[tuple[str, bytes | None]]) -> Mapping[str, str]:
    """The SHA-256 in hexadecimal of each path's content; a path without content is left out."""
    return {path: sha256(content).hexdigest() for path, content in contents if content is not None}


def verify_sources(before: Mapping[str, str], snapshot: Snapshot) -> None:
    """Makes sure that the change's line numbers mean the lines that were measured.

    Shape:  `before` are the fingerprints from before the suite ran; files whose snapshot has none are not judged.
    Errors: MeasurementError where a changed file was measured with another content.
    """
    for file in (*snapshot.files, *snapshot.unmeasured):
        expected = before.get(file.path)
        if expected and file.sha256 and file.sha256 != expected:
            raise MeasurementError(
                "The file was rewritten while the suite ran, so its coverage does not belong to the change.",
                where=file.path,
                hint="Generate or format sources before covgate starts, not in the suite.",
            )
