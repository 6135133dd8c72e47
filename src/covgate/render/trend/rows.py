"""The trend in words and figures: one sentence, and a row for each commit."""

from covgate.model.history import HistoryLine
from covgate.model.ratio import Ratio
from covgate.render.figures import change, duration, percent
from covgate.render.trend.points import Point, day, has_branches

Row = tuple[str, ...]
COLUMNS = ("commit", "day", "lines", "change", "branches", "suite")


def rows(history: tuple[HistoryLine, ...], most: int) -> tuple[Row, ...]:
    """The newest commits, the newest first, each with its change since the commit that was measured before it."""
    befores: tuple[HistoryLine | None, ...] = (None, *history)
    pairs = list(zip(history, befores, strict=False))[-most:] if most else []
    return tuple(_row(one, before) for one, before in reversed(pairs))


def _row(one: HistoryLine, before: HistoryLine | None) -> Row:
    took = "" if one.seconds is None else duration(one.seconds)
    queued = f"{took} (merge queue)".strip() if one.queued else took
    moved = change(one.line, before.line if before else None)
    return one.sha[:7], day(one).isoformat(), percent(one.line), moved, percent(one.branch), queued


def markdown_table(shown: tuple[Row, ...]) -> str:
    """The rows as a table."""
    lines = "".join(f"| {' | '.join(row)} |\n" for row in shown)
    return f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n{lines}"


def moved_in_words(points: tuple[Point, ...]) -> str:
    """How far the numbers moved from the first point to the last: "lines 78.10 → 81.20 %, branches 60.00 → 62.50 %"."""
    first, last = points[0], points[-1]
    words = f"lines {_moved(first.line, last.line)}"
    return f"{words}, branches {_moved(first.branch, last.branch)}" if has_branches(points) else words


def _moved(before: Ratio, now: Ratio) -> str:
    then, percents = percent(before), percent(now)
    return percents if then == percents else f"{then.removesuffix(' %')} → {percents}"
