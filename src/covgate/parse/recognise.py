"""Which format a file has, told by its first bytes."""

from functools import cache

from covgate.errors import MeasurementError
from covgate.parse import formats
from covgate.parse.input_format import InputFormat, text_of
from covgate.registry import collect

HEAD_BYTES = 8192
HIDDEN_FILES = (
    "Files whose names begin with a dot, as .coverage does, are left out by actions/upload-artifact unless"
    " `include-hidden-files` is set: give the data a visible name, as in COVERAGE_FILE=coverage-unit.data."
)
_MADE_BY_OTHERS = (
    (b"PK\x03\x04", "is a zip archive", "Unpack it and give the data inside."),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it and give the data inside."),
    (b"!coverage.py: This is a private format", "is data of coverage.py 4", "Measure with coverage.py 5 or newer."),
)


@cache
def input_formats() -> tuple[InputFormat, ...]:
    """All formats that `covgate report` takes."""
    return collect(formats, "FORMAT")


def format_of(name: str, head: bytes, where: str) -> InputFormat:
    """The format of a file.

    Shape:  `name` is the file's own name, `head` its first bytes, `where` what to call it in messages.
    Errors: MeasurementError where it is empty or none of the known formats.
    """
    if not head:
        raise MeasurementError("the file is empty", where=where, hint="The run that made it was perhaps interrupted.")
    for known in input_formats():
        if known.recognises(name, head):
            return known
    raise _unknown(head, where)


def _unknown(head: bytes, where: str) -> MeasurementError:
    for start, what, hint in _MADE_BY_OTHERS:
        if head.startswith(start):
            return MeasurementError(f"the file {what}", where=where, hint=hint)
    text = text_of(head)
    if "<report" in text and "JACOCO" in text.upper():
        return MeasurementError("the file is a JaCoCo report", where=where, hint="Give Cobertura XML instead.")
    if "<coverage" in text and "<project" in text:
        return MeasurementError("the file is a Clover report", where=where, hint="Give Cobertura XML instead.")
    takes = "; ".join(known.summary for known in input_formats())
    return MeasurementError("the file is no coverage data that covgate knows", where=where, hint=f"It takes: {takes}.")
