"""Contexts that were recorded tell which tests reach a file, whoever recorded them."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario.measuring import clean_environment, measure, shop, suite

from covgate.model.snapshot import Snapshot
from covgate.ports import SuiteOrder

TESTS = {
    "tests/test_much.py": """
        from shop.cart import total


        def test_a_coupon_makes_it_free():
            assert total([1], coupon=4) == 0


        def test_a_total_is_the_sum():
            assert total([1, -1]) == 1
    """,
    "tests/test_little.py": """
        import unittest

        from shop.cart import total


        class LittleTest(unittest.TestCase):
            def test_a_coupon(self):
                self.assertEqual(total([1], coupon=4), 0)
    """,
    "pytest.ini": "[pytest]\npythonpath = .\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shop(tmp_path / "shop", TESTS)


def reached(snapshot: Snapshot) -> dict[str, tuple[tuple[str, int], ...]]:
    return {file.path: file.reached_by for file in snapshot.files if file.reached_by}


def test_without_contexts_nobody_knows_which_tests_reach_a_file(root: Path) -> None:
    assert reached(measure(root).snapshot) == {}


@pytest.mark.parametrize("command", ["pytest", "python -m unittest discover -s tests -t ."])
def test_the_repositorys_own_contexts_are_kept_and_name_the_modules_of_its_tests(root: Path, command: str) -> None:
    (root / ".coveragerc").write_text("[run]\ndynamic_context = test_function\n")
    (root / "tests/__init__.py").touch()
    found = reached(measure(root, command).snapshot)
    first = ("tests.test_much", 8) if command == "pytest" else ("tests.test_little", 2)
    assert found["shop/cart.py"][0] == first
    assert ("tests.test_little", 2) in found["shop/cart.py"]


def test_contexts_of_pytest_cov_name_test_files(root: Path, tmp_path: Path) -> None:
    data = tmp_path / "made.data"
    environment = {**clean_environment(), "COVERAGE_FILE": str(data)}
    pytest_cov = ["-m", "pytest", "-q", "-p", "pytest_cov", "--cov=shop", "--cov-branch", "--cov-context=test"]
    subprocess.run([sys.executable, *pytest_cov], cwd=root, env=environment, check=True, capture_output=True)
    measurement = suite(root).read([str(data)], SuiteOrder(python=sys.executable))
    assert reached(measurement.snapshot) == {
        "shop/cart.py": (("tests/test_much.py", 8), ("tests/test_little.py", 2)),
    }
