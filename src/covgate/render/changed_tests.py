"""After the work: the tests that came and went, and how to run them."""

from covgate.model.comparison import ChangedTests, Reach, SuiteDelta
from covgate.model.diff import ChangeKind
from covgate.model.report import Report
from covgate.model.suite import Outcome
from covgate.render.figures import counted, duration, percent, share
from covgate.render.indirect import MOST_NAMES, MOST_NAMES_IN_FULL, names_in_words
from covgate.render.prose import Piece, Prose, code, joined, linked, prose
from covgate.render.sections import Row, Section

MOST_FILES = 10
_WORDS = {ChangeKind.ADDED: "new", ChangeKind.MODIFIED: "edited", ChangeKind.RENAMED: "moved"}


def tests_section(report: Report, *, full: bool, timed: bool) -> Section:
    """Files of tests that the change touches, and what became of the tests since the baseline.

    Shape:  `timed` tells how long the suite took.
    """
    changed, delta = report.comparison.changed_tests, report.comparison.tests
    rows = tuple(_row(one) for one in changed)
    text = (*_became(report, full=full), *_reach(report, changed))
    if not rows and not (delta and _counts(delta)):
        return Section()
    counts = _counts(delta) if delta else _known(changed)
    told = ", ".join((*_ran(report), *counts, *_time(report, timed=timed)))
    return Section(
        prose("Changed tests" if full else "Tests", f": {told}" if told else ""),
        text=text,
        rows=rows,
        noun="file",
        folded=True,
        most=None if full else MOST_FILES,
    )


def _ran(report: Report) -> list[str]:
    suite = report.suite
    if not suite.counted:
        return []
    skipped = suite.count(Outcome.SKIPPED)
    others = ((len(suite.failures), "failed"), (skipped, "skipped"))
    return [f"{suite.count(Outcome.PASSED):,} passed", *(f"{number:,} {words}" for number, words in others if number)]


def _time(report: Report, *, timed: bool) -> list[str]:
    return [duration(report.suite.seconds)] if timed and report.suite.counted else []


def _counts(delta: SuiteDelta) -> list[str]:
    told = (
        (delta.added, "added"),
        (delta.removed, "removed"),
        (delta.newly_skipped, "newly skipped"),
        (delta.newly_slow, "newly slow"),
    )
    return [f"{len(tests):,} {words}" for tests, words in told if tests]


def _known(changed: tuple[ChangedTests, ...]) -> list[str]:
    added = sum(len(one.added or ()) for one in changed)
    return [f"{added:,} added"] if added else []


def _row(one: ChangedTests) -> Row:
    """ "tests/test_a.py: 3 added, 1 removed; run it: `pytest tests/test_a.py`"."""
    renamed = prose(" was ", code(one.was)) if one.was else ()
    gone = one.kind is ChangeKind.DELETED
    path = code(one.path) if gone else linked(one.path, one.path)
    counts = ((one.added, "added"), (one.removed, "removed"), (one.skipped, "newly skipped"))
    told = [f"{len(tests):,} {words}" for tests, words in counts if tests]
    words = ", ".join((*(["deleted"] if gone else []), *told)) or _WORDS[one.kind]
    command = prose("; run it by ", code(one.command)) if one.command else ()
    return (prose(path, renamed, f": {words}", _reached(one.reach) if one.reach else "", command),)


def _reached(of: Reach) -> str:
    """ "; the 2 files that it runs are 62.50 % → 80.00 % tested, 4 statements of them anew"."""
    files = "the file that it runs is" if of.files == 1 else f"the {of.files:,} files that it runs are"
    before = f"{percent(of.before)} → " if of.before and of.before.total else ""
    anew = f", {counted(of.anew, 'statement')} of {'it' if of.files == 1 else 'them'} anew" if of.anew else ""
    return f"; {files} {before}{percent(of.now)} tested{anew}"


def _became(report: Report, *, full: bool) -> tuple[Prose, ...]:
    """The tests by name; those that are gone or skipped stand beside what lost its cover, where something did."""
    delta, comparison = report.comparison.tests, report.comparison
    if delta is None:
        return ()
    above = bool(comparison.vanished) or any(one.lost for one in comparison.indirect)
    most = MOST_NAMES_IN_FULL if full else MOST_NAMES
    slow = [prose(code(name), f" ({duration(then)} → {duration(now)})") for name, then, now in delta.newly_slow]
    more = f" and {len(slow) - most:,} more" if len(slow) > most else ""
    told = (
        names_in_words("Added", _names(delta.added), most) if full else (),
        () if above else names_in_words("Removed", _names(delta.removed), most),
        () if above else names_in_words("Skipped now and not before", _names(delta.newly_skipped), most),
        prose(f"Slow now and not before ({len(slow):,}): ", joined(slow[:most], ", "), f"{more}.") if slow else (),
    )
    return tuple(one for one in told if one)


def _names(tests: tuple[str, ...]) -> list[Piece]:
    return [code(name) for name in tests]


def _reach(report: Report, changed: tuple[ChangedTests, ...]) -> tuple[Prose, ...]:
    """What the suite with these tests reaches; which test reaches which line is known from contexts only."""
    line = report.comparison.coverage.line
    if not line.total or all(one.kind is ChangeKind.DELETED for one in changed):
        return ()
    gained = sum(len(one.gained) for one in report.comparison.indirect)
    elsewhere = f", and {counted(gained, 'line')} elsewhere that did not run before" if gained else ""
    return (prose(f"With them the suite runs {share(line)} changed statements{elsewhere}."),)
