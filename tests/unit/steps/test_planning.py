"""The command that runs just some tests where components have suites of their own, and the targets of groups."""

from fractions import Fraction

from covgate.model.sources import Sources
from covgate.settings import load
from covgate.steps.planning import target_of
from covgate.steps.planning import test_command as command_for
from covgate.steps.ranking import groups_of

TEXT = """
components:
  - {name: api, root: services/the api, suite: {command: pytest -q tests}}
  - {name: worker, root: services/worker, suite: {command: python -m unittest}}
  - {name: admin, root: apps/admin}
"""
FILES = ("apps/admin/tests/test_c.py", "services/the api/tests/test_a.py", "services/worker/test/test_b.py")


def told(*paths: str, text: str = TEXT) -> str:
    return command_for("", load(text, ".covgate.yml", {}, {}), Sources(dict.fromkeys(FILES)))(paths)


def test_tests_of_a_component_are_run_by_its_own_suite_in_its_directory() -> None:
    assert told(FILES[1]) == "(cd 'services/the api' && pytest -q tests/test_a.py)"
    assert told(FILES[2]) == "(cd services/worker && python -m unittest test/test_b.py)"


def test_tests_of_several_suites_are_run_one_after_another() -> None:
    assert told(*FILES) == f"pytest {FILES[0]} && {told(FILES[1])} && {told(FILES[2])}"


def test_without_suites_of_components_there_is_one_command() -> None:
    assert told(*FILES[:2], text="version: 1") == f"pytest {FILES[0]} '{FILES[1]}'"


def test_a_group_that_only_limits_its_fall_has_its_target_and_is_critical() -> None:
    text = "thresholds: {groups: [{name: critical pay, paths: [src/pay], target: 70, drop: 0}]}"
    thresholds = load(text, ".covgate.yml", {}, {}).thresholds
    assert target_of(thresholds)("src/pay/card.py") == Fraction(70)
    assert target_of(thresholds)("src/shop.py") is None
    assert [(group.name, group.critical) for group in groups_of(thresholds, ("critical",))] == [("critical pay", True)]
