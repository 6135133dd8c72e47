"""The envelope of the probe's answers: compressed JSON, or the reason why there is none."""

import json
import zlib

from covgate.errors import MeasurementError

LARGEST_TEXT = 1024 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def answer_text(answer: bytes, python: str = "", *, largest: int = LARGEST_TEXT) -> bytes:
    """The JSON text of an answer that this Python gave.

    Errors: MeasurementError where it cannot be uncompressed, is unreasonably large, or tells of a failure.
    """
    reader = zlib.decompressobj(_GZIP)
    try:
        text = reader.decompress(answer, largest)
    except zlib.error as error:
        raise MeasurementError(f"the answer of the suite's Python about coverage is damaged ({error})") from error
    if not reader.eof:
        raise MeasurementError("the answer of the suite's Python about coverage is cut off or unreasonably large")
    if text.startswith(b'{"error"'):
        raise _failure(text, python or "the Python that runs the suite")
    return text


def _failure(text: bytes, python: str) -> MeasurementError:
    try:
        slug, message = json.loads(text)["error"]
    except (ValueError, TypeError, KeyError):
        slug, message = "coverage", "an error that it could not tell"
    if slug == "no-coverage":
        hint = f"Install it there: {python} -m pip install coverage"
        return MeasurementError(f"coverage is not installed in {python}", hint=hint)
    if slug == "data":
        hint = "Give data as coverage.py wrote them; of a run that was interrupted there may be half a file."
        return MeasurementError(f"the coverage data cannot be used: {str(message)[:2000]}", hint=hint)
    return MeasurementError(f"coverage.py could not be used: {str(message)[:2000]}")
