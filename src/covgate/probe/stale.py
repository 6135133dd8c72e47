"""Whether data were measured on another text than the source that is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageException

from .analysis import multiline_map


def stale_files(
    reading: Coverage, data: CoverageData, root: Path, paths: Iterable[str]
) -> Iterator[tuple[str, int, str]]:
    """Those of the files of which the data say that a line ran that cannot run: path, line, what the line is now.

    An edit can also leave the data looking right: this is proof where it finds something, and none where it does not.
    """
    for path in sorted(paths):
        place = str(root / path)
        ran = data.lines(place)
        if not ran:
            continue
        try:
            reporter: Any = reading._get_file_reporter(place)
            longer = multiline_map(reporter) if hasattr(reporter, "parser") else None
            source = reporter.source().removesuffix("\n").split("\n")
        except (CoverageException, OSError, SyntaxError, ValueError):
            continue  # of those that cannot be read or parsed others tell
        if longer is not None:
            yield from _first_wrong(path, sorted(set(ran) - set(longer)), source)


def _first_wrong(path: str, ran: Sequence[int], source: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    # Line 1 of an empty module runs, and 0 stands for a module's very beginning in some versions of Python.
    for line in ran:
        text = source[line - 1].strip() if line <= len(source) else None
        if line > 1 and (not text or text.startswith("#")):
            yield path, line, "beyond the end" if text is None else "a comment" if text else "blank"
            return
