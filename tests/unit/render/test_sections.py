"""What the sections say, where the faces do not show it."""

import html
import re
from dataclasses import replace

from tests.golden.faces import FACES
from tests.golden.values import NO_BASELINE, File, comparison, floor, report, rules

from covgate.model.comparison import Known
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.snapshot import LeftOut, Origin
from covgate.model.verdict import Conclusion, RuleResult, Status
from covgate.render.formats.comment import render as comment
from covgate.render.formats.summary import render as summary


def test_a_gap_does_not_promise_a_gate_that_the_project_still_fails() -> None:
    failed = FACES["failed"]()
    project = floor("total.line", "Project lines", failed.comparison.head.line, "99")
    both = replace(failed, verdict=replace(failed.verdict, results=(*failed.verdict.results, project)))
    assert "Testing this passes the gate" in comment(failed)
    assert "Testing this passes the gate" not in comment(both)
    assert "Testing this is enough for the changed lines" in comment(both)


def test_no_more_than_eight_rules_stand_in_the_comment_and_the_failed_ones_first() -> None:
    of = comparison([File(f"src/m{n}.py", 10, changed=((1, 2),), missed=((1, n),)) for n in range(1, 10)])
    floors = [floor("file.line", "Lines of file", file.now.line, "50", subject=file.path) for file in of.coverage.files]
    text = comment(report(of, tuple(floors)))
    marks = [line[2] for line in text.splitlines() if line.startswith(("| ❌", "| ✅"))]
    assert marks == ["❌"] * 4 + ["✅"] * 2, "the change's and the project's numbers come before what passed"
    assert "… and 3 more rules: see" in text


def test_an_unknown_rule_that_may_pass_is_shown_and_does_not_fail() -> None:
    unknown = FACES["unknown"]()
    verdict = replace(unknown.verdict, conclusion=Conclusion.PASSED, unknown_fails=False)
    text = comment(replace(unknown, verdict=verdict))
    assert text.splitlines()[1] == "### ✅ All 24 changed statements are tested"
    assert "❔ Lines of group" in text
    assert "could not be judged: no measured file matches" in text


def test_numbers_that_no_rule_asks_for_are_shown_all_the_same() -> None:
    of = comparison([File("src/a.py", 10, changed=((1, 4),), missed=((8, 9),), forks=((2, ""),))], baseline=NO_BASELINE)
    changed = floor("diff.line", "Changed lines", of.coverage.line, "80")
    assert "Project lines 80.00 % (8 of 10 statements)" in comment(report(of, (changed,)))
    table = summary(report(of, (changed,)))
    assert "| Project lines | 80.00&nbsp;% · 8&nbsp;of&nbsp;10 statements | – |" in table
    assert "| Project branches | 100.00&nbsp;% · 2&nbsp;of&nbsp;2 | – |" in table


def test_a_number_that_a_rule_tells_is_not_told_again() -> None:
    failed = FACES["failed"]()
    drop = floor("drop", "Project branches against the base", Ratio(6, 8), "10", Ratio(5, 8), subject="branches")
    judged = replace(failed, verdict=replace(failed.verdict, results=(*failed.verdict.results, drop)))
    assert comment(judged).count("Project lines") == 1
    assert comment(judged).count("Project branches") == 1


def test_files_that_count_nowhere_stand_together_by_their_reason() -> None:
    passed = FACES["passed"]()
    outside, empty = "outside what is measured (`shop`)", "its changed statements are excluded from coverage"
    left_out = (*(LeftOut(f"tests/test_{n}.py", outside) for n in range(1, 1_003)), LeftOut("src/shop/x.py", empty))
    coverage = replace(passed.comparison.coverage, left_out=left_out)
    text = html.unescape(comment(replace(passed, comparison=replace(passed.comparison, coverage=coverage))))
    assert "1,003 changed files are not counted" in text
    assert re.search(r"- 1,002 files, outside what .*test_3.py</code>]\([^)]*\) and 999 more\n", text)
    assert re.search(r"- \[<code>src/shop/x.py</code>]\([^)]*\): its changed statements are excluded", text)


def test_a_missing_baseline_is_told_once() -> None:
    assert comment(FACES["first_run"]()).count("nothing is stored for the base yet") == 1


def test_a_baseline_of_another_commit_is_named() -> None:
    passed = FACES["passed"]()
    baseline = passed.comparison.baseline
    assert isinstance(baseline, Known)
    assert "baseline <code>3f2a1bc</code> ·" in comment(passed)
    for behind, said in ((3, ", 3 commits behind"), (1, ", 1 commit behind"), (0, " (not the base)")):
        other = replace(baseline, sha="abcdef0123", behind=behind)
        older = replace(passed, comparison=replace(passed.comparison, baseline=other))
        assert f"baseline <code>abcdef0</code>{said} ·" in comment(older)
    ran = replace(passed, comparison=replace(passed.comparison, baseline=replace(baseline, source="rerun")))
    assert "baseline <code>3f2a1bc</code> (measured by this run) ·" in comment(ran)


def test_a_renamed_file_says_what_it_was() -> None:
    of = comparison([File("src/new.py", 10, changed=((1, 4),), missed=((2, 2),), was="src/old.py", missed_before=1)])
    assert "was <code>src/<wbr>old.py</code>" in comment(report(of, rules(of)))


def test_notes_of_the_run_and_of_the_snapshot_are_told_once_each() -> None:
    local = FACES["local"]()
    head = replace(local.comparison.head, notes=("same", "of the data"))
    text = comment(replace(local, notes=("same",), comparison=replace(local.comparison, head=head)))
    assert "Notes (2)" in text
    assert text.count("- same") == 1


def test_the_summary_tells_how_it_was_counted() -> None:
    file = File("src/a.py", 10, changed=((1, 4),))
    of = comparison([file])
    changed = replace(of.coverage.files[0], beyond=of.coverage.files[0].statements)
    head = replace(of.head, origin=Origin("lcov", has_branches=False))
    counted = replace(of, head=head, coverage=replace(of.coverage, files=(changed,)))
    text = summary(report(counted, ()))
    assert "4 changed statements count by a later line of theirs" in text
    assert "the data holds no branches" in text


def test_a_suite_without_counts_is_told_in_its_words() -> None:
    killed = FACES["suite_killed"]()
    assert "<code>pytest &#45;n auto</code>: The suite was killed by signal 9" in summary(killed)
    silent = replace(killed, suite=replace(killed.suite, command=""))
    assert "<details><summary>Tests</summary>\n\nThe suite was killed" in summary(silent)


def failing_without_number() -> Report:
    of = FACES["passed"]().comparison
    pragmas = RuleResult("exclusions", "New pragmas", Status.FAILED, "2 new pragmas")
    return report(of, (*rules(of, total_line="99"), pragmas))


def test_a_rule_that_failed_without_a_number_says_why() -> None:
    assert "**New pragmas** failed: 2 new pragmas" in comment(failing_without_number())
