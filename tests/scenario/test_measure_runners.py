import sys
from pathlib import Path

import pytest
from tests.scenario.measuring import (
    PYTEST_TEST,
    UNITTEST_TEST,
    assert_equal_to,
    coverage_json,
    measure,
    project,
    shop,
    suite,
    untouched,
)

from covgate.errors import MeasurementError
from covgate.model.suite import Ending, Outcome
from covgate.ports import SuiteOrder

CONFIGURED = "[tool.coverage.run]\nsource = ['shop']\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    place.mkdir()
    return place


def test_pytest_gives_the_numbers_of_coverage_json(root: Path) -> None:
    shop(root, {"pyproject.toml": CONFIGURED, "tests/test_cart.py": PYTEST_TEST})
    measurement = measure(root, "python -m pytest")
    assert_equal_to(measurement.snapshot, coverage_json(root, ["-m", "pytest"]))
    assert measurement.result.ending is Ending.PASSED
    assert [(case.name, case.outcome) for case in measurement.result.cases] == [
        ("tests/test_cart.py::test_a_total_is_the_sum", Outcome.PASSED)
    ]


def test_a_repository_that_says_nothing_is_run_with_pytest_and_measured_where_its_packages_are(root: Path) -> None:
    files = {"pytest.ini": "[pytest]\npythonpath = .\n", "tests/test_cart.py": PYTEST_TEST, "docs/conf.py": "x = 1\n"}
    measurement = measure(shop(root, files))
    assert measurement.result.command == "pytest"
    assert [file.path for file in measurement.snapshot.files] == ["shop/__init__.py", "shop/cart.py", "shop/unused.py"]


def test_the_pytest_command_finds_modules_as_it_does_without_coverage(root: Path) -> None:
    shop(root, {"pyproject.toml": CONFIGURED, "tests/test_cart.py": PYTEST_TEST})
    result = measure(root, "pytest").result
    assert result.ending is Ending.CRASHED
    assert result.cases[0].message == "ModuleNotFoundError: No module named 'shop'"


def test_pytest_cov_in_the_repository_s_own_options_leaves_the_numbers_and_the_output_alone(root: Path) -> None:
    options = "[pytest]\naddopts = --cov=shop --cov-fail-under=100 --cov-report=xml\nfilterwarnings = error\n"
    shop(root, {"pytest.ini": options, "tests/test_cart.py": PYTEST_TEST})
    with untouched(root):
        measurement = measure(root, "python -m pytest")
    assert measurement.result.ending is Ending.PASSED
    reference = coverage_json(root, ["--source=shop", "-m", "pytest", "-p", "no:cov", "-o", "addopts="])
    assert_equal_to(measurement.snapshot, reference)


def test_workers_of_pytest_xdist_are_measured_and_their_tests_counted_once(root: Path) -> None:
    options = "[pytest]\naddopts = --cov=shop\nfilterwarnings = error\n"
    more = {"tests/test_more.py": "def test_more():\n    assert True\n"}
    shop(root, {"pytest.ini": options, "tests/test_cart.py": PYTEST_TEST, **more})
    with untouched(root):
        measurement = measure(root, "python -m pytest", workers="2")
    assert measurement.result.ending is Ending.PASSED
    assert sorted(case.name for case in measurement.result.cases) == [
        "tests/test_cart.py::test_a_total_is_the_sum",
        "tests/test_more.py::test_more",
    ]
    assert_equal_to(
        measurement.snapshot, coverage_json(root, ["--source=shop", "-m", "pytest", "-p", "no:cov", "-o", "addopts="])
    )


def test_unittest_is_found_measured_and_counted(root: Path) -> None:
    shop(root, {".coveragerc": "[run]\nsource = shop\n", "tests/__init__.py": "", "tests/test_cart.py": UNITTEST_TEST})
    measurement = measure(root, "python -m unittest")
    assert_equal_to(measurement.snapshot, coverage_json(root, ["-m", "unittest"]))
    assert [(case.name, case.outcome) for case in measurement.result.cases] == [
        ("tests.test_cart.TotalTest.test_sum", Outcome.PASSED)
    ]


def test_a_script_gets_its_own_directory_and_arguments(root: Path) -> None:
    script = "import sys\nfrom shop.cart import total\nassert sys.argv[1:] == ['a b']\nassert total([1]) == 1\n"
    shop(root, {"check.py": script, "setup.cfg": "[coverage:run]\nsource = shop\n"})
    measurement = measure(root, "CHECK=1 python check.py 'a b'")
    assert measurement.result.ending is Ending.PASSED
    assert_equal_to(measurement.snapshot, coverage_json(root, ["check.py", "a b"]))


def test_coverage_run_in_the_command_is_not_a_second_measurement(root: Path) -> None:
    shop(root, {"pyproject.toml": CONFIGURED, "tests/test_cart.py": PYTEST_TEST})
    with untouched(root):
        measurement = measure(root, "coverage run --source=nothing -m pytest")
    assert_equal_to(measurement.snapshot, coverage_json(root, ["-m", "pytest"]))


def test_what_a_shell_starts_is_measured(root: Path) -> None:
    shop(root, {"pyproject.toml": CONFIGURED, "tests/test_cart.py": PYTEST_TEST})
    measurement = measure(root, "cd tests && cd .. && python -m pytest")
    assert_equal_to(measurement.snapshot, coverage_json(root, ["-m", "pytest"]))
    assert not measurement.result.counted


def test_code_that_only_a_subprocess_runs_is_covered(root: Path) -> None:
    test = """
        import subprocess, sys

        def test_in_another_process(tmp_path):
            code = "from shop.cart import total; print(total([3]))"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            assert done.stdout.strip() == "3"
    """
    shop(root, {"pyproject.toml": CONFIGURED, "test_process.py": test})
    cart = measure(root, "python -m pytest").snapshot.file("shop/cart.py")
    assert cart is not None
    assert str(cart.missed) == "5, 9"


def test_output_is_passed_on_line_by_line(root: Path) -> None:
    lines: list[str] = []
    project(root, {"hello.py": "import shop\nprint('hello')\nprint('world')\n", "shop/__init__.py": "X = 1\n"})
    suite(root, lines).measure(SuiteOrder(command="python hello.py", python=sys.executable))
    assert lines[:2] == ["hello", "world"]


def test_a_suite_that_passes_and_measures_nothing_is_an_error(root: Path) -> None:
    project(root, {"pyproject.toml": CONFIGURED, "tests/test_a.py": "def test_a():\n    assert True\n"})
    with pytest.raises(MeasurementError, match="nothing was measured of shop"):
        measure(root, "pytest")


def test_a_script_that_is_not_there_is_an_error(root: Path) -> None:
    with pytest.raises(MeasurementError, match="not there: check"):
        measure(shop(root, {}), "python check.py")
