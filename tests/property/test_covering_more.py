"""Diff coverage of random pictures."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sketch import sketch

from covgate.compare import diff_coverage
from covgate.model.comparison import DiffCoverage

Row = tuple[str, str]
rows = st.lists(st.tuples(st.sampled_from(" +~"), st.sampled_from(".!?|x-")), min_size=1, max_size=25)


def coverage(picture: list[Row]) -> DiffCoverage:
    lines = "\n".join(f"{change}{cover}  {'if x:' if cover == '?' else 'x = 1'}" for change, cover in picture)
    head, diff = sketch(f"[a.py]\n{lines}\n")
    return diff_coverage(head, diff)


def statements(picture: list[Row]) -> dict[int, tuple[str, bool]]:
    """By the line it begins on, each statement's mark and whether any of its lines changed."""
    found: dict[int, tuple[str, bool]] = {}
    first = 0
    for number, (change, cover) in enumerate(picture, 1):
        changed = change != " "
        if cover != "|":
            first = number
            found[number] = (cover, changed)
        elif first:
            found[first] = (found[first][0], found[first][1] or changed)
    return {line: mark for line, mark in found.items() if mark[0] in ".!?"}


@settings(deadline=None)
@given(rows)
def test_a_statement_counts_exactly_when_one_of_its_lines_changed(picture: list[Row]) -> None:
    changed = {line: mark for line, (mark, is_changed) in statements(picture).items() if is_changed}
    files = coverage(picture).files
    assert {line for file in files for line in file.statements} == set(changed)
    assert {line for file in files for line in file.missed} == {line for line, mark in changed.items() if mark == "!"}
    assert all(not file.beyond or all(picture[line - 1][0] == " " for line in file.beyond) for file in files)


@settings(deadline=None)
@given(rows, st.data())
def test_covering_more_never_lowers_diff_coverage(picture: list[Row], data: st.DataObject) -> None:
    missed = [index for index, (_, cover) in enumerate(picture) if cover == "!"]
    closed = data.draw(st.sets(st.sampled_from(missed)) if missed else st.just(set[int]()))
    better = [(change, "." if index in closed else cover) for index, (change, cover) in enumerate(picture)]
    before, after = coverage(picture), coverage(better)
    assert after.line.total == before.line.total
    assert after.line.covered >= before.line.covered
    assert after.branch.missed <= before.branch.missed
