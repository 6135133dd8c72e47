"""`covgate gaps`: where its numbers come from."""

from dataclasses import replace

import pytest
from tests.doubles.ports import PASSED, World, world
from tests.sketch import sketch

from covgate.errors import ComparisonError, SettingsError
from covgate.model.comparison import Known
from covgate.model.diff import ChangeKind, Diff, FileChange
from covgate.model.plan import Outlook
from covgate.model.suite import Ending, SuiteResult
from covgate.settings import load
from covgate.steps.outlooks import Asked, project_outlook

PICTURE = """
    [src/shop/cart.py]
     .  import a
     !  import b
    [src/shop/orders.py]
     !  import a
     !  import b
    [tests/test_cart.py]
     !  import never
"""
OLD = """
    [src/shop/cart.py]
     !  import a
     !  import b
    [src/shop/gone.py]
     !  import a
"""


def told(of: World, asked: Asked | None = None, settings: str = "version: 1\n") -> Outlook:
    ports = of.ports
    loaded = load(settings, ".covgate.yml", {}, {})
    return project_outlook(asked or Asked(), loaded, ports.repository, ports.suite, ports.baselines)


def paths(found: Outlook) -> list[str]:
    return [gap.path for gap in found.gaps]


def with_stored(behind: int = 0, since: tuple[FileChange, ...] | None = None) -> World:
    of = world(PICTURE)
    of.baselines.baseline = Known(sketch(OLD).head, "5a1d" * 10, "data branch", behind=behind, since=since)
    return of


def test_without_a_stored_snapshot_the_suite_is_run_and_tests_stay_off_the_list() -> None:
    of = world(PICTURE)
    found = told(of)
    assert (found.measured, found.command) == ("this run of the suite", PASSED.command)
    assert paths(found) == ["src/shop/orders.py", "src/shop/cart.py"]
    assert "the suite runs" in of.log


def test_nothing_that_changed_has_to_be_answered_for() -> None:
    of = world(PICTURE.replace(" !  import b\n    [tests", "+!  import b\n    [tests"))
    told(of)
    assert [order.changed for order in of.suite.orders] == [()]


def test_all_that_is_read_of_the_repository_is_read_before_the_suite_runs() -> None:
    of = world(PICTURE)
    told(of)
    assert of.log[-1] == "the suite runs"


def test_data_that_are_given_come_before_all_else() -> None:
    of = with_stored()
    found = told(of, Asked(data=("coverage.xml",)))
    assert found.measured == "the data given (coverage.xml)"
    assert of.log[-1] == "read coverage.xml"


@pytest.mark.parametrize(
    ("behind", "words"),
    [(0, "the stored snapshot"), (1, "the stored snapshot, 1 commit before the head"),
     (3, "the stored snapshot, 3 commits before the head")],
)  # fmt: skip
def test_a_stored_snapshot_is_taken_without_running_anything_and_says_of_which_commit_it_is(
    behind: int, words: str
) -> None:
    of = with_stored(behind)
    found = told(of)
    assert (found.measured, found.sha, found.dirty) == (words, "5a1d" * 10, False)
    assert paths(found) == ["src/shop/cart.py", "src/shop/gone.py"]
    assert "the suite runs" not in of.log


def test_files_that_changed_since_a_stored_snapshot_are_named() -> None:
    gone = FileChange("src/shop/gone.py", ChangeKind.DELETED)
    moved = FileChange("src/shop/basket.py", ChangeKind.RENAMED, old_path="src/shop/cart.py")
    new = FileChange("src/shop/new.py", ChangeKind.ADDED)
    (note,) = [one for one in told(with_stored(2, (gone, moved, new))).notes if "Changed since" in one]
    assert "`src/shop/cart.py`, `src/shop/gone.py`" in note
    assert "new.py" not in note


def test_a_run_can_be_asked_for_where_a_snapshot_is_stored() -> None:
    assert told(with_stored(), Asked(rerun=True)).measured == "this run of the suite"


def test_a_repository_without_a_commit_is_measured_all_the_same() -> None:
    of = with_stored()
    of.repository.failure = ComparisonError("no commit yet")
    found = told(of)
    assert (found.measured, found.sha) == ("this run of the suite", "")


def test_a_plan_for_some_paths_alone_counts_for_the_whole_projects_points() -> None:
    found = told(world(PICTURE), Asked(only=("src/shop/cart.py",)), "version: 1\ngaps: {target: 100}\n")
    assert paths(found) == ["src/shop/cart.py"]
    assert (found.plan.gain_lines, found.plan.total.total) == (1, 5)
    assert found.notes[-1].endswith(": 1 file.")


def test_paths_at_which_nothing_was_measured_are_a_mistake() -> None:
    with pytest.raises(SettingsError, match="nothing that was measured lies there"):
        told(world(PICTURE), Asked(only=("src/shop", "srv")))


def test_a_failing_suite_is_told() -> None:
    of = world(PICTURE)
    of.suite.result = SuiteResult(Ending.FAILED, "The suite failed.", "pytest", 1, 1.0)
    assert told(of).failing


def test_uncommitted_changes_are_told() -> None:
    of = world(PICTURE)
    diff: Diff = of.repository.diff
    of.repository.diff = replace(diff, head=replace(diff.head, dirty=True))
    assert told(of).dirty
