import io
import json
import os
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from _pytest._code.code import ReprFileLocation

from covgate.parse.probe_outcomes import outcomes_from
from covgate.probe import launch
from covgate.probe.collectors import covgate_pytest, covgate_unittest


def report(name: str, when: str, outcome: str, longrepr: Any = None, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(nodeid=name, when=when, outcome=outcome, longrepr=longrepr, duration=0.5, **more)


def told(path: Path) -> list[tuple[str, str, str]]:
    return [(case.name, case.outcome.value, case.message) for case in outcomes_from(path.read_bytes()).cases]


class Examples(unittest.TestCase):
    __test__ = False

    def test_passes(self) -> None:
        pass

    def test_fails(self) -> None:
        raise AssertionError("numbers\nof old")

    def test_breaks(self) -> None:
        raise KeyError("key")

    @unittest.skip("not today")
    def test_skips(self) -> None:
        pass

    @unittest.expectedFailure
    def test_expected(self) -> None:
        raise AssertionError

    @unittest.expectedFailure
    def test_unexpected(self) -> None:
        pass

    def test_parts(self) -> None:
        for number in (1, 2):
            with self.subTest(number=number):
                if number > 1:
                    raise AssertionError("too many")

    def test_runs_a_runner(self) -> None:
        inner = unittest.FunctionTestCase(lambda: None)
        unittest.TextTestRunner(stream=io.StringIO()).run(inner)


class Unset(unittest.TestCase):
    __test__ = False

    @classmethod
    def setUpClass(cls) -> None:
        raise RuntimeError("no database")

    def test_never(self) -> None:
        pass


def run_unittest(path: Path, *cases: type[unittest.TestCase]) -> unittest.TestResult:
    covgate_unittest.install(str(path))
    loader = unittest.TestLoader()
    tests = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in cases)
    return unittest.TextTestRunner(stream=io.StringIO()).run(tests)


def test_outcomes_of_unittest_are_written_down_and_the_result_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "outcomes"
    result = run_unittest(path, Examples)
    assert (result.testsRun, len(result.failures), len(result.errors)) == (8, 2, 1)
    names = {name.rpartition(".")[2]: (outcome, message) for name, outcome, message in told(path)}
    assert names == {
        "test_breaks": ("failed", "KeyError: 'key'"),
        "test_expected": ("skipped", "expected failure"),
        "test_fails": ("failed", "AssertionError: numbers"),
        "test_parts": ("failed", "AssertionError: too many"),
        "test_passes": ("passed", ""),
        "test_runs_a_runner": ("passed", ""),
        "test_skips": ("skipped", "not today"),
        "test_unexpected": ("failed", "unexpected success"),
    }


def test_what_breaks_outside_a_test_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "outcomes"
    run_unittest(path, Unset)
    assert [(outcome, message) for _, outcome, message in told(path)] == [("error", "RuntimeError: no database")]


def test_outcomes_of_pytest_are_written_at_once(tmp_path: Path) -> None:
    path = tmp_path / "outcomes"
    outcomes = covgate_pytest.Outcomes(str(path))
    crash = SimpleNamespace(reprcrash=ReprFileLocation("a.py", 1, "AssertionError: assert 1 == 2\n  and more"))
    outcomes.pytest_collectreport(report("b.py", "collect", "failed", "Traceback\nE   ImportError: no x\nb.py:1"))
    outcomes.pytest_collectreport(report("c.py", "collect", "passed"))
    outcomes.pytest_runtest_logreport(report("a.py::one", "setup", "passed"))
    outcomes.pytest_runtest_logreport(report("a.py::one", "call", "failed", crash))
    outcomes.pytest_runtest_logreport(report("a.py::two", "setup", "skipped", ("a.py", 3, "Skipped: no network")))
    outcomes.pytest_runtest_logreport(report("a.py::three", "call", "skipped", "long", wasxfail="reason: bug 7"))
    assert told(path) == [
        ("b.py", "error", "ImportError: no x"),
        ("a.py::one", "failed", "AssertionError: assert 1 == 2"),
        ("a.py::two", "skipped", "no network"),
        ("a.py::three", "skipped", "expected failure: reason: bug 7"),
    ]
    outcomes.pytest_unconfigure()


def test_a_failure_that_says_nothing_has_no_message() -> None:
    assert covgate_pytest.message(report("a", "call", "failed")) == ""


def test_only_the_controller_writes(tmp_path: Path) -> None:
    os.environ[covgate_pytest.OUTCOMES] = str(tmp_path / "outcomes")
    registered: list[tuple[Any, str]] = []
    manager = SimpleNamespace(register=lambda plugin, name: registered.append((plugin, name)))
    covgate_pytest.pytest_configure(SimpleNamespace(pluginmanager=manager, workerinput={}))
    assert registered == []
    covgate_pytest.pytest_configure(SimpleNamespace(pluginmanager=manager))
    ((plugin, name),) = registered
    assert name == "covgate-outcomes"
    plugin.pytest_unconfigure()


def load_initial_conftests(options: SimpleNamespace) -> None:
    wrapper = covgate_pytest.pytest_load_initial_conftests(SimpleNamespace(known_args_namespace=options))
    assert list(wrapper) == [None]


def test_pytest_cov_gets_no_sources_and_so_does_not_start() -> None:
    options = SimpleNamespace(cov_source=["shop"])
    load_initial_conftests(options)
    assert options.cov_source == []


def test_where_pytest_cov_is_not_installed_nothing_is_changed() -> None:
    options = SimpleNamespace()
    load_initial_conftests(options)
    assert vars(options) == {}


def test_a_worker_that_nobody_measures_is_left_alone() -> None:
    os.environ.update(PYTEST_XDIST_WORKER="gw0")
    os.environ.pop("COVERAGE_PROCESS_START", None)
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    load_initial_conftests(SimpleNamespace())


def test_the_launcher_lets_the_runners_find_their_collectors(tmp_path: Path) -> None:
    path = tmp_path / "outcomes"
    os.environ[launch.OUTCOMES] = str(path)
    launch.prepare("/run.rc")
    assert sys.path[-1] == str(launch.COLLECTORS)
    unittest.TextTestRunner(stream=io.StringIO()).run(Examples("test_passes"))
    assert json.loads(path.read_text())["outcome"] == "passed"


def test_the_launcher_collects_nothing_where_nobody_asks() -> None:
    os.environ.pop(launch.OUTCOMES, None)
    before = unittest.TextTestRunner.resultclass
    launch.prepare("/run.rc")
    assert unittest.TextTestRunner.resultclass is before


def test_the_names_that_the_programs_share_are_the_same() -> None:
    assert launch.OUTCOMES == covgate_pytest.OUTCOMES
    assert (launch.COLLECTORS / "covgate_pytest.py").is_file()
    others = [path.name for path in launch.COLLECTORS.glob("*.py") if not path.name.startswith("covgate_")]
    assert others == ["__init__.py"]
