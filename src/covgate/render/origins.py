"""Where the numbers come from: base, baseline, tools, paths of other machines."""

from covgate.model.comparison import Baseline, Known
from covgate.model.diff import Base
from covgate.model.report import Report
from covgate.render.figures import counted
from covgate.render.prose import Piece, Prose, code, joined, prose, spans, without_stop
from covgate.render.sections import Section
from covgate.render.suite_results import tests_in_words

MOST_NOTES = 10
_HOW = {"merge parent": "parent of the merge commit", "merge base": "merge base", "given": "given"}


def foot(report: Report, *, timed: bool, tests: bool = True) -> Prose:
    """The last line: what was compared with what, judged by whose thresholds.

    Shape:  `tests` tells how many there were, where no section does, and `timed` how long they took.
    """
    known = report.comparison.diff.base
    run = Piece("full report", "url", report.links.run) if report.links.run else ()
    parts = (
        tests_in_words(report, timed=timed) if tests else (),
        prose("base ", commit(known.sha), f" ({how(known)})"),
        prose("thresholds: ", spans(report.policy.source)) if report.policy.source else (),
        _baseline(report.comparison.baseline, known),
        prose(*((run,) if run else ())),
        prose(f"covgate {report.version}"),
    )
    return joined(parts, " · ")


def commit(sha: str) -> Prose:
    """A commit in seven digits."""
    return prose(code(sha[:7]))


def how(base: Base) -> str:
    """How the base was found."""
    return _HOW[base.how]


def _baseline(baseline: Baseline, base: Base) -> Prose:
    """ "baseline 3f2a1bc, 3 commits behind", or "baseline n/a: nothing is stored for the base yet"."""
    if not isinstance(baseline, Known):
        return prose(
            "baseline n/a: ", without_stop(spans(baseline.reason)) if baseline.reason else "no reason is known"
        )
    behind = f", {counted(baseline.behind, 'commit')} behind" if baseline.behind else ""
    other = " (not the base)" if baseline.sha != base.sha and not behind else ""
    ran = " (measured by this run)" if baseline.source == "rerun" else ""
    return prose("baseline ", commit(baseline.sha), f"{behind}{other}{ran}")


def notes_section(report: Report, *, full: bool) -> Section:
    """Remarks on this run."""
    notes = tuple(dict.fromkeys((*report.notes, *report.comparison.head.notes)))
    return Section(
        prose(f"Notes ({len(notes):,})"),
        rows=tuple((spans(note),) for note in notes),
        noun="note",
        folded=True,
        most=None if full else MOST_NOTES,
    )


def counting_section(report: Report) -> Section:
    """How it was measured and counted."""
    origin = report.comparison.head.origin
    beyond = sum(len(file.beyond) for file in report.comparison.coverage.files)
    measured = joined(
        (f"{origin.tool} {origin.version}".strip(), origin.python and f"Python {origin.python}", origin.core), ", "
    )
    rows = [prose("measured by ", measured)]
    if beyond:
        told = "counts by a later line of it" if beyond == 1 else "count by a later line of theirs"
        rows.append(prose(f"{counted(beyond, 'changed statement')} {told}, where other tools look at first lines only"))
    if not origin.has_branches:
        rows.append(prose("the data holds no branches"))
    return Section(prose("How this was counted"), rows=tuple((row,) for row in rows), noun="remark", folded=True)


def paths_section(report: Report) -> Section:
    """Paths of other machines, and the files that they were taken for."""
    mapped = report.comparison.head.mapped
    return Section(
        prose(f"Paths of another machine ({len(mapped):,})"),
        columns=("in the report", "taken for"),
        rows=tuple((prose(code(one.given)), prose(code(one.path))) for one in mapped),
        noun="path",
        folded=True,
    )
