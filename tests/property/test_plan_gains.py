"""The plan's gains are what coverage.py would report more, if just those statements were covered."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rank.plan.values import function, gap_of, snapshot

from covgate.model.lines import LineSet
from covgate.model.plan import FileGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Snapshot
from covgate.rank.plan import PlanOptions, plan

TARGETS = st.fractions(min_value=0, max_value=100, max_denominator=20)


@st.composite
def files(draw: st.DrawFn, path: str) -> FileCoverage:
    """A file with any statements, some of which ran and some of which fork."""
    statements = draw(st.sets(st.integers(1, 60), max_size=40))
    executed = {line for line in sorted(statements) if draw(st.booleans())}
    forks = [line for line in sorted(statements) if draw(st.integers(0, 3)) == 0]
    branches = tuple(Branch(line, 2, (MissedArc(line, line + 1, ""),)) for line in forks)
    return FileCoverage(path, LineSet.of(statements), LineSet.of(executed), branches=branches)


PROJECTS = st.tuples(*(files(path) for path in ("a.py", "shop/b.py", "shop/c.py", "d.py")))


def gaps(project: tuple[FileCoverage, ...]) -> list[FileGap]:
    """The files' gaps, each missed run of lines a function of its own."""
    lacking = [file for file in project if file.missed]
    return [
        gap_of(file, [function(f"f{n}", LineSet((pair,))) for n, pair in enumerate(file.missed.ranges)])
        for file in lacking
    ]


@given(PROJECTS, TARGETS)
def test_gains_are_the_difference_that_covering_so_many_statements_makes(
    project: tuple[FileCoverage, ...], target: Fraction
) -> None:
    before = snapshot(*project)
    made = plan(gaps(project), before, PlanOptions(target=target))
    gained = {file.gap.path: file.gain_lines for file in made.files}
    after = Snapshot(tuple(covered(file, gained.get(file.path, 0)) for file in before.files), before.origin)
    assert made.after == after.line
    assert made.gain_lines == after.line.covered - before.line.covered
    assert made.gain_points == points(after.line) - points(before.line)
    assert [file.after for file in made.files] == [of(after, file.gap.path) for file in made.files]


@given(PROJECTS, TARGETS)
def test_every_planned_file_reaches_its_target_and_not_with_a_statement_less(
    project: tuple[FileCoverage, ...], target: Fraction
) -> None:
    made = plan(gaps(project), snapshot(*project), PlanOptions(target=target))
    for file in made.files:
        assert file.after.short_of(target) == 0
        assert Ratio(file.after.covered - 1, file.after.total).short_of(target) == 1
        assert sum(len(one.missed) for one in file.functions) >= file.gain_lines


@given(PROJECTS, TARGETS)
def test_waves_hold_every_planned_function_once_in_batches_of_at_most_twenty_tests(
    project: tuple[FileCoverage, ...], target: Fraction
) -> None:
    made = plan(gaps(project), snapshot(*project), PlanOptions(target=target))
    batches = [batch for wave in made.waves for batch in wave.batches]
    held = [(piece.path, piece.function) for batch in batches for piece in batch.pieces]
    assert sorted(held) == sorted((file.gap.path, one.name) for file in made.files for one in file.functions)
    assert all(0 < batch.tests <= 20 for batch in batches)
    assert made.tests == sum(batch.tests for batch in batches)


def covered(file: FileCoverage, statements: int) -> FileCoverage:
    """The file with so many more of its statements run."""
    return replace(file, executed=file.executed | LineSet.of(list(file.missed)[:statements]))


def points(ratio: Ratio) -> Fraction:
    return ratio.percent or Fraction(0)


def of(project: Snapshot, path: str) -> Ratio:
    file = project.file(path)
    assert file is not None
    return file.line
