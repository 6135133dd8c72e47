"""What the project's gaps are ranked by, from the world to the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pytest
from tests.doubles.ports import FakeRepository, World, world
from tests.unit.test_pipeline import outcome

from covgate.errors import ComparisonError
from covgate.judge.thresholds import Thresholds
from covgate.model.activity import Activity, FileActivity
from covgate.model.plan import FileGap
from covgate.model.sources import Sources
from covgate.settings import load
from covgate.steps.ranking import NO_COMPLEXITY, gathered, groups_of

PROJECT = """
    [src/pay.py]
     !  def pay():
     !      return 1
    [src/cart.py]
     .  def total(price):
    +!      price += 1
     !      price -= 1
    [src/views.py]
     !  x = 1
     !  y = 1
     !  z = 1
    [src/api_gen.py]
     !  x = 1
"""


def gaps(played: World, text: str = "") -> list[FileGap]:
    return list(outcome(played, text=text or None).report.project_gaps)


def words(gap: FileGap) -> dict[str, str]:
    return {reading.signal: reading.words for reading in gap.readings}


def test_the_report_holds_the_gaps_of_the_whole_project_beside_those_of_the_change() -> None:
    report = outcome(world(PROJECT)).report
    assert [one.gap.path for one in report.gaps] == ["src/cart.py"]
    assert [gap.path for gap in report.project_gaps] == ["src/cart.py", "src/views.py", "src/pay.py", "src/api_gen.py"]
    assert [gap.changed for gap in report.project_gaps] == [True, False, False, False]


def test_the_strategy_and_its_layers_are_those_of_the_settings() -> None:
    text = "gaps: {strategy: triage, layers: [pay, views]}\n"
    listed = gaps(world(PROJECT), text)
    assert [gap.path for gap in listed] == ["src/views.py", "src/pay.py", "src/api_gen.py", "src/cart.py"]
    assert words(listed[1])["layer"] == "layer `pay`"


def test_critical_groups_come_ahead_where_the_change_left_nothing() -> None:
    text = "thresholds:\n  groups:\n    - {name: critical paths, paths: [src/pay.py], line: 95}\n"
    listed = gaps(world(PROJECT), text)
    assert [gap.path for gap in listed[:3]] == ["src/cart.py", "src/pay.py", "src/views.py"]
    assert words(listed[1])["group"] == "group `critical paths`"


def test_churn_moves_a_file_up_within_its_tier() -> None:
    played = world(PROJECT)
    played.repository.history = Activity({"src/pay.py": FileActivity(commits_90=6, commits_365=7, authors=2)})
    listed = gaps(played)
    assert [gap.path for gap in listed[:3]] == ["src/cart.py", "src/pay.py", "src/views.py"]
    assert listed[1].score == 2 * (1 + 3)  # two statements, eight is two to the third
    told = words(listed[1])
    assert (told["churn"], told["commits"], told["authors"]) == (
        "changed 6 times in 90 days",
        "7 commits in a year",
        "by 2 people in a year",
    )


def test_what_the_base_marks_as_generated_stays_off_the_list() -> None:
    played = world(PROJECT)
    played.repository.on_disk = {**played.repository.on_disk, "src/api_gen.py": b"x = 1\n"}
    played.repository.marked = {"src/api_gen.py": "generated"}
    assert "src/api_gen.py" not in [gap.path for gap in gaps(played)]


def test_a_change_often_made_is_told_at_its_gap() -> None:
    played = world(PROJECT)
    played.repository.history = Activity({"src/cart.py": FileActivity(commits_90=14, commits_365=20, authors=3)})
    (ranked,) = outcome(played).report.gaps
    assert "changed 14 times in 90 days" in [reading.words for reading in ranked.readings]


@dataclass
class Forgetful(FakeRepository):
    """A repository that tells neither its history nor its attributes."""

    def attributes(self, sha: str, paths: Iterable[str]) -> Mapping[str, str]:
        raise ComparisonError(f"`git check-attr` failed: {sha} has no {len(tuple(paths))} paths")


def test_what_cannot_be_had_is_noted_and_is_no_error() -> None:
    repository = Forgetful(world(PROJECT).repository.diff, history=Activity(unknown="This clone is shallow."))
    known = gathered("ba5e", Sources(), load(None, "", {}, {}).gaps, Thresholds(), repository)
    assert known.notes == (
        "This clone is shallow.",
        "Generated files are not told apart: `git check-attr` failed: ba5e has no 0 paths",
    )
    assert known.evidence.active("src/pay.py") is None


@pytest.mark.parametrize(
    ("strategy", "has_branches", "told"),
    [("risk", False, True), ("risk", True, False), ("impact", False, False)],
)
def test_risk_without_branches_says_that_it_does_not_know_complexity(
    strategy: str, *, has_branches: bool, told: bool
) -> None:
    played = world(PROJECT)
    origin = replace(played.suite.snapshot.origin, has_branches=has_branches)
    played.suite.snapshot = replace(played.suite.snapshot, origin=origin)
    plan = outcome(played, text=f"gaps: {{strategy: {strategy}}}\n").report.plan
    assert plan is not None
    assert (NO_COMPLEXITY in plan.notes) is told


@pytest.mark.parametrize(("word", "critical"), [("critical", True), ("CRIT", True), ("auth", False)])
def test_groups_are_critical_by_a_word_in_their_name(word: str, *, critical: bool) -> None:
    text = "thresholds:\n  groups:\n    - {name: Critical, paths: [a], line: 95, branch: 90}\n"
    thresholds = load(text, ".covgate.yml", {}, {}).thresholds
    assert [(group.name, group.critical) for group in groups_of(thresholds, (word,))] == [("Critical", critical)]
