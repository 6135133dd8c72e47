"""How much a report.json becomes where numbers are unfolded: a few bytes of it may ask for all memory there is."""

from collections.abc import Iterator
from itertools import chain

from covgate.parse.report.atoms import LARGEST_COUNT, Counts, Share
from covgate.parse.report.delta_shape import TestFile
from covgate.parse.report.shape import Changed, Document, SuiteEnd


def refuse_too_much(document: Document) -> None:
    """Refuses what could not be held: tests, branches and ways that are told by their number only.

    Errors: ValueError.
    """
    left = LARGEST_COUNT
    for number in _unfolded(document):
        left -= number
        if left < 0:
            raise ValueError("there are more tests and branches than any project has")


def _unfolded(document: Document) -> Iterator[int]:
    parts = document.components
    yield from chain.from_iterable(map(_tests, (document.suite, *(part.suite for part in parts if part.suite))))
    yield from map(_changed_tests, document.tests.changed)
    yield from chain.from_iterable(map(_ways, document.diff.files.values()))
    yield from map(_missed, _branches(document))


def _tests(suite: SuiteEnd) -> tuple[int, ...]:
    return (suite.passed or 0, suite.skipped or 0, suite.failures_left_out)


def _changed_tests(file: TestFile) -> int:
    return (file.added or 0) + (file.removed or 0) + (file.skipped or 0)


def _ways(file: Changed) -> Iterator[int]:
    return (line.missed for line in file.branches)


def _branches(document: Document) -> Iterator[Share]:
    """Branches of all files, now and at the base."""
    before: Iterator[Counts | None] = chain((document.before,), (file.before for file in document.files.values()))
    yield from (file.branch for file in document.files.values())
    yield from (file.branch for file in (*document.deleted, *document.vanished))
    yield from (counts.branch for counts in before if counts)


def _missed(share: Share) -> int:
    return max(0, share.total - share.covered)
