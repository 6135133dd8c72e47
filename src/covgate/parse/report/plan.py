"""The project's gaps and the plan, back from report.json: what short forms show of them."""

from collections.abc import Iterable
from fractions import Fraction

from covgate.model.gap import Reading
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.plan import Batch, FileGap, FunctionGap, Piece, Plan, PlannedFile, Wave
from covgate.model.ratio import NOTHING, Ratio
from covgate.parse.report import measured as coverage
from covgate.parse.report.plan_shape import FileToTest, PlannedWork, ProjectGap, Sitting, Worst


def project_gaps(given: Iterable[ProjectGap]) -> tuple[FileGap, ...]:
    """The files worth a test, of their functions the one with the most missed statements."""
    return tuple(
        FileGap(
            one.path,
            coverage.ratio(one.line),
            coverage.ratio(one.branch),
            NO_LINES,
            _worst(one.worst),
            tuple(Reading(reading.signal, reading.value, reading.words) for reading in one.readings),
            changed=one.changed,
        )
        for one in given
    )


def _worst(given: Worst | None) -> tuple[FunctionGap, ...]:
    if given is None:
        return ()
    lines, missed = LineSet.spanning(given.lines), LineSet.of(given.missed)
    if not missed:
        raise ValueError("a function with the most missed statements misses none")
    return (FunctionGap(given.function, missed.ranges[0][0], missed, lines, Ratio(0, len(missed))),)


def plan_of(given: PlannedWork | None, total: Ratio) -> Plan | None:
    """The plan for a project of so many statements.

    Errors: ValueError where a file's gain is not what its target takes.
    """
    if given is None:
        return None
    return Plan(
        given.strategy,
        Fraction(given.target),
        tuple(_file(one, total) for one in given.files),
        total,
        tuple(Wave(one.why, tuple(map(_batch, one.batches))) for one in given.waves),
        tuple(given.notes),
        tuple((one.path, one.function) for one in given.enough),
    )


def _file(given: FileToTest, total: Ratio) -> PlannedFile:
    line = Ratio(given.covered, given.statements)
    target = Fraction(given.target)
    if target > 100 or line.short_of(target) != given.gain_lines or not total.total:  # noqa: PLR2004  # percent
        raise ValueError("a file's gain is not what its target takes")
    gap = FileGap(given.path, line, NOTHING, NO_LINES, ())
    points = Fraction(100 * given.gain_lines, total.total)
    return PlannedFile(gap, target, given.gain_lines, points, estimate=given.estimate)


def _batch(given: Sitting) -> Batch:
    pieces = tuple(Piece(one.path, one.function, one.tests) for one in given.pieces)
    return Batch(tuple(given.files), given.tests, given.command, pieces)
