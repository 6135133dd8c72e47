"""What moved in lines that the change did not write, what it deleted, and how the project moved by that."""

from collections.abc import Sequence

from covgate.model.comparison import IndirectChange
from covgate.model.lines import LineSet
from covgate.model.report import Report
from covgate.render.figures import arrow, counted, in_steps, share_of
from covgate.render.headline import FALLS
from covgate.render.prose import Piece, Prose, code, joined, line_links, linked, prose
from covgate.render.sections import Row, Section

MOST_FILES = 25
MOST_RANGES = 6
MOST_RANGES_IN_FULL = 200
MOST_NAMES = 5
MOST_NAMES_IN_FULL = 200


def moved_section(report: Report) -> Section:
    """How the project's lines moved, in a sentence, where not all of that is by the lines that the change wrote.

    Shape:  in one number where there is no change: on the default branch, whose own commits moved them.
    """
    moves = report.comparison.movements
    line = moves.line if moves else None
    if not line or line.points is None or not (line.elsewhere or line.deletions):
        return Section()
    told = (
        (line.written, "in lines that this change wrote"),
        (line.deletions, "by code that it deletes"),
        (line.elsewhere, "in lines that it did not write"),
    )
    known = [(points, words) for points, words in told if points is not None]
    if len(known) < len(told):
        return Section()
    whole, parts = in_steps([points for points, _ in known])
    if not report.comparison.diff.files:
        return Section(text=(prose(f"Project lines {_arrow(whole)} since the baseline."),))
    shown = [f"{_arrow(part)} {words}" for (points, words), part in zip(known, parts, strict=True) if points]
    return Section(text=(prose(f"Project lines {_arrow(whole)}: {', '.join(shown)}."),))


def _arrow(points: str) -> str:
    """Points that stay in one line with their sign."""
    return arrow(points).replace(" ", "\N{NO-BREAK SPACE}")


def lost_section(report: Report, *, full: bool) -> Section:
    """Lines that lost their cover and that the change did not write, with the tests that it took away.

    Shape:  open where a rule about it failed: what to do about it is there.
    """
    comparison = report.comparison
    lost = [one for one in comparison.indirect if one.lost]
    ranges = MOST_RANGES_IN_FULL if full else MOST_RANGES
    rows = [_moved(one, one.lost, ranges) for one in sorted(lost, key=lambda one: (-len(one.lost), one.path))]
    rows += [(_vanished(file.path, len(file.executed)),) for file in comparison.vanished]
    if not rows:
        return Section()
    failed = any(rule.id in (*FALLS, "drop.indirect") for rule in report.verdict.failed)
    return Section(
        prose(_title(report, lost)),
        text=(*_tests(report, full=full), *_unmapped(report, full=full)),
        rows=tuple(rows),
        noun="file",
        folded=not (full or failed),
        most=None if full else MOST_FILES,
    )


def _title(report: Report, lost: Sequence[IndirectChange]) -> str:
    vanished = report.comparison.vanished
    lines = sum(len(one.lost) for one in lost) + sum(len(file.executed) for file in vanished)
    files = counted(len(lost) + len(vanished), "file")
    if not report.comparison.diff.files:
        return f"Lost elsewhere since the baseline: {counted(lines, 'line')} in {files}"
    if any(one.changed for one in lost):
        return f"Lost elsewhere: {counted(lines, 'line')} that this change did not write, in {files}"
    return f"Lost elsewhere: {counted(lines, 'line')} in {files} that this change did not touch"


def _moved(one: IndirectChange, lines: LineSet, ranges: int) -> Row:
    renamed = prose(" was ", code(one.was)) if one.was else ()
    first = LineSet(lines.ranges[:1])
    return (prose(linked(one.path, one.path, first), renamed, ": ", line_links(one.path, lines, ranges)),)


def _vanished(path: str, ran: int) -> Prose:
    return prose(linked(path, path), f": not measured any more; {counted(ran, 'statement')} of it ran at the baseline")


def _tests(report: Report, *, full: bool) -> tuple[Prose, ...]:
    """Tests that are gone or skipped, and files of tests that the change edits, next to what lost its cover."""
    most = MOST_NAMES_IN_FULL if full else MOST_NAMES
    delta = report.comparison.tests
    edited = [one for one in report.comparison.changed_tests if one.command and not (one.removed or one.skipped)]
    paths = [linked(one.path, one.path) for one in edited if one.kind.value != "added"]
    told = (
        names_in_words("Tests removed", [code(name) for name in delta.removed] if delta else [], most),
        names_in_words("Tests skipped now", [code(name) for name in delta.newly_skipped] if delta else [], most),
        names_in_words("Edited files of tests", paths, most),
    )
    return tuple(one for one in told if one)


def names_in_words(words: str, names: Sequence[Piece], most: int) -> Prose:
    """ "Tests removed (7): a, b and 5 more.", or nothing where there are none."""
    if not names:
        return ()
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return prose(f"{words} ({len(names):,}): ", joined(names[:most], ", "), f"{more}.")


def _unmapped(report: Report, *, full: bool) -> tuple[Prose, ...]:
    most = MOST_NAMES_IN_FULL if full else MOST_NAMES
    paths = [linked(path, path) for path in report.comparison.unmapped]
    told = names_in_words("Not compared, because they differ and nobody changed them", paths, most)
    return (told,) if told else ()


def unmapped_section(report: Report) -> Section:
    """Files whose lines could not be compared, where that is not told beside lost lines."""
    return Section(text=_unmapped(report, full=True) if lost_section(report, full=True).empty else ())


def gained_section(report: Report, *, full: bool) -> Section:
    """Lines that gained cover and that the change did not write: in full, and counted in short."""
    gained = [one for one in report.comparison.indirect if one.gained]
    lines = sum(len(one.gained) for one in gained)
    title = f"Gained elsewhere: {counted(lines, 'line')} in {counted(len(gained), 'file')}"
    return Section(
        prose(title),
        rows=tuple(_moved(one, one.gained, MOST_RANGES_IN_FULL if full else MOST_RANGES) for one in gained),
        noun="file",
        folded=True,
        most=None if full else MOST_FILES,
    )


def deleted_section(report: Report, *, full: bool) -> Section:
    """Measured files that are gone, with what had been covered of them."""
    deleted = report.comparison.deleted
    return Section(
        prose(f"Deleted files ({len(deleted):,})"),
        rows=tuple((prose(code(file.path), f": {share_of(file.line, 'statement')} had run"),) for file in deleted),
        noun="file",
        folded=True,
        most=None if full else MOST_FILES,
    )
