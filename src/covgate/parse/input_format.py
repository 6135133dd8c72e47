"""What an input format is, and what comes out of a report that was made elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

from covgate.errors import MeasurementError
from covgate.model.shard import Shard
from covgate.model.snapshot import FileCoverage
from covgate.model.suite import SuiteResult

MAX_LINE = 10_000_000
UNKNOWN_TARGET = 0
"""`MissedArc.to` where a report counts the ways out of a line without naming them."""


@dataclass(frozen=True, slots=True)
class ForeignReport:
    """A report as it was given.

    Shape:  `files` have paths as the report writes them, each once; `inexact` are those of these paths where the report
            lists other lines than it counts, so that only the source can tell which of them are statements;
            `roots` are directories that the paths may be relative to; `suite` holds test results where the format
            carries them; `shard` is the run of covgate that they are from, None where they are not;
            `notes` are remarks for the reader.
    """

    files: tuple[FileCoverage, ...] = ()
    has_branches: bool = False
    tool: str = ""
    version: str = ""
    roots: tuple[str, ...] = ()
    inexact: frozenset[str] = frozenset()
    suite: SuiteResult | None = None
    notes: tuple[str, ...] = ()
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class InputFormat:
    """One kind of coverage data or report.

    Shape:  `recognises` is given a file's name and its first bytes; `parse` its content and what to call it in
            messages, and is None where only coverage.py itself, in the suite's interpreter, can read the format;
            `samples` name files in tests/samples.
    Errors: `parse` raises MeasurementError.
    """

    id: str
    summary: str
    recognises: Callable[[str, bytes], bool]
    parse: Callable[[bytes, str], ForeignReport] | None
    samples: tuple[str, ...]


def damaged(where: str, what: str) -> MeasurementError:
    """The error for a report whose content breaks its own format."""
    return MeasurementError(what, where=where, hint="Make the report again; it was perhaps cut short.")


def text_of(head: bytes) -> str:
    """The first bytes of a file as text, whatever their encoding; for recognising only."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return head.decode(encoding, errors="replace").lstrip()
