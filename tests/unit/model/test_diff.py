from covgate.model.diff import ChangeKind, FileChange, Hunk
from covgate.model.lines import NO_LINES, LineSet

# old: 1 2 3 4 5 6        new: 1 A B 3 5 6 C
EDITS = FileChange("a.py", ChangeKind.MODIFIED, (Hunk(2, 1, 2, 2), Hunk(4, 1, 4, 0), Hunk(6, 0, 7, 1)))


def test_added_lines_are_the_heads_and_removed_lines_the_bases() -> None:
    assert EDITS.added == LineSet.of([2, 3, 7])
    assert EDITS.removed == LineSet.of([2, 4])


def test_a_line_of_the_base_is_found_in_the_head_unless_it_was_removed() -> None:
    assert [EDITS.new_line(line) for line in range(1, 7)] == [1, None, 4, None, 5, 6]


def test_a_rename_without_edits_keeps_every_line_where_it_was() -> None:
    moved = FileChange("b.py", ChangeKind.RENAMED, old_path="a.py")
    assert moved.new_line(17) == 17
    assert moved.added == NO_LINES


def test_lines_are_found_on_the_other_side_without_those_that_only_one_side_has() -> None:
    assert EDITS.forward(LineSet(((1, 6),))) == LineSet.of([1, 4, 5, 6])
    assert EDITS.backward(LineSet(((1, 9),))) == LineSet.of([1, 3, 5, 6, 7, 8])


def test_lines_above_a_file_that_grew_at_its_top_are_none() -> None:
    grown = FileChange("a.py", ChangeKind.MODIFIED, (Hunk(0, 0, 1, 3),))
    assert grown.forward(LineSet.of([1, 2])) == LineSet.of([4, 5])
    assert grown.backward(LineSet(((1, 5),))) == LineSet.of([1, 2])
