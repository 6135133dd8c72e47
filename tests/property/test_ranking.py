"""What holds for every project that is ranked."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.model.activity import Activity, FileActivity
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Region, Snapshot
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.functions import Joiner, function_gaps
from covgate.rank.project import all_strategies

ORIGIN = Origin("coverage.py")
LINES = st.sets(st.integers(1, 40), min_size=1)


@st.composite
def files(draw: st.DrawFn, path: str = "a.py") -> FileCoverage:
    """A file of up to 40 lines with functions of five lines, some statements missed, some excluded."""
    statements = draw(LINES)
    executed = {line for line in statements if draw(st.booleans())}
    excluded = draw(st.sets(st.integers(1, 40))) - statements
    ends = {line: draw(st.integers(0, 2)) for line in statements}
    spans = [(line, line + more) for line, more in sorted(ends.items()) if more and free(line, more, statements)]
    branches = tuple(
        Branch(line, 2, (MissedArc(line, line + 1, "`if x` never True"),) if draw(st.booleans()) else ())
        for line in sorted(statements)[::3]
    )
    starts = draw(st.sets(st.sampled_from(range(1, 37, 6))))
    regions = tuple(Region("function", f"f{n}", n, LineSet(((n + 1, n + 5),))) for n in sorted(starts))
    counted = LineSet.of(statements), LineSet.of(executed), LineSet.of(excluded)
    return FileCoverage(path, *counted, disjoint(spans), branches, regions)


def free(line: int, more: int, statements: set[int]) -> bool:
    return not statements & set(range(line + 1, line + more + 1))


def disjoint(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for first, last in spans:
        if not kept or first > kept[-1][1]:
            kept.append((first, last))
    return tuple(kept)


@st.composite
def projects(draw: st.DrawFn) -> tuple[tuple[FileCoverage, ...], Evidence]:
    paths = sorted(draw(st.sets(st.sampled_from(["a.py", "b.py", "app/views.py", "app/c.py", "app/d.py"]), min_size=1)))
    activity = {path: FileActivity(draw(st.integers(0, 5)), draw(st.integers(5, 50)), 1) for path in paths[::2]}
    return tuple(draw(files(path)) for path in paths), Evidence(activity=Activity(activity), layers=("views",))


@settings(max_examples=60)
@given(projects(), st.randoms(use_true_random=False), st.sampled_from(sorted(all_strategies())))
def test_the_order_does_not_depend_on_the_order_of_the_files(
    project: tuple[tuple[FileCoverage, ...], Evidence], chance: Random, strategy: str
) -> None:
    given_files, evidence = project
    shuffled = list(given_files)
    chance.shuffle(shuffled)
    options = RankOptions(strategy)
    one = rank_project(Snapshot(given_files, ORIGIN), evidence, options)
    assert rank_project(Snapshot(tuple(shuffled), ORIGIN), evidence, options) == one
    assert len({gap.path for gap in one}) == len(one)


@settings(max_examples=60)
@given(projects(), st.data())
def test_covering_a_file_never_raises_its_place_in_impact(
    project: tuple[tuple[FileCoverage, ...], Evidence], data: st.DataObject
) -> None:
    given_files, evidence = project
    before = [gap.path for gap in rank_project(Snapshot(given_files, ORIGIN), evidence)]
    chosen = data.draw(st.sampled_from(given_files))
    more = LineSet.of(data.draw(st.sets(st.sampled_from(sorted(chosen.statements)))))
    covered = replace(chosen, executed=chosen.executed | more)
    after = [
        gap.path
        for gap in rank_project(
            Snapshot(tuple(covered if one is chosen else one for one in given_files), ORIGIN), evidence
        )
    ]
    if chosen.path in before and chosen.path in after:
        ahead = [path for path in before[: before.index(chosen.path)] if path in after]
        assert after.index(chosen.path) >= len(ahead)


@settings(max_examples=150)
@given(files())
def test_functions_together_hold_all_that_is_missed_once(file: FileCoverage) -> None:
    gaps, _ = function_gaps(file)
    assert sorted(line for gap in gaps for line in gap.missed) == list(file.missed)
    partial = [arc for branch in file.branches if branch.line in file.executed for arc in branch.missed]
    assert sorted(arc.line for gap in gaps for arc in gap.partial) == [arc.line for arc in partial]
    assert all(gap.of.missed == len(gap.missed) for gap in gaps)


@settings(max_examples=150)
@given(files())
def test_shown_lines_are_the_missed_statements_joined_where_nothing_counts_between(file: FileCoverage) -> None:
    ends = dict(file.spans)
    whole = LineSet.spanning((line, ends.get(line, line)) for line in file.missed)
    between = LineSet(((1, 60),)) - ((file.statements | file.excluded) - file.missed)
    assert Joiner(file).shown(list(file.missed)) == whole.joined(between)
