"""A planned file in the brief: what is missed, why it is worth a test, where the test belongs, and the source."""

from collections.abc import Iterator

from covgate.model.plan import FunctionGap, NearestTests, PlannedFile
from covgate.model.ratio import floored, plain
from covgate.render.brief.excerpt import excerpt
from covgate.render.brief.raw import span, told, typeset
from covgate.render.figures import counted, percent, ranges_in_words
from covgate.render.reasons import TOLD_BY_NUMBERS, reasons

MOST_FUNCTIONS = 10
MOST_RANGES = 8
MOST_ARCS = 4
MOST_NAMES = 12
_TOLD = TOLD_BY_NUMBERS | {"missed_branches"}


def file_part(number: int, file: PlannedFile, most_functions: int = MOST_FUNCTIONS) -> str:
    """The file's chapter."""
    return "".join(_lines(number, file, most_functions))


def _lines(number: int, file: PlannedFile, most: int) -> Iterator[str]:
    line = file.gap.line
    yield f"\n### {number}. {span(file.gap.path)}\n\n"
    yield f"{line.covered:,} of {counted(line.total, 'statement')} are tested ({percent(line)}). "
    yield f"The target is {plain(file.target)} %: {counted(file.gain_lines, 'statement')} more, "
    yield f"{points(file)} of the project's coverage, about {counted(file.estimate, 'test')}.\n"
    if why := reasons(file.gap.readings):
        yield f"\nWhy: {typeset(why)}.\n"
    if file.tests:
        yield f"\n{tests_words(file.tests)}\n"
    source = file.source.split("\n") if file.source else []
    for function in file.functions[:most]:
        yield f"\n{function_words(function)}\n"
        if shown := excerpt(function, source):
            yield f"\n{shown}"
    rest = len(file.functions) - most
    if rest > 0:
        yield f"\n… and {counted(rest, 'more function')} of this file, in `gaps.json`.\n"


def points(file: PlannedFile) -> str:
    """What the file's gain adds, as "+ 0.87 points"; a small one is never shown as nothing."""
    return points_words(floored(file.gain_points))


def points_words(shown: str) -> str:
    """Floored points with their unit."""
    return "under + 0.01 points" if shown == "0.00" else f"+ {shown} points"


def tests_words(tests: NearestTests) -> str:
    """Where the tests belong, and what they can use."""
    verb = "Extend" if tests.exists else "Write them into"
    said = f"{verb} {span(tests.path)} ({told(tests.why)})."
    names = ", ".join(span(name) for name in tests.fixtures[:MOST_NAMES])
    rest = len(tests.fixtures) - MOST_NAMES
    more = f" and {rest} more" if rest > 0 else ""
    return f"{said} Fixtures at hand: {names}{more}." if names else said


def function_words(function: FunctionGap) -> str:
    """The function, how much of it never runs, and which ways are never taken."""
    name = span(function.name) if function.name else "At the module's top level"
    missed, of = len(function.missed), function.of.total
    parts = []
    if missed:
        share = f"none of its {of:,} statements runs" if missed == of > 1 else _some(missed, of)
        parts.append(f"{share} ({lines_words(function)})")
    arcs = list(dict.fromkeys(arc.words for arc in function.partial if arc.words))
    parts += [told(words) for words in arcs[:MOST_ARCS]]
    rest = len(arcs) - MOST_ARCS
    if rest > 0:
        parts.append(f"{rest} more ways are never taken")
    why = typeset(reasons(function.readings, besides=_TOLD))
    return f"**{name}**, line {function.start}: {'; '.join(filter(None, [*parts, why]))}."


def _some(missed: int, of: int) -> str:
    if of == 1:
        return "its only statement never runs"
    return f"{missed:,} of {of:,} statements never {'runs' if missed == 1 else 'run'}"


def lines_words(function: FunctionGap) -> str:
    """ "line 40", "lines 40–52, 60"."""
    lines = function.lines or function.missed
    return f"{'line' if len(lines) == 1 else 'lines'} {ranges_in_words(lines, MOST_RANGES)}"
