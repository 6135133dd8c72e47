"""Gaps of the project → the plan that brings every file to its target."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

from covgate.model.plan import FileGap, NearestTests, Piece, Plan, PlannedFile, Wave
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Snapshot
from covgate.model.sources import Sources
from covgate.rank.imports import Modules
from covgate.rank.nearest import TestFiles
from covgate.rank.plan.batches import Command, batches
from covgate.rank.plan.effort import fewest_functions, pieces, tests_of
from covgate.rank.plan.waves import Links, groups, linked

MOST_SHOWN = 30
"""Files whose nearest tests are looked for in the tests' sources, and whose source is kept to be shown."""


def no_command(_: tuple[str, ...]) -> str:
    """Nobody knows how the suite is run."""
    return ""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What is planned.

    Shape:  `target` holds for files of which `target_of` gives None; `command` gives, for paths of test files, what
            runs just those; `notes` are remarks on the ranking.
    Units:  targets in percent.
    """

    strategy: str = "impact"
    target: Fraction = Fraction(50)
    target_of: Callable[[str], Fraction | None] = field(default=lambda _: None)
    command: Command = no_command
    notes: tuple[str, ...] = ()


def plan(
    gaps: Iterable[FileGap], snapshot: Snapshot, options: PlanOptions | None = None, sources: Sources | None = None
) -> Plan:
    """How to bring every file to its target, and what it buys.

    Shape:  `gaps` in the strategy's order; a file that is at its target already is not planned.
    Units:  the gains are exact: what coverage.py would report more if just those statements were covered.
    """
    options, sources = options or PlanOptions(), sources or Sources()
    chosen = planned(gaps, snapshot.line, options)
    work = _Work(snapshot, sources, options)
    files = [work.file(file, number < MOST_SHOWN) for number, file in enumerate(chosen)]
    return Plan(options.strategy, options.target, tuple(files), snapshot.line, work.waves(files), options.notes)


def planned(gaps: Iterable[FileGap], total: Ratio, options: PlanOptions) -> list[PlannedFile]:
    """The files below their targets, in the given order, with their gains.

    Shape:  `total` are the statements of all files.
    """
    found = []
    for gap in gaps:
        own = options.target_of(gap.path)
        target = options.target if own is None else own
        gain = gap.line.short_of(target)
        if gain:
            found.append(PlannedFile(gap, target, gain, Fraction(100 * gain, total.total)))
    return found


class _Work:
    """What closing the gaps takes: tests, where they belong, and in which sittings."""

    def __init__(self, snapshot: Snapshot, sources: Sources, options: PlanOptions) -> None:
        self._files = {file.path: file for file in snapshot.files}
        self._branches_known = snapshot.origin.has_branches
        self._sources = sources
        self._options = options
        self._modules = Modules(sources.paths)
        self._tests = TestFiles(sources, self._modules)

    def file(self, file: PlannedFile, is_shown: bool) -> PlannedFile:
        """The file with its functions, their tests, and where these belong."""
        functions = fewest_functions(file.gap, file.gain_lines)
        estimate = sum(piece.tests for piece in self._pieces(replace(file, functions=functions)))
        source = self._source(file.gap.path) if is_shown else ""
        return replace(
            file, functions=functions, estimate=estimate, tests=self._nearest(file.gap.path, is_shown), source=source
        )

    def _source(self, path: str) -> str:
        """The file's text, where it is the very text that was measured."""
        content, measured = self._sources.content(path), self._files.get(path)
        known = measured.sha256 if measured else None
        return self._sources.text(path) if known in (None, sha256(content).hexdigest()) else ""

    def _nearest(self, path: str, is_shown: bool) -> NearestTests | None:
        return self._tests.nearest(path, self._files.get(path), thorough=is_shown) if self._sources.files else None

    def _pieces(self, file: PlannedFile) -> list[Piece]:
        path = file.gap.path
        found: list[Piece] = []
        for function in file.functions:
            tests = tests_of(function, self._files.get(path), branches_known=self._branches_known)
            found += pieces(path, function, tests)
        return found

    def waves(self, files: Sequence[PlannedFile]) -> tuple[Wave, ...]:
        """All the work, what belongs together together."""
        links = self._links([file.gap.path for file in files])
        parts: Mapping[str, list[Piece]] = {file.gap.path: self._pieces(file) for file in files}
        return tuple(Wave(why, batches(group, parts, self._options.command)) for why, group in groups(files, links))

    def _links(self, paths: Sequence[str]) -> Links:
        return linked({path: self._modules.imports(path, self._sources.content(path)) for path in paths})
