"""Cover that moved in lines that the change did not write."""

from dataclasses import replace
from fractions import Fraction

from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Comparison, IndirectChange, Known
from covgate.model.diff import ChangeKind, FileChange, Hunk
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Snapshot

NONE = LineSet()


def compared(before: str, picture: str, since: tuple[FileChange, ...] | None = None) -> Comparison:
    head, diff = sketch(picture)
    behind = 0 if since is None else 3
    return compare(diff, head, Known(sketch(before).head, "0" * 40, "data branch", behind, since))


def moved(before: str, picture: str) -> list[tuple[str, str, str]]:
    """(path, lost, gained) of what moved elsewhere."""
    return [(one.path, str(one.lost), str(one.gained)) for one in compared(before, picture).indirect]


def with_digests(snapshot: Snapshot, digest: str) -> Snapshot:
    return replace(snapshot, files=tuple(replace(file, sha256=digest) for file in snapshot.files))


def test_lines_that_lost_and_gained_cover_in_an_untouched_file() -> None:
    comparison = compared("[a.py]\n .  x = 1\n !  y = 2", "[a.py]\n !  x = 1\n .  y = 2")
    assert comparison.indirect == (IndirectChange("a.py", LineSet.of([1]), LineSet.of([2])),)


def test_lines_are_those_of_the_head_where_the_change_moved_them() -> None:
    before = "[a.py]\n .  x = 1\n .  y = 2"
    picture = "[a.py]\n+.  new = 0\n+.  newer = 0\n .  x = 1\n !  y = 2"
    (one,) = compared(before, picture).indirect
    assert (one.lost, one.changed) == (LineSet.of([4]), True)


def test_a_rewritten_line_is_the_changes_own_and_neither_lost_nor_gained() -> None:
    assert moved("[a.py]\n .  x = 1\n !  y = 2", "[a.py]\n~!  x = 2\n~.  y = 3") == []


def test_a_renamed_file_is_followed_and_says_what_it_was() -> None:
    (one,) = compared("[old.py]\n .  x = 1", "[new.py] was old.py\n !  x = 1").indirect
    assert (one.path, one.was, one.lost) == ("new.py", "old.py", LineSet.of([1]))


def test_a_statement_over_several_lines_is_the_same_only_where_all_of_its_lines_are() -> None:
    before = "[a.py]\n .  x = f(\n |      1)\n .  y = f(\n |      2)"
    assert moved(before, "[a.py]\n !  x = f(\n |      1)\n !  y = f(\n~|      3)") == [("a.py", "1", "")]
    assert moved(before, "[a.py]\n !  x = f(\n+|      0,\n |      1)\n !  y = f(\n |      2)") == [("a.py", "4", "")]


def test_code_below_a_pragma_that_goes_or_comes_is_neither_lost_nor_gained() -> None:
    covered = "[a.py]\n .  def f():\n .      return 1\n .  x = 2"
    excluded = "[a.py]\n x  def f():  # pragma: no cover\n x      return 1\n .  x = 2"
    assert moved(covered, excluded.replace(" x  def", "~x  def")) == []
    assert moved(excluded, covered.replace(" .  def", "~.  def").replace(" .      ret", " !      ret")) == []


def test_a_changed_decorator_leaves_the_body_where_it_was() -> None:
    before = "[a.py]\n .  @old\n .  def f():\n .      return 1"
    assert moved(before, "[a.py]\n~.  @new\n .  def f():\n !      return 1") == [("a.py", "3", "")]


def test_new_and_deleted_files_move_nothing_elsewhere() -> None:
    comparison = compared("[old.py]\n .  x = 1", "[old.py] deleted\n[new.py]\n+!  y = 1")
    assert comparison.indirect == ()
    assert [file.path for file in comparison.deleted] == ["old.py"]
    assert comparison.vanished == ()


def test_a_file_that_nobody_measures_any_more_has_vanished() -> None:
    comparison = compared("[a.py]\n .  x = 1\n[b.py]\n .  y = 1", "[a.py]\n .  x = 1")
    assert [file.path for file in comparison.vanished] == ["b.py"]
    assert comparison.deleted == ()


def test_a_renamed_file_that_nobody_measures_any_more_has_vanished() -> None:
    comparison = compared("[b.py]\n .  y = 1", "[lib/b.py] was b.py")
    assert [file.path for file in comparison.vanished] == ["b.py"]


def test_a_file_that_differs_though_nothing_changed_in_it_is_not_compared_line_by_line() -> None:
    head, diff = sketch("[version.py]\n !  x = 1\n .  y = 2")
    base = with_digests(sketch("[version.py]\n .  x = 1\n .  y = 2").head, "a" * 64)
    comparison = compare(diff, with_digests(head, "b" * 64), Known(base, diff.base.sha, "data branch"))
    assert (comparison.indirect, comparison.unmapped) == ((), ("version.py",))
    assert comparison.movements
    assert comparison.movements.line.elsewhere == -50


def test_without_digests_an_unchanged_file_is_taken_for_the_same() -> None:
    assert compared("[a.py]\n .  x = 1", "[a.py]\n !  x = 1").unmapped == ()


def test_what_other_commits_wrote_since_an_older_baseline_is_followed_and_not_the_changes() -> None:
    theirs = FileChange("a.py", ChangeKind.MODIFIED, (Hunk(0, 0, 1, 2),))
    comparison = compared(
        "[a.py]\n .  x = 1\n .  y = 2", "[a.py]\n .  p = 0\n !  q = 0\n .  x = 1\n !  y = 2", (theirs,)
    )
    (one,) = comparison.indirect
    assert (one.lost, one.changed) == (LineSet.of([4]), False)
    (trace,) = comparison.traces
    assert (trace.written, trace.others) == (NONE, LineSet.of([1, 2]))


def test_a_file_that_was_renamed_before_the_base_is_followed_from_an_older_baseline() -> None:
    renamed = FileChange("new.py", ChangeKind.RENAMED, old_path="old.py")
    comparison = compared("[old.py]\n .  x = 1", "[new.py]\n !  x = 1", (renamed,))
    assert comparison.indirect[0].was == "old.py"
    assert (comparison.files[0].was, comparison.files[0].changed) == ("old.py", False)
    assert comparison.deleted == ()


def test_a_hunk_that_the_change_shares_with_other_commits_is_its_own() -> None:
    picture = "[a.py]\n .  x = 1\n+.  mine = 1\n .  theirs = 1\n .  y = 2"
    since = (FileChange("a.py", ChangeKind.MODIFIED, (Hunk(2, 1, 2, 2),)),)
    (trace,) = compared("[a.py]\n .  x = 1\n .  gone = 0\n .  y = 2", picture, since).traces
    assert (trace.written, trace.rewritten, trace.others) == (LineSet.of([2]), LineSet.of([2]), LineSet.of([3]))


def test_the_total_moves_in_three_steps() -> None:
    before = "[a.py]\n .  x = 1\n .  y = 2\n[b.py]\n .  z = 1\n .  v = 2\n[old.py]\n .  w = 1"
    picture = "[a.py]\n~!  x = 3\n .  y = 2\n[b.py]\n .  z = 1\n !  v = 2\n[old.py] deleted"
    moves = compared(before, picture).movements
    assert moves
    line = moves.line
    assert (line.before, line.drifted, line.pruned, line.now) == (Ratio(5, 5), Ratio(4, 5), Ratio(3, 4), Ratio(2, 4))
    assert [line.elsewhere, line.deletions, line.written] == [Fraction(-20), Fraction(-5), Fraction(-25)]
    assert line.points == -50


def test_branches_move_with_the_line_that_they_leave() -> None:
    before = "[a.py]\n .  if x:\n .      y = 1\n .  while y:\n .      y = 0"
    picture = "[a.py]\n~?  if z:\n .      y = 1\n ?  while y:\n .      y = 0"
    moves = compared(before, picture).movements
    assert moves
    assert [moves.branch.elsewhere, moves.branch.written] == [Fraction(-25), Fraction(-25)]


def test_without_a_baseline_nothing_moved() -> None:
    head, diff = sketch("[a.py]\n+.  x = 1")
    known = Known(Snapshot((), head.origin), diff.base.sha, "data branch")
    comparison = compare(diff, head, known)
    assert comparison.movements
    assert comparison.movements.line.points is None
    assert comparison.indirect == ()
