"""Statements followed through a random edit, against the same statements told apart by tags of their lines."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.compare import compare
from covgate.model.comparison import Comparison, Known
from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head, Hunk
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Snapshot

ORIGIN = Origin("coverage.py")


@dataclass(frozen=True)
class Statement:
    """So many lines, each with a tag that nothing else bears; whether it ran, there and here; None where excluded."""

    tags: tuple[int, ...]
    ran: bool | None = True
    forks: bool = False


@dataclass(frozen=True)
class Edited:
    """A file as runs of statements: (there, here, same), where the same stand on both sides."""

    there: list[Statement]
    here: list[Statement]
    hunks: tuple[Hunk, ...]


@st.composite
def edits(draw: st.DrawFn) -> Edited:
    """Runs that stay alternate with runs of lines that are removed, added or replaced, which may cut statements up."""
    there: list[Statement] = []
    here: list[Statement] = []
    hunks: list[Hunk] = []
    tag, old, new = 0, 0, 0
    for _ in range(draw(st.integers(0, 5))):
        for _ in range(draw(st.integers(1, 4))):
            height, forks = draw(st.integers(1, 3)), draw(st.booleans())
            tags = tuple(range(tag, tag + height))
            tag += height
            sides = [draw(st.sampled_from([True, True, False, None])) for _ in range(2)]
            there.append(Statement(tags, sides[0], forks))
            cut = draw(st.sampled_from(["keep", "keep", "keep", "shorten", "lengthen"]))
            if cut == "shorten" and height > 1:  # its last line goes
                here.append(Statement(tags[:-1], sides[1], forks))
                hunks.append(Hunk(old + height, 1, new + height - 1, 0))
                old, new = old + height, new + height - 1
            elif cut == "lengthen" and height > 1:  # a line comes before its last one
                here.append(Statement((*tags[:-1], tag, tags[-1]), sides[1], forks))
                hunks.append(Hunk(old + height - 1, 0, new + height, 1))
                tag += 1
                old, new = old + height, new + height + 1
            else:
                here.append(Statement(tags, sides[1], forks))
                old, new = old + height, new + height
        removed, added = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        there += [Statement((tag + n,), draw(st.booleans())) for n in range(removed)]
        here += [Statement((tag + removed + n,), draw(st.booleans())) for n in range(added)]
        tag += removed + added
        if removed or added:
            hunks.append(Hunk(old + bool(removed), removed, new + bool(added), added))
        old, new = old + removed, new + added
    return Edited(there, here, tuple(hunks))


def placed(statements: list[Statement]) -> list[tuple[int, Statement]]:
    """Each statement with its first line."""
    lines = [1]
    for statement in statements:
        lines.append(lines[-1] + len(statement.tags))
    return list(zip(lines, statements, strict=False))


def coverage(path: str, statements: list[Statement]) -> FileCoverage:
    at = placed(statements)
    return FileCoverage(
        path,
        statements=LineSet.of(line for line, one in at if one.ran is not None),
        executed=LineSet.of(line for line, one in at if one.ran),
        excluded=LineSet.of(line for line, one in at if one.ran is None),
        spans=tuple((line, line + len(one.tags) - 1) for line, one in at if len(one.tags) > 1),
        branches=tuple(
            Branch(line, 2, () if one.ran else (MissedArc(line, -1, "never"),))
            for line, one in at
            if one.forks and one.ran is not None
        ),
    )


def compared(edited: Edited, *, renamed: bool) -> Comparison:
    before, now = ("old.py", "new.py") if renamed else ("a.py", "a.py")
    kind = ChangeKind.RENAMED if renamed else ChangeKind.MODIFIED
    changes = (FileChange(now, kind, edited.hunks, before if renamed else None),) if edited.hunks or renamed else ()
    diff = Diff(Base("b" * 40, "given"), Head("a" * 40), changes)
    head = Snapshot((coverage(now, edited.here),), ORIGIN)
    return compare(diff, head, Known(Snapshot((coverage(before, edited.there),), ORIGIN), "b" * 40, "data branch"))


def expected(edited: Edited) -> tuple[set[int], set[int]]:
    """Lines lost and gained, by the tags: a statement is the same where all of its lines are."""
    past = {one.tags: one.ran for one in edited.there}
    both = [(line, past[one.tags], one.ran) for line, one in placed(edited.here) if one.tags in past]
    lost = {line for line, then, now in both if then is True and now is False}
    return lost, {line for line, then, now in both if then is False and now is True}


@settings(max_examples=200, deadline=None)
@given(edits(), st.booleans())
def test_lost_and_gained_are_those_of_the_statements_whose_lines_are_all_the_same(
    edited: Edited, renamed: bool
) -> None:
    moved = compared(edited, renamed=renamed).indirect
    found = (set(moved[0].lost), set(moved[0].gained)) if moved else (set(), set())
    assert found == expected(edited)


@settings(max_examples=200, deadline=None)
@given(edits(), st.booleans())
def test_every_statement_is_in_one_part_and_the_steps_add_up(edited: Edited, renamed: bool) -> None:
    comparison = compared(edited, renamed=renamed)
    (trace,) = comparison.traces
    assert trace.now
    assert trace.before
    assert disjoint(trace.written, trace.others, trace.kept) <= set(trace.now.statements)
    assert disjoint(trace.kept_before, trace.deleted, trace.rewritten, trace.gone) <= set(trace.before.statements)
    assert len(trace.kept) == len(trace.kept_before)
    assert comparison.movements
    for movement in (comparison.movements.line, comparison.movements.branch):
        steps = (movement.elsewhere, movement.deletions, movement.written)
        known = [step for step in steps if step is not None]
        assert len(known) < 3 or sum(known) == movement.points


def disjoint(*parts: LineSet) -> set[int]:
    together = set().union(*map(set, parts))
    assert len(together) == sum(map(len, parts))
    return together


@settings(max_examples=100, deadline=None)
@given(edits())
def test_what_is_written_is_what_the_change_covers_and_what_it_shortened(edited: Edited) -> None:
    comparison = compared(edited, renamed=False)
    (trace,) = comparison.traces
    changed = comparison.coverage.files[0].statements if comparison.coverage.files else LineSet()
    tags = {one.tags[0]: one.tags for one in edited.there if one.ran is not None}
    shortened = {
        line
        for line, one in placed(edited.here)
        if one.ran is not None and one.tags[0] in tags and len(one.tags) < len(tags[one.tags[0]])
    }
    assert set(trace.written) == set(changed) | shortened


@settings(max_examples=100, deadline=None)
@given(edits())
def test_with_the_change_alone_nothing_is_elsewhere_but_lost_gained_and_exclusions(edited: Edited) -> None:
    same = Edited(
        edited.there,
        [
            Statement(
                one.tags, next((then.ran for then in edited.there if then.tags[0] == one.tags[0]), one.ran), one.forks
            )
            for one in edited.here
        ],
        edited.hunks,
    )
    comparison = compared(same, renamed=False)
    assert not comparison.indirect
    assert comparison.movements
    kept = comparison.movements.line
    assert kept.drifted == Ratio(kept.before.covered, kept.before.total)
