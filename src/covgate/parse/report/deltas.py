"""What moved since the baseline, of report.json."""

from collections.abc import Iterable

from covgate.model.comparison import ChangedTests, IndirectChange, Movement, Movements, Reach, SuiteDelta
from covgate.model.diff import ChangeKind
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage
from covgate.parse.report.atoms import Counts, Share
from covgate.parse.report.delta_shape import GoneFile, Indirect, Moved, MovedBoth, TestFile, TestsMoved, TestsReach
from covgate.parse.report.measured import before, ratio


def indirect_changes(given: Iterable[Indirect] | None) -> tuple[IndirectChange, ...]:
    """Lines lost and gained elsewhere."""
    return tuple(
        IndirectChange(one.path, LineSet.of(one.lost_lines), LineSet.of(one.gained_lines), one.was, one.changed)
        for one in given or ()
    )


def gone(given: Iterable[GoneFile]) -> tuple[FileCoverage, ...]:
    """Files that the head did not measure, with so many statements and branches.

    Errors: ValueError where the numbers cannot be.
    """
    unasked = Share(covered=0, total=0, percent=None)
    return tuple(before(one.path, Counts(line=one.line, branch=one.branch, combined=unasked)) for one in given)


def movements(given: MovedBoth | None) -> Movements | None:
    """How the project moved.

    Errors: ValueError where the numbers cannot be.
    """
    return Movements(_movement(given.line), _movement(given.branch)) if given else None


def _movement(of: Moved) -> Movement:
    steps: tuple[Ratio, ...] = tuple(map(ratio, (of.before, of.drifted, of.pruned, of.now)))
    return Movement(*steps)


def suite_delta(given: TestsMoved | None) -> SuiteDelta | None:
    """What became of the tests."""
    if given is None:
        return None
    slow = tuple((one.name, one.before, one.now) for one in given.newly_slow)
    return SuiteDelta(tuple(given.added), tuple(given.removed), tuple(given.newly_skipped), slow)


def changed_tests(given: Iterable[TestFile]) -> tuple[ChangedTests, ...]:
    """Files of tests that the change touches; of their tests there are only the numbers."""
    return tuple(
        ChangedTests(
            one.path,
            ChangeKind(one.kind),
            _so_many(one.added),
            _so_many(one.removed),
            _so_many(one.skipped),
            one.command,
            one.was,
            _reach(one.reach),
        )
        for one in given
    )


def _reach(of: TestsReach | None) -> Reach | None:
    return Reach(of.files, ratio(of.now), ratio(of.before) if of.before else None, of.anew) if of else None


def _so_many(number: int | None) -> tuple[str, ...] | None:
    return None if number is None else ("",) * number
