"""The change's gaps: what of it no test runs, function by function."""

from collections.abc import Iterator

from covgate.model.comparison import ChangedFile
from covgate.model.gap import Gap
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage
from covgate.rank.functions import Joiner


def gaps_of(file: ChangedFile) -> Iterator[Gap]:
    """One gap per function with missed changed statements or arcs, and one for the module's top level.

    A file of which nothing ran is one gap: its first import changes all of it.
    """
    if file.never_ran:
        yield Gap(file.path, "", file.missed, shown(file.missed, file.now), (), file.line, unmeasured=True)
        return
    for function, lines in _functions(file.now, file.statements):
        statements = file.statements & lines
        missed = file.missed & lines
        partial = tuple(arc for arc in file.partial if arc.line in lines)
        if missed or partial:
            of = Ratio(len(statements) - len(missed), len(statements))
            yield Gap(file.path, function, missed, shown(missed, file.now), partial, of)


def shown(missed: LineSet, file: FileCoverage) -> LineSet:
    """Missed statements to their ends, joined where no other statement and nothing excluded stands between them."""
    return Joiner(file).shown(list(missed))


def _functions(file: FileCoverage, statements: LineSet) -> Iterator[tuple[str, LineSet]]:
    """Functions with their own lines, and the module's top level under the name ""."""
    rest = statements
    for region in file.regions:
        own = region.lines & rest
        if region.kind == "function" and own:
            yield region.name, own
            rest = rest - own
    if rest:
        yield "", rest
