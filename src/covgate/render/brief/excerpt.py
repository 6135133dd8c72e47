"""A function's source with its missed lines marked."""

from collections.abc import Iterator

from covgate.model.lines import NO_LINES, LineSet
from covgate.model.plan import FunctionGap
from covgate.render.brief.raw import fenced

MOST_LINES = 60
MOST_COLUMNS = 160
AROUND = 2
"""Lines that did run and are shown before and after those that did not."""
LEGEND = "`!` never ran, `?` ran but did not go every way."


def excerpt(function: FunctionGap, source: list[str]) -> str:
    """The lines to look at, with their numbers; "" where the source is not to be had.

    Shape:  from the `def` to the last missed line, long runs of tested lines left out; at most MOST_LINES.
    """
    shown = list(_shown(function, len(source)))
    while shown and not source[shown[-1] - 1].strip():
        shown.pop()
    if not shown:
        return ""
    width = len(str(shown[-1]))
    rows = list(_rows(function, source, shown, width))
    left = len(rows) - MOST_LINES
    if left > 0:
        rows = [*rows[:MOST_LINES], f"  {'':{width}}   … and {left} more lines"]
    return fenced(rows, "text")


def _shown(function: FunctionGap, last: int) -> LineSet:
    partial = LineSet.of(arc.line for arc in function.partial)
    marked = function.lines | function.missed | partial
    around = LineSet.spanning((max(1, first - AROUND), end + AROUND) for first, end in marked.ranges)
    wanted = around | LineSet.of([function.start])
    start = max(1, function.start) if function.name else 1
    return wanted & LineSet(((start, last),)) if start <= last else NO_LINES


def _rows(function: FunctionGap, source: list[str], shown: list[int], width: int) -> Iterator[str]:
    partial = LineSet.of(arc.line for arc in function.partial)
    missed = function.lines | function.missed
    before = shown[0] - 1
    for line in shown:
        if line > before + 1:
            yield f"  {'':{width}}   ⋮"
        before = line
        mark = "!" if line in missed and source[line - 1].strip() else "?" if line in partial else " "
        text = source[line - 1].expandtabs(4).rstrip()
        yield f"{mark} {line:>{width}} | {text[:MOST_COLUMNS]}{'…' if len(text) > MOST_COLUMNS else ''}".rstrip()
