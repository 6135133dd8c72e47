"""What a report format is. Each module of `formats/` defines one as FORMAT."""

from collections.abc import Callable
from dataclasses import dataclass

from covgate.model.report import Report


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A way to tell a report.

    Shape:  `goes_to` is "comment", "summary", "log" (workflow commands), "terminal", or the name of a file; `file` is
            the name under which the text stands in the output folder, "" where it is not kept.
    Units:  `limit` in bytes of UTF-8, None where there is none. `render` keeps to it by leaving out rows, and says so.
    """

    id: str
    summary: str
    render: Callable[[Report], str]
    limit: int | None
    goes_to: str
    file: str = ""
