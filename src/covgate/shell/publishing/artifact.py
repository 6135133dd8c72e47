"""The folder that another workflow's run left: one file of it is read, and nothing in it is believed."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from covgate.errors import MeasurementError, SettingsError
from covgate.parse.report.reading import LARGEST_BYTES

REPORT = "report.json"
NO_REPORT = "That run's log tells why: most often it ended with an error before there was a report."


def artifact_folder(data: Sequence[str], base: Path, keep_apart: Sequence[Path]) -> Path:
    """The folder that holds the report.

    Shape:  `data` is as given, relative to `base`; `keep_apart` are folders that a stranger's files must not be laid
            over: the repository with its settings, and the output folder.
    Errors: SettingsError where it is not one folder, or lies around one of those.
    """
    if len(data) != 1:
        hint = "Name the folder that the artifact was downloaded to, in the input `data` or with `--from`."
        raise SettingsError(
            f"one folder holds the report to publish, and {len(data)} are given", where="data", hint=hint
        )
    folder = Path(os.path.normpath(base / data[0]))
    if any(place.resolve().is_relative_to(folder.resolve()) for place in keep_apart):
        hint = "Download it into a folder of its own: what is in it was written by a stranger."
        raise SettingsError("the artifact's folder holds more than the artifact", where=data[0], hint=hint)
    return folder


def report_bytes(folder: Path) -> bytes:
    """The content of the folder's report.json.

    Errors: MeasurementError where it is not there, no regular file, or larger than any report. A link is not followed,
            and a pipe not waited for.
    """
    try:
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            descriptor = os.open(REPORT, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=inside)
        finally:
            os.close(inside)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_odd(os.fstat(descriptor))
            return file.read(LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        raise MeasurementError("the other run left no report", where=REPORT, hint=NO_REPORT) from error
    except OSError as error:
        raise MeasurementError(f"the report is refused: {error.strerror}", where=REPORT, hint=NO_REPORT) from error


def _refuse_odd(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise MeasurementError("the report is refused: it is no regular file", where=REPORT)
    if status.st_size > LARGEST_BYTES:
        what = f"it is larger than {LARGEST_BYTES // 1_000_000} MB"
        raise MeasurementError(f"the report is refused: {what}", where=REPORT)
