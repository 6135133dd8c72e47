"""Takes coverage data out of the suite's hands."""

import hashlib
import os
import stat
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.ports import KeptData

LARGEST_DATA = 2 * 1024 * 1024 * 1024
CHUNK = 1024 * 1024


def kept_data(source: str, into: str) -> KeptData:
    """Copies a data file that the suite's user wrote to a new file that it cannot write.

    Errors: MeasurementError where it is gone, no regular file, or too large. It may have been replaced by a link to
            what only covgate may read: links are not followed, and a file with a second name is not taken.
    """
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise MeasurementError(f"the coverage data cannot be read: {error.strerror}") from error
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "rb") as given, Path(into).open("xb") as kept:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise MeasurementError("the coverage data are no regular file")
        if status.st_size > LARGEST_DATA:
            raise MeasurementError(f"the coverage data are larger than {LARGEST_DATA // 2**20} MiB")
        left = status.st_size  # what is written from now on belongs to no coverage data
        while chunk := given.read(min(CHUNK, left)):
            left -= len(chunk)
            digest.update(chunk)
            kept.write(chunk)
    return KeptData(into, digest.hexdigest())
