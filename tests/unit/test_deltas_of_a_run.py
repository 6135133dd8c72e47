"""What moved since the baseline, from the ports to report.json and the comment."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from tests.doubles.ports import FakeBaselines, World, world
from tests.sketch import BASE, sketch

from covgate.model.comparison import Known
from covgate.model.place import Place, PullRequest
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.pipeline import run
from covgate.settings import load
from covgate.steps.requests import Outcome as Done
from covgate.steps.requests import Request

BEFORE = """
    [src/cart.py]
     .  def total(price):
     .      return price
    [src/orders.py]
     .  def order(cart):
     .      return cart
    [src/legacy.py]
     .  x = 1
     .  y = 2
"""
NOW = """
    [src/cart.py]
     .  def total(price):
    +.      price += 1
     .      return price
    [src/orders.py]
     .  def order(cart):
     !      return cart
    [src/legacy.py] deleted
    [tests/test_cart.py] left out: outside what is measured
    +   def test_new(): ...
    -   def test_old(): ...
"""
KEPT, OLD, NEW = (f"tests/test_cart.py::test_{name}" for name in ("kept", "old", "new"))
PLACE = Place(
    "github", event="pull_request", repository="acme/shop", pull_request=PullRequest(7, BASE.sha, "5ead" * 10)
)


def suite(*names: str) -> SuiteResult:
    cases = tuple(TestCase(name, Outcome.PASSED, 0.1) for name in names)
    return SuiteResult(Ending.PASSED, "The suite passed.", "pytest -q", 0, 1.0, cases, counted=True)


def played(*, tests_before: SuiteResult | None, now: str = NOW) -> World:
    """A change whose base has been measured."""
    scene = world(now)
    known = Known(sketch(BEFORE).head, BASE.sha, "data branch", suite=tests_before)
    scene = replace(scene, baselines=FakeBaselines(known))
    scene.suite.result = suite(KEPT, NEW)
    return scene


def outcome(scene: World, text: str | None = None) -> Done:
    settings = load(text, ".covgate.yml", {}, {"rerun": "never"})
    return run(Request(PLACE, dt.date(2026, 8, 1)), settings, scene.ports)


def told(scene: World, text: str | None = None) -> dict[str, Any]:
    outcome(scene, text)
    report: dict[str, Any] = json.loads(scene.output.files["report.json"])
    return report


def test_everything_that_moved_is_in_the_report() -> None:
    report = told(played(tests_before=suite(KEPT, OLD)))
    lost = {"path": "src/orders.py", "was": None, "lost_lines": [2], "gained_lines": [], "changed": False}
    assert report["indirect"] == [lost]
    assert [file["path"] for file in report["deleted"]] == ["src/legacy.py"]
    assert report["suite"]["delta"] == {"added": [NEW], "removed": [OLD], "newly_skipped": [], "newly_slow": []}
    (changed,) = report["tests"]["changed"]
    assert (changed["added"], changed["removed"], changed["command"]) == (1, 1, "pytest tests/test_cart.py")
    assert report["files"]["src/orders.py"]["before"]["line"]["covered"] == 2
    assert report["movements"]["line"]["now"] == report["total"]["line"]


def test_taking_a_test_away_and_its_lines_with_it_fails_the_default_gate() -> None:
    scene = played(tests_before=suite(KEPT, OLD))
    done = outcome(scene)
    assert done.exit_code == 1
    assert "1 statement short: the project's lines fell to 80.00 %" in scene.forge.bodies[0][0]
    assert "Tests removed (1): <code>tests/test&#95;cart.py" in scene.forge.bodies[0][0]


def test_the_same_fall_where_tests_only_came_is_shown_and_passes() -> None:
    scene = played(tests_before=suite(KEPT), now=NOW.replace("    -   def test_old(): ...\n", ""))
    done = outcome(scene)
    assert done.exit_code == 0
    assert "Lost elsewhere: 1 line in 1 file that this change did not touch" in scene.forge.bodies[0][0]


def test_a_limit_for_lost_lines_fails_it_where_the_repository_asks_for_that() -> None:
    text = "thresholds:\n  drop: {indirect: 0}\n"
    scene = played(tests_before=suite(KEPT))
    assert outcome(scene, text).exit_code == 1
    assert "### ❌ Lost elsewhere: 1 statement" in scene.forge.bodies[0][0]


def test_deleting_covered_code_alone_passes() -> None:
    scene = played(tests_before=suite(KEPT, OLD), now=NOW.replace(" !      return cart", " .      return cart"))
    assert outcome(scene).exit_code == 0


def test_without_a_baseline_nothing_is_compared_and_the_foot_says_why() -> None:
    scene = world(NOW)
    report = told(scene)
    assert (report["indirect"], report["movements"], report["suite"]["delta"]) == (None, None, None)
    assert "baseline n/a: nobody stored one" in scene.forge.bodies[0][0]
