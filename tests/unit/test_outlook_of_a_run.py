"""What a run makes of the history and of the schedule: proposals, announcements, and the trend in the report."""

import datetime as dt
import json
from collections.abc import Iterable

from tests.doubles.ports import FakeBaselines, World, world
from tests.unit.render.trend.history import history
from tests.unit.test_pipeline import outcome

from covgate.model.policy import PolicyChange

ALL = """
    [src/cart.py]
     .  def total(price):
    +.      price += 1
    +.      price -= 1
"""
FLOOR = "thresholds:\n  total: {line: 80}\n"
TEN = history([8_450] * 10)


def played(settings: str | None, lines: Iterable[int] = (8_450,) * 10, drawn: str = ALL) -> World:
    made = world(drawn, settings=settings)
    made.baselines = FakeBaselines(lines=history(lines))
    return made


def test_the_history_is_in_the_report_and_its_chart_in_the_comment() -> None:
    run = played(FLOOR)
    report = outcome(run).report
    assert report.history == TEN
    assert "```mermaid\n" in run.forge.bodies[0][0]
    assert len(json.loads(run.output.files["report.json"])["trend"]) == 10


def test_the_badge_is_in_the_output_folder() -> None:
    run = played(None)
    outcome(run)
    assert "100 %" in run.output.files["badge.svg"]
    assert json.loads(run.output.files["badge.json"])["message"] == "100 %"


def test_a_floor_is_proposed_by_the_base_file_and_its_own_lines() -> None:
    report = outcome(played(FLOOR), text="# another file\n" + FLOOR).report
    assert report.proposals == (PolicyChange("thresholds.total.line", "80", "84"),)
    assert report.patch.splitlines()[2:] == [
        "@@ -1,2 +1,2 @@",
        " thresholds:",
        "-  total: {line: 80}",
        "+  total: {line: 84}",
    ]


def test_a_repository_without_a_file_at_its_base_gets_the_patch_of_the_heads() -> None:
    run = played(None)
    run.repository.on_disk = {**run.repository.on_disk, ".covgate.yml": FLOOR.encode()}
    assert "+  total: {line: 84}" in outcome(run, text=FLOOR).report.patch


def test_a_change_that_raises_the_floor_itself_is_not_told_to() -> None:
    assert outcome(played(FLOOR), text=FLOOR.replace("80", "83")).report.proposals == ()


def test_without_a_history_nothing_is_proposed_and_nothing_drawn() -> None:
    run = played(FLOOR, ())
    report = outcome(run).report
    assert (report.proposals, report.patch) == ((), "")
    assert "mermaid" not in run.output.summary


def test_a_step_of_the_bases_schedule_is_announced() -> None:
    day = dt.date(2026, 8, 15)
    run = played(f"thresholds:\n  diff: {{line: 50}}\n  schedule:\n    - {{from: {day}, line: 60}}\n")
    (sentence,) = outcome(run, text="version: 1\n").report.coming
    assert sentence.startswith(f"From {day} on, 60 % of the project's lines are required (none today): reached already")
    assert f"From {day} on" in run.output.summary.replace("&#45;", "-")


def test_the_settings_are_read_before_the_suite_runs() -> None:
    run = played(None)
    outcome(run)
    assert run.log.index("read .covgate.yml") < run.log.index("the suite runs")
