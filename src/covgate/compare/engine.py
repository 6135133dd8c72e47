"""diff-cover, fed from memory: which changed lines count, and which of them are missed.

Which of its parts are used, and what goes beyond it, is told in `.github/decisions/0001-diff-cover-in-process.md`.
Nothing here opens a file or runs a command; importing it costs a good part of a start-up, so import it late.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from diff_cover.diff_reporter import BaseDiffReporter
from diff_cover.report_generator import JsonReportGenerator
from diff_cover.violationsreporters.base import BaseViolationReporter, Violation

from covgate.model.lines import LineSet


@dataclass(frozen=True, slots=True)
class Measured:
    """What the engine is given of one changed file.

    Shape:  `changed` holds the changed lines with each continuation line replaced by its statement's first line.
    """

    path: str
    changed: LineSet
    statements: LineSet
    missed: LineSet


@dataclass(frozen=True, slots=True)
class Counted:
    """What the engine answers for one changed file: the changed statements, and those of them never run."""

    statements: LineSet
    missed: LineSet


def count(files: Iterable[Measured]) -> Mapping[str, Counted]:
    """Changed statements by path; a file without any is absent."""
    by_path = {file.path: file for file in files}
    generator = JsonReportGenerator(_Coverage(by_path), _Changes(by_path))
    stats: Mapping[str, Any] = generator.report_dict()["src_stats"]
    return {path: _counted(numbers) for path, numbers in stats.items()}


def _counted(numbers: Mapping[str, list[int]]) -> Counted:
    missed = LineSet.of(numbers["violation_lines"])
    return Counted(missed | LineSet.of(numbers["covered_lines"]), missed)


class _Coverage(BaseViolationReporter):  # type: ignore[misc]  # diff-cover has no types
    """The snapshot's side."""

    def __init__(self, files: Mapping[str, Measured]) -> None:
        super().__init__("snapshot")
        self._files = files

    def violations(self, src_path: str) -> list[Violation]:
        return [Violation(line, None) for line in self._files[src_path].missed]

    def measured_lines(self, src_path: str) -> set[int]:
        # Never None: that would mean that every line is measured.
        return set(self._files[src_path].statements)


class _Changes(BaseDiffReporter):  # type: ignore[misc]  # diff-cover has no types
    """The diff's side."""

    def __init__(self, files: Mapping[str, Measured]) -> None:
        super().__init__("change")
        self._files = files

    def src_paths_changed(self) -> list[str]:
        return sorted(self._files)

    def lines_changed(self, src_path: str) -> list[int]:
        return list(self._files[src_path].changed)
