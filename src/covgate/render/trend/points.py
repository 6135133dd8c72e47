"""Points: the commits that a trend shows, the newest last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from fractions import Fraction
from math import ceil, floor

from covgate.model.history import HistoryLine
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.verdict import Conclusion

MOST_POINTS = 30
LEAST_SPAN = 5
"""Points of percentage that a scale spans at least: with fewer, a tenth of a point would look like a landslide."""


@dataclass(frozen=True, slots=True)
class Point:
    """One commit's totals.

    Shape:  `day` is the commit's in UTC; `own` is "" for commits of the default branch, else what the reader calls the
            run that the report is of ("PR", "now"), which has a day only where its commit is in the history.
    """

    sha: str
    day: date | None
    line: Ratio
    branch: Ratio
    own: str = ""


def history_points(history: Iterable[HistoryLine], most: int = MOST_POINTS) -> tuple[Point, ...]:
    """The newest commits in which there was something to cover."""
    points = [Point(one.sha, day(one), one.line, one.branch) for one in history if one.line.total]
    return tuple(points[-most:] if most else ())


def report_points(report: Report) -> tuple[Point, ...]:
    """The newest commits of the default branch, and the run's own total at the end.

    Shape:  a run whose commit is in the history already stands there, and nothing after it is shown; a run whose suite
            did not end well has no total of its own; nothing where no commit was measured before.
    """
    head, sha = report.comparison.head, report.comparison.diff.head.sha or ""
    known = next((n for n, one in enumerate(report.history) if sha and one.sha == sha), None)
    before = history_points(report.history[:known])
    if report.verdict.conclusion is Conclusion.ERROR or not head.line.total:
        return before
    own = Point(
        sha,
        None if known is None else day(report.history[known]),
        head.line,
        head.branch,
        "PR" if report.pull_request else "now",
    )
    return (*before[-(MOST_POINTS - 1) :], own) if before else ()


def day(one: HistoryLine) -> date:
    """The commit's day in UTC, whatever zone its author lives in."""
    return one.time.astimezone(UTC).date()


def has_branches(points: tuple[Point, ...]) -> bool:
    """Whether branches can be drawn: a line with holes in it cannot."""
    return all(point.branch.total for point in points)


def percentages(ratios: Iterable[Ratio]) -> tuple[Fraction, ...]:
    """The percentages of ratios that have one."""
    return tuple(ratio.percent for ratio in ratios if ratio.percent is not None)


def scale(values: Iterable[Fraction]) -> tuple[int, int]:
    """Whole percentages between which all values lie, with some air, and far enough apart to be fair.

    Shape:  within 0 and 100; 0 and 100 themselves are reached, not passed.
    """
    known = tuple(values)
    low, high = max(0, floor(min(known)) - 1), min(100, ceil(max(known)) + 1)
    missing = max(0, LEAST_SPAN - (high - low))
    low, high = low - missing // 2, high + missing - missing // 2
    beyond = max(0, high - 100) + min(0, low)
    return low - beyond, high - beyond
