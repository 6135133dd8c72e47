"""What the sections say, where the faces do not show it."""

from dataclasses import replace

from tests.golden.faces import FACES
from tests.golden.values import File, comparison, floor, report, rules

from covgate.model.comparison import Known
from covgate.model.report import Report
from covgate.model.snapshot import Origin
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
    assert marks == ["❌"] * 4 + ["✅"] * 4
    assert "… and 1 more rule: see" in text


def test_an_unknown_rule_that_may_pass_is_shown_and_does_not_fail() -> None:
    unknown = FACES["unknown"]()
    verdict = replace(unknown.verdict, conclusion=Conclusion.PASSED, unknown_fails=False)
    text = comment(replace(unknown, verdict=verdict))
    assert text.splitlines()[1] == "### ✅ All 24 changed statements are tested"
    assert "❔ Lines of group" in text
    assert "could not be judged: no measured file matches" in text


def test_a_missing_baseline_is_told_once() -> None:
    assert comment(FACES["first_run"]()).count("this is the first measured run") == 1


def test_a_baseline_of_another_commit_is_named() -> None:
    passed = FACES["passed"]()
    baseline = passed.comparison.baseline
    assert isinstance(baseline, Known)
    older = replace(passed, comparison=replace(passed.comparison, baseline=replace(baseline, sha="abcdef0123")))
    assert "compared with the coverage of <code>abcdef0</code>" in comment(older)
    assert "compared with" not in comment(passed)


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
