"""coverage.py's own data file: an SQLite database.

Only coverage.py can say what is a statement in it, and only under the interpreter that measured. So the format is
recognised here and read by the probe.
"""

from covgate.parse.input_format import InputFormat


def _recognises(_name: str, head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\x00")


FORMAT = InputFormat(
    id="coverage_data",
    summary="coverage.py data (.coverage)",
    recognises=_recognises,
    parse=None,
    samples=("coverage-7.17.data",),
)
