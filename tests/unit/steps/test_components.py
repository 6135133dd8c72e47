"""Components in a run: which suites are asked for, and what becomes of the verdict."""

import datetime as dt
from collections.abc import Mapping

from tests.doubles.ports import World, world
from tests.sketch import sketch

from covgate.model.place import Place
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import Conclusion
from covgate.pipeline import run
from covgate.ports import SuiteOrder
from covgate.settings import load
from covgate.steps.components import EMPTY, GONE, components_of, with_suites
from covgate.steps.preparing import suite_order
from covgate.steps.requests import Outcome, Request

PICTURE = """
    [api/cart.py]
     .  def total(price):
    +!      price += 1
    +.      price -= 1
    [worker/jobs.py]
    +.  A = 1
    [lib/shared.py]
     .  B = 1
     !  C = 1
"""
LAX = "thresholds: {diff: {line: 10}}\n"
API = "components: [{name: api, root: api, thresholds: {diff: {line: 90}}}, {name: worker, root: worker}]\n"
SUITES = """
suite: {python: "3.12"}
components:
  - {name: api, root: api, suite: {command: pytest -q, timeout: 2m, env: [DB]}}
  - {name: inner, root: api/inner}
  - {name: worker, root: worker, suite: {command: python -m unittest, python: "3.9"}}
"""


def outcome(played: World, text: str | None = None, data: tuple[str, ...] = ()) -> Outcome:
    settings = load(text, ".covgate.yml", {}, {})
    return run(Request(Place(), dt.date(2026, 8, 1), data=data), settings, played.ports)


def verdicts(done: Outcome) -> Mapping[str, str | None]:
    return {part.name: part.verdict.conclusion.value if part.judged else None for part in done.report.components}


def order(text: str, files: tuple[str, ...], at_base: str | None = None) -> SuiteOrder:
    """What is asked of the suites, where these files are on disk and all of them changed."""
    head, diff = sketch("".join(f"[{path}]\n+.A = 1\n" for path in files))
    played = world(sketch(PICTURE)._replace(head=head, diff=diff), settings=at_base)
    played.repository.on_disk = dict.fromkeys(files, b"A = 1\n")
    settings = load(text, ".covgate.yml", {}, {})
    base = load(at_base, ".covgate.yml", {}, {}) if at_base else None
    components = components_of(settings, base, played.repository)
    whole = suite_order(settings, base, diff, played.repository)
    return with_suites(whole, components, settings, diff, played.repository, base=base)


def test_a_component_that_falls_short_fails_the_gate_of_a_whole_that_does_not() -> None:
    done = outcome(world(PICTURE, settings=LAX + API), LAX + API)
    assert (done.exit_code, done.report.verdict.conclusion) == (1, Conclusion.FAILED)
    assert verdicts(done) == {"api": "failed", "worker": None}
    assert done.report.verdict.failed == ()
    assert done.report.statements_short == 1


def test_a_component_without_thresholds_is_shown_and_judged_by_the_whole_s() -> None:
    done = outcome(world(PICTURE, settings=API.replace("90", "50")), API.replace("90", "50"))
    assert verdicts(done) == {"api": "passed", "worker": None}
    assert done.report.verdict.conclusion is Conclusion.FAILED
    assert [rule.id for rule in done.report.verdict.failed] == ["diff.line"]


def test_a_change_cannot_remove_a_component_to_escape_its_thresholds() -> None:
    done = outcome(world(PICTURE, settings=LAX + API), LAX)
    assert verdicts(done)["api"] == "failed"
    assert "components.api.root" in [change.key for change in done.report.policy.changes]


def test_a_component_that_the_change_adds_is_judged_by_its_own_thresholds() -> None:
    done = outcome(world(PICTURE, settings=LAX), LAX + API)
    assert verdicts(done)["api"] == "failed"
    assert all(part.added for part in done.report.components)


def test_a_component_whose_files_the_change_removes_is_told_and_not_judged() -> None:
    gone = f"{PICTURE}    [old/a.py] deleted\n"
    text = f"{LAX}components: [{{name: old, root: old, thresholds: {{total: {{line: 90}}}}}}]\n"
    done = outcome(world(gone, settings=text), LAX)
    (part,) = done.report.components
    assert (part.note, part.judged, done.exit_code) == (GONE, False, 0)


def test_a_component_without_a_python_file_has_nothing_to_judge() -> None:
    text = f"{LAX}components: [{{name: docs, root: docs, thresholds: {{total: {{line: 90}}}}}}]\n"
    done = outcome(world(PICTURE, settings=text), text)
    (part,) = done.report.components
    assert (part.note, done.exit_code) == (EMPTY, 0)


def test_a_component_with_files_that_nobody_measured_is_unknown_and_fails() -> None:
    text = f"{LAX}components: [{{name: ops, root: ops, thresholds: {{total: {{line: 90}}}}}}]\n"
    played = world(PICTURE, settings=text)
    played.repository.on_disk = {**played.repository.on_disk, "ops/x.py": b"A = 1\n"}
    done = outcome(played, text)
    assert (verdicts(done), done.exit_code) == ({"ops": "failed"}, 1)


def test_a_test_for_the_failed_component_s_gap_passes_the_gate_and_comes_first() -> None:
    also = f"{PICTURE}    [aaa/b.py]\n    +!  def f():\n    +!      return 1\n    +!      return 2\n"
    done = outcome(world(also, settings=LAX + API), LAX + API)
    first, *others = done.report.gaps
    assert (first.gap.path, first.passes, done.report.enough) == ("api/cart.py", True, 1)
    assert [gap.passes for gap in others] == [False]


def test_nothing_is_promised_where_the_whole_falls_short_as_well() -> None:
    done = outcome(world(PICTURE, settings="thresholds: {diff: {line: 95}}\n" + API))
    assert [gap.passes for gap in done.report.gaps] == [False]
    assert done.report.enough is None


def test_a_suite_of_the_whole_that_fails_spoils_the_components_that_it_measures() -> None:
    played = world(PICTURE, settings=LAX + API)
    played.suite.result = SuiteResult(Ending.FAILED, "2 of 9 tests failed.", "pytest", 1)
    done = outcome(played, LAX + API)
    assert (verdicts(done), done.exit_code) == ({"api": "error", "worker": None}, 3)


def test_the_repository_is_asked_for_all_of_it_before_the_first_suite_runs() -> None:
    played = world(PICTURE, settings=LAX + SUITES[1:])
    outcome(played, LAX + SUITES[1:])
    assert played.log[-2:] == ["the suite runs", "the suite runs"]
    assert [one.component for one in played.suite.orders] == ["api", "worker"]


def test_given_data_are_read_once_whatever_suites_components_have() -> None:
    played = world(PICTURE, settings=LAX + SUITES[1:])
    done = outcome(played, LAX + SUITES[1:], data=("coverage.xml",))
    assert played.log.count("read coverage.xml") == 1
    assert "the suite runs" not in played.log
    assert list(verdicts(done)) == ["api", "inner", "worker"]


def test_each_suite_is_asked_for_its_own_changed_files_and_none_for_those_of_nobody() -> None:
    whole = order(SUITES, ("api/a.py", "api/inner/b.py", "worker/c.py", "lib/d.py"))
    assert [(part.component, part.changed) for part in whole.parts] == [
        ("api", ("api/a.py", "api/inner/b.py")),
        ("worker", ("worker/c.py",)),
    ]
    assert whole.changed == ("api/a.py", "api/inner/b.py", "lib/d.py", "worker/c.py")


def test_a_component_s_suite_is_run_as_its_own_settings_say_with_the_top_s_python() -> None:
    api, worker = order(SUITES, ("api/a.py", "worker/c.py")).parts
    assert (api.command, api.python, api.timeout_seconds, api.env) == ("pytest -q", "3.12", 120, ("DB",))
    assert (worker.command, worker.python, worker.directory) == ("python -m unittest", "3.9", "worker")


def test_the_suite_of_the_whole_runs_where_a_component_has_no_suite_around_it() -> None:
    text = f"{SUITES}  - {{name: web, root: web}}\n"
    whole = order(text, ("api/a.py", "worker/c.py", "web/d.py", "lib/e.py"))
    assert [part.component for part in whole.parts] == ["api", "worker", ""]
    assert whole.parts[-1].changed == ("lib/e.py", "web/d.py")
    assert whole.parts[-1].apart == ("api", "worker")


def test_the_suite_of_the_whole_runs_where_the_settings_name_its_command() -> None:
    text = SUITES.replace('python: "3.12"', "command: pytest lib")
    assert [part.component for part in order(text, ("api/a.py", "worker/c.py")).parts] == ["api", "worker", ""]


def test_a_change_that_names_components_takes_nothing_from_the_suite_that_measured_it_all() -> None:
    files = ("api/a.py", "worker/c.py", "lib/d.py")
    *_, top = order(SUITES, files, at_base="thresholds: {diff: {line: 90}}\n").parts
    assert (top.component, top.changed, top.apart) == ("", ("lib/d.py",), ())
    assert [part.component for part in order(SUITES, files, at_base=SUITES).parts] == ["api", "worker"]


def test_a_change_that_gives_the_last_component_a_suite_takes_nothing_from_the_suite_of_the_whole() -> None:
    then = SUITES.replace(', suite: {command: python -m unittest, python: "3.9"}', "")
    *_, top = order(SUITES, ("api/a.py", "worker/c.py", "lib/d.py"), at_base=then).parts
    assert (top.component, top.changed, top.apart) == ("", ("lib/d.py",), ("api",))


def test_a_suite_leaves_the_directories_of_suites_below_it_to_them() -> None:
    text = SUITES.replace("root: api/inner}", "root: api/inner, suite: {}}")
    api, inner, worker = order(text, ("api/a.py", "api/inner/b.py", "worker/c.py")).parts
    assert (api.apart, inner.apart, worker.apart) == (("inner",), (), ())
    assert inner.changed == ("api/inner/b.py",)


def test_the_suite_of_a_component_whose_files_are_gone_is_not_run() -> None:
    whole = order("", ("api/a.py", "lib/b.py"), at_base=SUITES)
    assert [part.component for part in whole.parts] == ["api"]


def test_what_counts_of_a_component_is_what_its_suite_at_the_base_says() -> None:
    at_base = SUITES.replace("command: pytest -q", "source: [core], command: pytest -x")
    api, _ = order(SUITES, ("api/a.py", "worker/c.py"), at_base=at_base).parts
    assert (api.source, api.judged_source, api.command, api.base_command) == ((), ("core",), "pytest -q", "pytest -x")


def test_components_without_suites_change_nothing_about_the_one_that_is_run() -> None:
    assert order(API, ("api/a.py",)).parts == ()
