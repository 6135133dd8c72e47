"""The changed files, and those that count nowhere."""

from collections.abc import Sequence

from covgate.model.comparison import ChangedFile
from covgate.model.lines import LineSet
from covgate.model.report import Report
from covgate.model.snapshot import LeftOut
from covgate.model.verdict import Conclusion
from covgate.render.figures import change, counted, percent
from covgate.render.prose import Prose, code, joined, line_links, linked, prose, spans
from covgate.render.sections import Row, Section

MOST_FILES = 25
MOST_RANGES = 6
MOST_RANGES_IN_FULL = 200
MOST_NAMES = 3
MOST_NAMES_IN_FULL = 200


def files_section(report: Report, *, full: bool) -> Section:
    """Changed files with missed lines, those that miss most first; in full those that miss nothing too."""
    files = sorted(report.comparison.coverage.files, key=lambda file: (-file.combined.missed, file.path))
    lacking = [file for file in files if file.combined.missed]
    tested = len(files) - len(lacking)
    shown = files if full else lacking
    if not shown:
        return Section()
    nothing = "never reached" if report.verdict.conclusion is Conclusion.ERROR else "never imported"
    note = f"{counted(tested, 'other changed file')} {'is' if tested == 1 else 'are'} tested in full."
    return Section(
        prose(f"Changed files ({len(files):,})"),
        text=() if full or not tested else (prose(note),),
        columns=("file", "missed statements", "lines now"),
        rows=tuple(_row(file, MOST_RANGES_IN_FULL if full else MOST_RANGES, nothing) for file in shown),
        noun="file",
        folded=not full,
        most=None if full else MOST_FILES,
    )


def _row(file: ChangedFile, ranges: int, nothing: str) -> Row:
    """Where it is, what of it was missed, and how much of it is covered; `nothing` is told of a file that never ran."""
    missed = file.missed or LineSet.of(arc.line for arc in file.partial)
    renamed = prose(" was ", code(file.old_path)) if file.old_path else ()
    return (
        prose(linked(file.path, file.path, LineSet(missed.ranges[:1])), renamed),
        _missed(file, ranges),
        prose(nothing) if file.never_ran else prose(percent(file.now.line), _since(file)),
    )


def _since(file: ChangedFile) -> str:
    points = change(file.now.line, file.before.line if file.before else None)
    return f" · {points}" if points else ""


def _missed(file: ChangedFile, ranges: int) -> Prose:
    """How many changed statements were missed, and where: "3 of 11: 44–45, 51; 1 branch never taken: 42"."""
    partial = LineSet.of(arc.line for arc in file.partial)
    told = f"{counted(len(file.partial), 'branch')} never taken: "
    branches = prose(told, line_links(file.path, partial, ranges)) if partial else ()
    of = f"{file.line.missed:,} of {file.line.total:,}"
    where = () if file.never_ran else line_links(file.path, file.missed, ranges)
    return joined((prose(of, *((": ", where) if where else ())), branches), "; ")


def left_out_section(report: Report, *, full: bool) -> Section:
    """Changed Python files that count nowhere, those of one reason together."""
    left_out = report.comparison.coverage.left_out
    count = len(left_out)
    by_reason = {file.reason: [one for one in left_out if one.reason == file.reason] for file in left_out}
    most = MOST_NAMES_IN_FULL if full else MOST_NAMES
    return Section(
        prose(f"{counted(count, 'changed file')} {'is' if count == 1 else 'are'} not counted"),
        rows=tuple((_left_out(reason, files, most),) for reason, files in by_reason.items()),
        noun="reason",
        folded=True,
        most=None if full else MOST_FILES,
    )


def _left_out(reason: str, files: Sequence[LeftOut], most: int) -> Prose:
    """ "docs/conf.py: excluded", or "50 files, outside what is measured: tests/a.py, tests/b.py and 48 more"."""
    names = joined((linked(file.path, file.path) for file in files[:most]), ", ")
    if len(files) == 1:
        return prose(names, ": ", spans(reason))
    more = f" and {len(files) - most:,} more" if len(files) > most else ""
    return prose(f"{counted(len(files), 'file')}, ", spans(reason), ": ", names, more)
