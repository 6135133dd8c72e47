"""No drop, beyond the rules' own examples."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.sketch import sketch

from covgate.compare import compare
from covgate.judge.drops import Parts, apart, drift_counts, drop_limit, net_deleted
from covgate.judge.example import TODAY, a_deletion, a_file, facts
from covgate.judge.rule import Facts
from covgate.model.comparison import Comparison, Known
from covgate.model.diff import ChangeKind, FileChange, Hunk
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.suite import NOT_RUN, Ending, Outcome, SuiteResult, TestCase
from covgate.model.trace import Trace
from covgate.model.verdict import RuleResult, Status


def compared(before: str, picture: str, *, base_tests: SuiteResult | None = None, **more: object) -> Comparison:
    """A change drawn as a picture against a base drawn as another one."""
    head, diff = sketch(picture)
    known = Known(sketch(before).head, diff.base.sha, "data branch", suite=base_tests)
    return compare(diff, head, replace(known, **more), NOT_RUN)  # type: ignore[arg-type]  # any field of Known


def no_drop(comparison: Comparison) -> RuleResult:
    return drop_limit("line", Fraction(0), Facts(comparison, NOT_RUN, TODAY))


def suite(*names: str, skipped: tuple[str, ...] = ()) -> SuiteResult:
    ran = [TestCase(name, Outcome.PASSED) for name in names]
    return SuiteResult(
        Ending.PASSED, cases=(*ran, *(TestCase(name, Outcome.SKIPPED) for name in skipped)), counted=True
    )


def test_missed_code_that_is_deleted_is_not_left_out_of_the_base() -> None:
    traces = facts(a_file(90, 90), base=a_file(90, 100), diff=(a_deletion(91, 10),)).comparison.traces
    parts = Parts.of(traces, "line")
    assert parts.removed == Ratio(0, 10)
    assert net_deleted(parts.removed, parts.written) == 0


def test_code_written_anew_stands_in_for_as_much_deleted_code() -> None:
    assert net_deleted(Ratio(50, 50), Ratio(20, 20)) == 30
    assert net_deleted(Ratio(20, 50), Ratio(0, 30)) == 0


def test_a_deleted_file_that_the_base_did_not_measure_takes_nothing() -> None:
    gone = facts(a_file(9, 10), base=a_file(9, 10), diff=(FileChange("docs/conf.py", ChangeKind.DELETED),))
    assert Parts.of(gone.comparison.traces, "line") == Parts(NOTHING, NOTHING, NOTHING, NOTHING)


def test_numbers_are_shown_with_as_many_decimals_as_tell_them_apart() -> None:
    assert apart(Fraction("88.876"), Fraction("88.871")) == ("88.876", "88.871")
    assert apart(Fraction(80), Fraction(80)) == ("80.00", "80.00")
    assert apart(Fraction(1, 10**9), Fraction(0)) == ("0.00000000", "0.00000000")


MODULE_AND_MORE = """
    [old.py]
     .  a = 1
     .  b = 2
     .  c = 3
    [kept.py]
     .  d = 4
     !  e = 5
"""


def test_deleting_a_covered_module_passes_though_the_total_falls_by_arithmetic() -> None:
    answer = no_drop(compared(MODULE_AND_MORE, "[old.py] deleted\n[kept.py]\n .  d = 4\n !  e = 5"))
    assert answer.status is Status.PASSED
    assert answer.ratio == Ratio(1, 2)
    assert "50.00 % at the base without the 3 covered statements that this change deletes" in answer.reason


def test_deleting_a_module_with_its_tests_and_those_of_untouched_lines_is_a_drop() -> None:
    picture = "[old.py] deleted\n[tests/test_old.py] deleted\n[kept.py]\n !  d = 4\n !  e = 5"
    answer = no_drop(compared(MODULE_AND_MORE, picture))
    assert (answer.status, answer.short) == (Status.FAILED, 1)


def test_replacing_covered_code_by_as_much_without_tests_is_a_drop() -> None:
    picture = "[old.py] deleted\n[new.py]\n+!  a = 1\n+!  b = 2\n+!  c = 3\n[kept.py]\n .  d = 4\n !  e = 5"
    answer = no_drop(compared(MODULE_AND_MORE, picture))
    assert (answer.status, answer.short) == (Status.FAILED, 3)


def test_a_statement_that_only_lost_a_line_is_neither_deleted_nor_a_drop() -> None:
    before = "[a.py]\n .  x = f(\n |      1,\n |      2)\n !  y = 2"
    answer = no_drop(compared(before, "[a.py]\n .  x = f(\n |      1,\n-       2)\n !  y = 2"))
    assert (answer.status, answer.ratio, answer.before) == (Status.PASSED, Ratio(1, 2), Ratio(1, 2))


def test_a_first_test_of_a_file_that_nobody_measured_is_no_drop() -> None:
    picture = "[a.py]\n .  x = 1\n[tests/test_b.py]\n+   import b\n[b.py]\n .  y = 2\n !  z = 3"
    answer = no_drop(compared("[a.py]\n .  x = 1", picture))
    assert answer.status is Status.PASSED
    assert answer.reason.endswith("all that fell is in files that this change does not touch")


def test_what_other_commits_wrote_since_an_older_baseline_is_no_drop_of_this_change() -> None:
    picture = "[mine.py]\n .  x = 1\n~.  y = 2\n[theirs.py]\n .  z = 3"
    others = FileChange("theirs.py", ChangeKind.MODIFIED, (Hunk(2, 0, 2, 2),))
    head, diff = sketch(picture)
    theirs = sketch("[theirs.py]\n .  z = 3\n !  v = 4\n !  w = 5").head.files[0]
    head = replace(head, files=(head.files[0], theirs))
    base = sketch("[mine.py]\n .  x = 1\n .  y = 1\n[theirs.py]\n .  z = 3").head
    known = Known(base, "0" * 40, "data branch", behind=2, since=(*diff.files, others))
    answer = no_drop(compare(diff, head, known, NOT_RUN))
    assert answer.status is Status.PASSED
    assert answer.ratio == Ratio(3, 5)
    own = compare(diff, head, replace(known, behind=0, since=None), NOT_RUN)
    assert [trace.paths[0] for trace in own.traces if trace.written] == ["mine.py"]


def test_a_test_that_was_skipped_in_another_file_is_the_changes_doing_only_where_the_base_itself_was_measured() -> None:
    head, diff = sketch("[a.py]\n !  x = 1\n[tests/test_a.py] added\n+   pass")
    before, now = suite("tests/test_b.py::test"), suite(skipped=("tests/test_b.py::test",))
    known = Known(sketch("[a.py]\n .  x = 1").head, diff.base.sha, "data branch", suite=before)
    assert drift_counts("auto", compare(diff, head, known, now))
    assert not drift_counts("auto", compare(diff, head, replace(known, behind=3, since=diff.files), now))


def test_a_rewritten_test_takes_cover_away_though_all_tests_have_their_names_still() -> None:
    head, diff = sketch("[a.py]\n !  x = 1\n[tests/test_a.py]\n    def test_a():\n-       f()\n+       pass")
    before = now = suite("tests/test_a.py::test_a")
    known = Known(sketch("[a.py]\n .  x = 1").head, diff.base.sha, "data branch", suite=before)
    assert drift_counts("auto", compare(diff, head, known, now))
    prepared = sketch("[a.py]\n !  x = 1\n[tests/conftest.py]\n-   f()")
    assert drift_counts("auto", compare(prepared.diff, prepared.head, known, now))


PREPARES = "because this change edits what prepares the tests"


@pytest.mark.parametrize(
    "edit",
    [
        "[conftest.py] added\n+   x = 1",
        "[tests/conftest.py] added\n+   x = 1",
        "[pyproject.toml]\n    a = 1\n+   p = 2",
    ],
)
def test_what_can_let_all_tests_pass_unrun_takes_cover_away_with_lines_that_it_adds(edit: str) -> None:
    before = now = suite("tests/test_a.py::test_a")
    head, diff = sketch(f"[a.py]\n !  x = 1\n{edit}")
    known = Known(sketch("[a.py]\n .  x = 1").head, diff.base.sha, "data branch", suite=before)
    assert drift_counts("auto", compare(diff, head, known, now)) == PREPARES


def test_one_line_that_keeps_others_of_its_file_from_running_is_a_drop_of_all_of_them() -> None:
    answer = no_drop(compared("[a.py]\n .  x = 1\n .  y = 2\n .  z = 3", "[a.py]\n~.  return\n !  y = 2\n !  z = 3"))
    assert (answer.status, answer.short) == (Status.FAILED, 2)


def test_where_nobody_knows_the_tests_a_change_that_edits_some_takes_tests_away_and_a_new_file_takes_none() -> None:
    before, now = "[a.py]\n .  x = 1", "[a.py]\n !  x = 1\n[tests/test_a.py]"
    assert drift_counts("auto", compared(before, f"{now} deleted"))
    assert drift_counts("auto", compared(before, f"{now}\n    def test_a():\n-       f()"))
    assert drift_counts("auto", compared(before, f"{now}\n    def test_a():\n+       return"))
    assert not drift_counts("auto", compared(before, f"{now} added\n+   def test_a():\n+       f()"))


def test_a_file_that_vanished_is_neither_written_nor_deleted() -> None:
    (trace,) = compared("[a.py]\n .  x = 1", "[README.md]\n+   words").traces
    assert trace == Trace(before=sketch("[a.py]\n .  x = 1").head.files[0])
    assert trace.vanished
