"""After the work: the tests that came and went, and how to run them."""

from covgate.model.comparison import ChangedTests, SuiteDelta
from covgate.model.diff import ChangeKind
from covgate.model.report import Report
from covgate.render.figures import counted, duration, share
from covgate.render.indirect import MOST_NAMES, MOST_NAMES_IN_FULL, names_in_words
from covgate.render.prose import Piece, Prose, code, joined, linked, prose
from covgate.render.sections import Row, Section
from covgate.render.suite_results import tests_in_words

MOST_FILES = 10


def tests_section(report: Report, *, full: bool, timed: bool) -> Section:
    """Files of tests that the change touches, and what became of the tests since the baseline.

    Shape:  `timed` tells how long the suite took.
    """
    changed, delta = report.comparison.changed_tests, report.comparison.tests
    rows = tuple(_row(one) for one in changed)
    text = (*_became(delta, full=full), *_reach(report, changed))
    if not rows and not (delta and _counts(delta)):
        return Section()
    counts = _counts(delta) if delta else _known(changed)
    told = joined((tests_in_words(report, timed=False), ", ".join(counts), _time(report, timed=timed)), ", ")
    return Section(
        prose("Changed tests" if full else "Tests", *((": ", told) if told else ())),
        text=text,
        rows=rows,
        noun="file",
        folded=True,
        most=None if full else MOST_FILES,
    )


def _time(report: Report, *, timed: bool) -> str:
    return duration(report.suite.seconds) if timed and report.suite.counted else ""


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
    same = "edited" if one.added == one.removed == () else "its tests at the base are not known"
    words = ", ".join(told) or ("deleted" if gone else "new" if one.kind is ChangeKind.ADDED else same)
    command = prose("; run it by ", code(one.command)) if one.command else ()
    return (prose(path, renamed, f": {words}", command),)


def _became(delta: SuiteDelta | None, *, full: bool) -> tuple[Prose, ...]:
    if delta is None:
        return ()
    most = MOST_NAMES_IN_FULL if full else MOST_NAMES
    slow = [prose(code(name), f" ({duration(then)} → {duration(now)})") for name, then, now in delta.newly_slow]
    more = f" and {len(slow) - most:,} more" if len(slow) > most else ""
    told = (
        names_in_words("Added", _names(delta.added), most) if full else (),
        names_in_words("Removed", _names(delta.removed), most),
        names_in_words("Skipped now and not before", _names(delta.newly_skipped), most),
        prose(f"Slow now and not before ({len(slow):,}): ", joined(slow[:most], ", "), f"{more}.") if slow else (),
    )
    return tuple(one for one in told if one)


def _names(tests: tuple[str, ...]) -> list[Piece]:
    return [code(name) for name in tests]


def _reach(report: Report, changed: tuple[ChangedTests, ...]) -> tuple[Prose, ...]:
    """What the suite with these tests reaches; which test reaches which line is known from contexts only."""
    line = report.comparison.coverage.line
    if not changed or not line.total:
        return ()
    gained = sum(len(one.gained) for one in report.comparison.indirect)
    elsewhere = f", and {counted(gained, 'line')} elsewhere that did not run before" if gained else ""
    return (prose(f"With them the suite runs {share(line)} changed statements{elsewhere}."),)
