"""Components as readers meet them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.golden.faces import FACES, HOSTILE
from tests.golden.values import floor

from covgate.model.component import ComponentReport, Counts
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.report import Report
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import Conclusion
from covgate.render.check_run import check_run
from covgate.render.delivery import step_outputs
from covgate.render.formats import comment, summary, terminal
from covgate.render.formats.annotations import render as annotations
from covgate.render.headline import next_step


def face(name: str = "components") -> Report:
    return FACES[name]()


def part(report: Report, name: str) -> ComponentReport:
    return next(one for one in report.components if one.name == name)


def with_part(report: Report, which: str, /, **changes: object) -> Report:
    """The report with one component changed."""
    parts = (replace(one, **changes) if one.name == which else one for one in report.components)  # type: ignore[arg-type]  # names of its fields
    return replace(report, components=tuple(parts))


def failing(report: Report, *names: str) -> Report:
    """The report in which these components failed as the worker did."""
    verdict = part(report, "worker").verdict
    for name in names:
        report = with_part(report, name, verdict=verdict)
    return report


def headline(report: Report) -> str:
    return next(line for line in comment.render(report).splitlines() if line.startswith("###"))


def test_a_repository_without_components_has_no_table_of_them() -> None:
    assert "component" not in comment.render(face("failed"))


def test_several_components_that_failed_are_counted_and_named() -> None:
    assert headline(failing(face(), "api")) == (
        "### ❌ 2 of 4 components failed: <code>api</code>, <code>worker</code>"
    )


def test_of_components_that_failed_the_one_about_the_change_says_what_is_next() -> None:
    old = floor("total.line", "Project lines", Ratio(3, 4), "80")
    verdict = replace(part(face(), "worker").verdict, results=(old,))
    (words,) = next_step(with_part(face(), "api", verdict=verdict))
    assert "is enough for the changed lines" in "".join(piece.text for piece in words)


def test_many_components_that_failed_are_named_as_far_as_a_headline_holds() -> None:
    told = headline(failing(face(), "api", "admin", "front"))
    assert told.endswith("<code>api</code>, <code>worker</code>, <code>admin</code> and 1 more")


def test_the_table_is_cut_and_says_so() -> None:
    one = part(face("components_passed"), "front")
    nothing = Counts(NOTHING, NOTHING)
    many = tuple(replace(one, name=f"c{number}", total=nothing, diff=nothing) for number in range(60))
    report = replace(face("components_passed"), components=many)
    assert "… and 41 more components: see" in comment.render(report)
    assert "c59" in summary.render(report)


def test_what_belongs_to_no_component_has_a_row_only_where_there_is_any() -> None:
    report = face("components_passed")
    assert "everything else" in comment.render(report)
    all_of_it = Counts(report.comparison.head.line, report.comparison.head.branch)
    changed = Counts(report.comparison.coverage.line, report.comparison.coverage.branch)
    whole = replace(part(report, "api"), total=all_of_it, diff=changed)
    assert "everything else" not in comment.render(replace(report, components=(whole,)))


def test_a_component_that_is_gone_says_so_in_place_of_its_numbers() -> None:
    told = comment.render(with_part(face(), "admin", note="The change removes its Python files."))
    assert "| <code>admin</code> | The change removes its Python files. | – |" in told


def hostile() -> Report:
    return with_part(face(), "worker", name=HOSTILE, root=HOSTILE)


@pytest.mark.parametrize("render", [comment.render, summary.render])
def test_names_and_directories_mean_nothing_but_themselves(render: Callable[[Report], str]) -> None:
    told = render(hostile())
    assert "<img" not in told
    assert "@everyone" not in told
    rows = [line for line in told.splitlines() if line.startswith("| ") and "60.00" in line]
    assert [row.count("|") for row in rows] == [4, 4]


@pytest.mark.parametrize("render", [comment.render, summary.render, terminal.render])
def test_names_and_directories_are_no_commands_in_a_log(render: Callable[[Report], str]) -> None:
    assert not re.search(r"^\s*::", render(hostile()), re.MULTILINE)


def test_several_suites_that_failed_are_named() -> None:
    killed = SuiteResult(Ending.KILLED, "The suite was killed.", "pytest", -9)
    report = with_part(with_part(face("component_suite_failed"), "api", suite=killed), "worker", suite=killed)
    assert headline(report) == "### ❌ The suites of <code>api</code>, <code>worker</code> failed"


def test_a_component_s_suite_that_crashed_tells_how_it_ended() -> None:
    killed = SuiteResult(Ending.KILLED, "In the component `worker`: the suite was killed.", "pytest", -9)
    report = replace(with_part(face("component_suite_failed"), "worker", suite=killed), suite=killed)
    assert headline(report) == "### ❌ In the component <code>worker</code>: the suite was killed"


def test_the_step_s_outputs_are_the_whole_s_but_for_the_verdict_and_what_is_short() -> None:
    outputs = step_outputs(face())
    assert (outputs["verdict"], outputs["statements-short"], outputs["diff-line"]) == ("failed", "2", "90.00")


def test_the_check_run_s_title_names_the_component() -> None:
    check = check_run(face(), blocks=True)
    assert (check.conclusion, check.title[:9]) == ("failure", "❌ worker:")


def test_annotations_are_those_of_the_gaps_wherever_they_are() -> None:
    assert "file=services/worker/worker/jobs.py" in annotations(face())


def test_a_floor_of_a_component_is_told_without_the_word_project() -> None:
    report = face()
    total = next(rule for rule in part(report, "worker").verdict.results if rule.id == "total.line")
    short = replace(total, status=part(report, "worker").verdict.failed[0].status, short=4, ratio=Ratio(60, 80))
    verdict = replace(part(report, "worker").verdict, conclusion=Conclusion.FAILED, results=(short,))
    told = headline(with_part(report, "worker", verdict=verdict))
    assert told == "### ❌ <code>worker</code>: 4 statements short: 75.00 % of the lines are tested, 70 % is required"
