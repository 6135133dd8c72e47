"""Components and the rest are the whole, to the statement."""

from hypothesis import given
from hypothesis import strategies as st

from covgate.compare.deltas import compare
from covgate.compare.narrowing import narrowed
from covgate.model.comparison import Comparison, Known
from covgate.model.component import REST, ComponentRoot, ComponentRoots
from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head, Hunk
from covgate.model.lines import LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Snapshot

FOLDERS = ("", "a/", "a/b/", "a/b/c/", "ab/", "d/")
PATHS = tuple(f"{folder}{name}.py" for folder in FOLDERS for name in "xy")
DIRECTORIES = (".", "a", "a/b", "a/b/c", "ab", "d")
ORIGIN = Origin("coverage.py", "7.17.3", "3.14.0")

lines = st.sets(st.integers(1, 6), max_size=6).map(LineSet.of)


@st.composite
def files(draw: st.DrawFn, path: str) -> FileCoverage:
    statements, ran = draw(lines), draw(lines)
    branches = tuple(Branch(line, 2, (MissedArc(line, line + 1, ""),) * draw(st.integers(0, 2))) for line in statements)
    return FileCoverage(path, statements, statements & ran, branches=branches)


@st.composite
def change(draw: st.DrawFn, path: str, free: set[str]) -> FileChange:
    old_path = draw(st.sampled_from([None, *sorted(free)]))
    free.discard(old_path or "")
    first, count = draw(st.integers(1, 6)), draw(st.integers(0, 6))
    hunks = (Hunk(first, 0, first, count),) if count else ()
    return FileChange(path, ChangeKind.RENAMED if old_path else ChangeKind.MODIFIED, hunks, old_path)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    here = sorted(draw(st.sets(st.sampled_from(PATHS))))
    gone = set(PATHS) - set(here)
    seen = [draw(files(path)) for path in here]
    cut = draw(st.integers(0, len(seen)))
    changes = [draw(change(path, gone)) for path in here if draw(st.booleans())]
    changes += [FileChange(path, ChangeKind.DELETED) for path in sorted(gone) if draw(st.booleans())]
    diff = Diff(Base("b" * 40, "given"), Head(None), tuple(sorted(changes, key=lambda file: file.path)))
    before = tuple(draw(files(path)) for path in PATHS if draw(st.booleans()))
    head = Snapshot(tuple(seen[:cut]), ORIGIN, unmeasured=tuple(seen[cut:]))
    return compare(diff, head, Known(Snapshot(before, ORIGIN), "b" * 40, "data branch"))


@st.composite
def all_roots(draw: st.DrawFn) -> ComponentRoots:
    chosen = draw(st.lists(st.sampled_from(DIRECTORIES), unique=True))
    return ComponentRoots(
        tuple(
            ComponentRoot(f"c{number}", path, draw(st.sampled_from([path, f"was/{path}"])), draw(st.booleans()))
            for number, path in enumerate(chosen)
        )
    )


def total(parts: list[Ratio]) -> Ratio:
    return sum(parts, NOTHING)


@given(comparisons(), all_roots())
def test_components_and_the_rest_are_the_whole_to_the_statement(whole: Comparison, roots: ComponentRoots) -> None:
    parts = [narrowed(whole, name, roots) for name in (*(root.name for root in roots.roots), REST)]
    assert total([part.head.line for part in parts]) == whole.head.line
    assert total([part.head.branch for part in parts]) == whole.head.branch
    assert total([part.coverage.line for part in parts]) == whole.coverage.line
    assert total([part.coverage.branch for part in parts]) == whole.coverage.branch
    assert sorted(file.now.path for part in parts for file in part.files) == [file.now.path for file in whole.files]


@given(comparisons(), all_roots())
def test_every_file_of_the_baseline_is_in_some_component_or_in_the_rest(
    whole: Comparison, roots: ComponentRoots
) -> None:
    parts = [narrowed(whole, name, roots) for name in (*(root.name for root in roots.roots), REST)]
    assert isinstance(whole.baseline, Known)
    known = {file.path for part in parts if isinstance(part.baseline, Known) for file in part.baseline.snapshot.files}
    assert known == {file.path for file in whole.baseline.snapshot.files}


@given(comparisons())
def test_a_component_of_the_whole_repository_is_the_whole(whole: Comparison) -> None:
    one = narrowed(whole, "all", ComponentRoots((ComponentRoot("all", ".", "."),)))
    assert (one.head, one.coverage.files, one.files) == (whole.head, whole.coverage.files, whole.files)
    assert one.diff == whole.diff
    assert one.baseline == whole.baseline
