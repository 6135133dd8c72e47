"""`covgate gaps` on a terminal: what to test next, in a table that fits."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from covgate.model.plan import FileGap, Outlook, PlannedFile, Wave
from covgate.model.ratio import floored, plain
from covgate.render.console import memory
from covgate.render.figures import counted, percent
from covgate.render.project_gaps import plan_words
from covgate.render.prose import Prose, joined, prose, spans, visible
from covgate.render.reasons import reasons

MOST_WAVES = 5
NARROW = 60
MOST_REASONS = 3
_HEADS = ("file", "missed", "of", "tested", "to target", "points")
_NUMBERS = 48  # columns that the numbers take
Part = Text | Table | Padding


def gaps_table(outlook: Outlook, top: int, width: int, *, colour: bool = False) -> str:
    """The first gaps and the plan in lines of at most `width` columns.

    Shape:  nothing of the environment is read.
    """
    console = memory(width, colour=colour)
    with console.capture() as captured:
        for part in _parts(outlook, top, width):
            console.print(part)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _parts(outlook: Outlook, top: int, width: int) -> list[Part]:
    plan, shown = outlook.plan, outlook.gaps[:top]
    parts: list[Part] = [_headline(outlook), Text()]
    if outlook.failing:
        words = "The suite did not end well: these numbers are not the project's."
        parts += [Text(words, "bold red"), Text()]
    if not shown:
        return [*parts, *_foot(outlook)]
    planned = {file.gap.path: file for file in plan.files}
    table = _list(shown, planned) if width < NARROW else _table(shown, planned, width)
    left = len(outlook.gaps) - len(shown)
    more = f"… and {counted(left, 'more file')}: see --top, or gaps.json"
    rest = [Text(more, "dim")] if left else []
    return [*parts, *table, *rest, Text(), *_plan(outlook), *_foot(outlook)]


def _headline(outlook: Outlook) -> Text:
    total = outlook.plan.total
    if not total.total:
        return Text("Nothing was measured.", "bold")
    return Text(f"{percent(total)} of the project's lines are tested: {total.covered:,} of {total.total:,}", "bold")


def _table(gaps: tuple[FileGap, ...], planned: dict[str, PlannedFile], width: int) -> Iterator[Part]:
    """The numbers of each file in columns, and below them in the full width why it is worth a test."""
    first = max(len(_place(gap)) for gap in gaps)
    columns = [min(first, width - _NUMBERS), 6, 6, 8, 9, 7]
    yield _line(columns, [Text(name, "dim") for name in _HEADS])
    for gap in gaps:
        file, line = planned.get(gap.path), gap.line
        gain = (f"{file.gain_lines:,}", _points(file)) if file else ("–", "–")
        numbers = (f"{line.missed:,}", f"{line.total:,}", percent(line), *gain)
        yield _line(columns, [Text(_place(gap), "cyan"), *map(Text, numbers)])
        if why := reasons(gap.readings, MOST_REASONS):
            yield _indented(why)


def _line(columns: list[int], cells: list[Text]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, size in enumerate(columns):
        table.add_column(width=size, overflow="fold", justify="right" if number else "left", no_wrap=number > 0)
    table.add_row(*cells)
    return table


def _indented(words: Prose) -> Padding:
    return Padding(_text(words), (0, 0, 0, 2))


def _list(gaps: tuple[FileGap, ...], planned: dict[str, PlannedFile]) -> Iterator[Part]:
    """The numbers below each name: for the half of a screen."""
    for gap in gaps:
        file = planned.get(gap.path)
        yield Text(_place(gap), "cyan", overflow="fold")
        gain = f"; {file.gain_lines:,} to {plain(file.target)} %, {_points(file)} points" if file else ""
        missed = f"{gap.line.missed:,} of {gap.line.total:,} missed, {percent(gap.line)} tested"
        why = reasons(gap.readings, MOST_REASONS)
        yield _indented(joined((prose(missed, gain), why), "; "))


def _points(file: PlannedFile) -> str:
    shown = floored(file.gain_points)
    return "< 0.01" if shown == "0.00" else f"+ {shown}"


def _place(gap: FileGap) -> str:
    """The path and the line to look at first, as terminals link it."""
    lines = gap.functions[0].lines or gap.functions[0].missed if gap.functions else gap.missed
    return visible(gap.path) + (f":{lines.ranges[0][0]}" if lines else "")


def _plan(outlook: Outlook) -> list[Text]:
    plan = outlook.plan
    if not plan.files:
        return [Text(f"Every file on the list is at its target of {plain(plan.target)} %.")]
    parts = [Text(f"Plan ({plan.strategy}): {plan_words(plan)}; {percent(plan.after)} then.", "bold")]
    parts += [_wave(number, wave) for number, wave in enumerate(plan.waves[:MOST_WAVES], 1)]
    left = len(plan.waves) - MOST_WAVES
    if left > 0:
        parts.append(Text(f"  … and {counted(left, 'more wave')}: see plan.md", "dim"))
    return parts


def _wave(number: int, wave: Wave) -> Text:
    files = len({path for batch in wave.batches for path in batch.files})
    tests = sum(batch.tests for batch in wave.batches)
    words = Text.assemble(f"  {number}. ", _text(spans(wave.why)), f": {counted(files, 'file')}, ~{tests:,} tests")
    command = wave.batches[0].command if wave.batches else ""
    return Text.assemble(words, ("\n     " + visible(command), "cyan")) if command else words


def _foot(outlook: Outlook) -> list[Text]:
    commit = f" at {outlook.sha[:7]}" if outlook.sha else ""
    dirty = " with uncommitted changes" if outlook.dirty else ""
    notes = dict.fromkeys((*outlook.plan.notes, *outlook.notes))
    return [
        Text(),
        *(_text(spans(note)) for note in notes),
        Text.assemble("Measured: ", _text(prose(outlook.measured, commit, dirty)), style="dim"),
    ]


def _text(words: Prose) -> Text:
    return Text("".join(visible(piece.text) for piece in words))
