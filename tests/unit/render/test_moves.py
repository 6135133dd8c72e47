"""How what moved since the baseline is told."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.golden import moves
from tests.golden.moves import MOVES, deleted_files, drop_failed, lost_elsewhere, with_baseline

from covgate.model.comparison import ChangedTests, Reach, SuiteDelta
from covgate.model.diff import ChangeKind
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.render import changed_tests
from covgate.render.formats import comment, summary
from covgate.render.headline import headline, next_step
from covgate.render.indirect import MOST_FILES, deleted_section, gained_section, lost_section, moved_section
from covgate.render.prose import Prose


def words(told: Prose) -> str:
    return "".join(piece.text for piece in told).replace("\N{NO-BREAK SPACE}", " ")


def moved(report: Report) -> str:
    return " ".join(words(text) for text in moved_section(report).text)


def test_a_change_that_moved_only_its_own_lines_says_nothing_of_others() -> None:
    report = with_baseline()
    sections = (moved_section(report), lost_section(report, full=False), deleted_section(report, full=False))
    assert all(section.empty for section in (*sections, gained_section(report, full=True)))
    assert len(comment.render(report).splitlines()) == 6, "marker, headline, a line of numbers, the foot"


def test_the_total_s_movement_is_told_apart_and_what_is_shown_adds_up() -> None:
    assert moved(drop_failed()) == (
        "Project lines ▼ 3.82: ▲ 0.06 in lines that this change wrote, ▼ 2.93 by code that it deletes, "
        "▼ 0.95 in lines that it did not write."
    )
    assert "did not write" not in moved(deleted_files())


def test_lost_lines_are_folded_where_the_gate_passed_and_open_where_it_failed_by_them() -> None:
    assert lost_section(lost_elsewhere(), full=False).folded
    failed = lost_section(drop_failed(), full=False)
    assert not failed.folded
    assert words(failed.title) == "Lost elsewhere: 7 lines in 3 files that this change did not touch"


def test_lost_lines_stand_beside_the_tests_that_are_gone() -> None:
    told = " ".join(map(words, lost_section(drop_failed(), full=False).text))
    assert told.startswith("Tests removed (4): tests/test_export.py::test_csv, ")
    assert "Removed" not in " ".join(
        map(words, changed_tests.tests_section(drop_failed(), full=False, timed=False).text)
    )


def test_many_removed_tests_are_counted_not_listed() -> None:
    report = drop_failed()
    delta = SuiteDelta(removed=tuple(f"tests/test_a.py::test_{n:04}" for n in range(3000)))
    many = replace(report, comparison=replace(report.comparison, tests=delta))
    (told,) = map(words, lost_section(many, full=False).text)
    assert told.endswith("::test_0004 and 2,995 more.")


def test_lines_lost_in_a_file_that_the_change_touches_are_not_said_to_be_untouched() -> None:
    report = lost_elsewhere()
    first, *others = report.comparison.indirect
    touched = (replace(first, changed=True), *others)
    title = lost_section(replace(report, comparison=replace(report.comparison, indirect=touched)), full=False).title
    assert words(title) == "Lost elsewhere: 7 lines that this change did not write, in 3 files"


def test_files_that_differ_though_nobody_changed_them_are_named() -> None:
    report = lost_elsewhere()
    unmapped = replace(report.comparison, unmapped=("src/shop/_version.py",))
    told = " ".join(map(words, lost_section(replace(report, comparison=unmapped), full=False).text))
    said = "Not compared, because they differ and nobody changed them (1): "
    assert f"{said}src/shop/_version.py." in told
    quiet = with_baseline()
    quiet = replace(quiet, comparison=replace(quiet.comparison, unmapped=("src/shop/_version.py",)))
    assert said in summary.render(quiet)
    assert said not in comment.render(quiet), "a generated file differs each time"


def test_short_reports_show_a_few_files_and_full_ones_all() -> None:
    report = lost_elsewhere()
    many = tuple(replace(report.comparison.indirect[0], path=f"src/m{n}.py") for n in range(60))
    wide = replace(report, comparison=replace(report.comparison, indirect=many))
    assert lost_section(wide, full=False).most == MOST_FILES
    assert lost_section(wide, full=True).most is None
    assert "and 35 more files" in comment.render(wide)


def test_of_a_failing_run_nothing_is_told_to_have_moved() -> None:
    report = drop_failed()
    broken = replace(report, verdict=Verdict(Conclusion.ERROR, report.verdict.results))
    assert "elsewhere" not in comment.render(broken)
    assert "Deleted files" not in summary.render(broken)


def test_a_fall_that_is_not_the_change_s_doing_is_not_shown_below_what_is_required() -> None:
    told = comment.render(lost_elsewhere())
    assert "Project lines against the base 83.33 % ▼ 0.91 (not by this change)" in told
    assert "| 96.10&nbsp;% · 74&nbsp;of&nbsp;77 statements | not by this change |" in summary.render(lost_elsewhere())


def failing(rule: RuleResult) -> Report:
    report = lost_elsewhere()
    return replace(report, verdict=Verdict(Conclusion.FAILED, (rule,)))


def test_lost_lines_beyond_their_limit_say_what_to_do() -> None:
    reason = "7 statements that this change did not write ran at the base and no longer do; 0 allowed"
    report = failing(RuleResult("drop.indirect", "Lost elsewhere", Status.FAILED, reason, short=7, unit=""))
    assert words(headline(report)) == f"Lost elsewhere: {reason}"
    assert words(next_step(report)[0]).startswith("Next: test the lines under “Lost elsewhere” again")
    assert not lost_section(report, full=False).folded


def test_a_fallen_file_and_group_are_named_in_the_headline() -> None:
    results = [rule for rule in drop_failed().verdict.results if rule.id == "groups.drop"]
    group = "1 statement short: the lines of group critical fell to 96.10 %, 97.41 % is required"
    assert words(headline(failing(results[0]))) == group
    file = replace(results[0], id="file.drop", label="File against the base", subject="src/a.py")
    assert "the lines of src/a.py fell to" in words(headline(failing(file)))


def title_of(report: Report, *, timed: bool) -> str:
    return words(changed_tests.tests_section(report, full=False, timed=timed).title)


def test_the_tests_are_counted_in_the_title_with_their_time_where_it_may_differ() -> None:
    told = "Tests: 49 passed, 1 skipped, 7 added, 1 removed, 1 newly skipped, 1 newly slow"
    assert title_of(moves.tests_changed(), timed=False) == told
    assert title_of(moves.tests_changed(), timed=True) == f"{told}, 12.4 s"


def test_each_changed_file_of_tests_says_how_to_run_it() -> None:
    rows = [words(row[0]) for row in changed_tests.tests_section(moves.tests_changed(), full=False, timed=False).rows]
    assert rows[0] == "tests/test_cart.py: 1 added, 1 removed, 1 newly skipped; run it by pytest tests/test_cart.py"
    assert "tests/unit/test_prices.py was tests/test_prices.py: moved; " in rows[2]


def test_without_the_base_s_tests_a_changed_file_is_only_said_to_be_edited() -> None:
    report = with_baseline()
    edited = (ChangedTests("tests/test_a.py", ChangeKind.MODIFIED, command="pytest tests/test_a.py"),)
    unknown = replace(report.comparison, tests=None, changed_tests=edited)
    section = changed_tests.tests_section(replace(report, comparison=unknown), full=False, timed=False)
    assert [words(row[0]) for row in section.rows] == ["tests/test_a.py: edited; run it by pytest tests/test_a.py"]


def test_a_change_that_leaves_the_tests_alone_has_no_section_of_them() -> None:
    assert changed_tests.tests_section(with_baseline(), full=True, timed=True).empty


@pytest.mark.parametrize("face", MOVES, ids=lambda face: face.__name__)
def test_no_form_says_that_nothing_moved_with_an_arrow(face: Callable[[], Report]) -> None:
    told = comment.render(face()) + summary.render(face())
    assert "▲ 0.00" not in told.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_a_file_of_tests_is_told_with_the_cover_of_what_it_runs() -> None:
    report = moves.tests_changed()
    one = replace(report.comparison.changed_tests[0], reach=Reach(2, Ratio(8, 10), Ratio(5, 8), 4))
    alone = replace(one, reach=Reach(1, Ratio(8, 10)))
    comparison = replace(report.comparison, changed_tests=(one, alone))
    section = changed_tests.tests_section(replace(report, comparison=comparison), full=False, timed=False)
    both, single = [words(row[0]) for row in section.rows]
    assert "; the 2 files that it runs are 62.50 % → 80.00 % tested, 4 statements of them anew; run it by" in both
    assert "; the file that it runs is 80.00 % tested; run it by" in single


def test_where_there_is_no_change_nothing_is_said_of_what_it_wrote_or_did_not() -> None:
    report = lost_elsewhere()
    report = replace(report, comparison=replace(report.comparison, diff=replace(report.comparison.diff, files=())))
    assert moved(report).endswith(" since the baseline.")
    assert words(lost_section(report, full=False).title) == "Lost elsewhere since the baseline: 7 lines in 3 files"
