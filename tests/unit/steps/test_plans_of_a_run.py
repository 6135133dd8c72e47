"""The plan in a run: targets of groups, commands of the project's directory, and what is enough."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.doubles.ports import PASSED, world

from covgate.model.place import Place
from covgate.model.report import Report
from covgate.model.sources import Sources
from covgate.pipeline import run
from covgate.settings import load
from covgate.steps import planning
from covgate.steps.requests import Request

PICTURE = """
    [src/shop/cart.py]
     .  def total(coupon):
    +?      if coupon:
    +!          send()
     .  def add():
    +!      a()
    +!      b()
     .  def drop():
    +!      c()
    [src/shop/orders.py]
     !  import a
     !  import b
     !  import c
     !  import d
"""
GROUPS = """
version: 1
thresholds:
  groups:
    - {name: money, paths: ["src/shop/**"], line: 10, target: 70}
    - {name: orders, paths: ["src/shop/orders.py"], branch: 10, line: 10, target: 90}
    - {name: tools, paths: ["tools"], line: 10, target: 20}
    - {name: rest, paths: ["rest"], line: 10}
"""


def report(settings: str) -> Report:
    return report_of(PICTURE, settings)


def report_of(picture: str, settings: str) -> Report:
    of = world(picture, settings=settings)
    loaded = load(settings, ".covgate.yml", {}, {})
    return run(Request(Place("terminal"), dt.date(2026, 1, 1)), loaded, of.ports).report


@pytest.mark.parametrize(
    ("path", "target"),
    [("src/shop/cart.py", 70), ("src/shop/orders.py", 90), ("tools/a.py", 20), ("rest/a.py", None), ("a.py", None)],
)
def test_a_file_in_several_groups_has_the_highest_of_their_targets(path: str, target: int | None) -> None:
    found = planning.target_of(load(GROUPS, ".covgate.yml", {}, {}).thresholds)(path)
    assert found == (None if target is None else Fraction(target))


def test_commands_are_those_of_the_projects_directory() -> None:
    sources = Sources(dict.fromkeys(("api/tests/test_a.py", "api/a.py", "web/tests/test_b.py"), b""))
    settings = load("working_directory: api\n", ".covgate.yml", {}, {})
    command = planning.test_command("pytest -q tests", settings, sources)
    assert command(("api/tests/test_a.py",)) == "pytest -q tests/test_a.py"


def test_where_nobody_says_how_the_suite_is_run_it_is_pytest() -> None:
    sources = Sources(dict.fromkeys(("tests/test_a.py", "a.py"), b""))
    command = planning.test_command("", load("", ".covgate.yml", {}, {}), sources)
    assert command(("tests/test_a.py",)) == "pytest tests/test_a.py"


def test_a_run_has_a_plan_for_the_whole_project_by_its_targets() -> None:
    plan = report("version: 1\ngaps: {target: 75}\n").plan
    assert plan is not None
    assert {file.gap.path: file.gain_lines for file in plan.files} == {"src/shop/cart.py": 2, "src/shop/orders.py": 3}
    assert plan.gain_points == Fraction(500, 12)
    assert PASSED.command in plan.waves[0].batches[0].command


def test_a_failed_gate_names_the_fewest_gaps_that_pass_it() -> None:
    made = report("version: 1\nthresholds:\n  diff: {line: 60}\n")
    assert [made.gaps[place].gap.function for place in made.fewest] == ["add"]


def test_a_total_that_is_short_names_the_fewest_functions_of_the_project_where_the_change_has_not_enough() -> None:
    made = report("version: 1\nthresholds:\n  total: {line: 60}\n")
    assert made.plan is not None
    assert made.plan.enough == (("src/shop/orders.py", ""),)


def test_each_gap_of_the_change_says_where_its_test_belongs() -> None:
    made = report("version: 1\n")
    assert {(one.tests, one.tests_exist) for one in made.gaps} == {("tests/test_cart.py", False)}


def test_a_gap_in_tests_belongs_nowhere_else() -> None:
    made = report_of("[tests/test_a.py]\n+!  import a\n[a.py]\n .  b()\n", "version: 1\n")
    assert [(one.gap.path, one.tests) for one in made.gaps] == [("tests/test_a.py", "")]


def test_a_component_that_failed_leaves_nothing_to_be_promised() -> None:
    settings = """
version: 1
thresholds: {diff: {line: 60}}
components:
  - {name: shop, root: src/shop, thresholds: {diff: {line: 99}}}
"""
    made = report(settings)
    assert made.components[0].verdict.failed
    assert made.fewest == ()
