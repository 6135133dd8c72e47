"""Where a test of a file belongs."""

from collections.abc import Mapping

import pytest
from tests.unit.rank.plan.values import measured, sources

from covgate.model.plan import NearestTests
from covgate.model.snapshot import FileCoverage
from covgate.rank.imports import Modules
from covgate.rank.nearest import TestFiles


def nearest(
    path: str, files: Mapping[str, str], file: FileCoverage | None = None, *, thorough: bool = True
) -> NearestTests:
    known = sources({path: "", **files})
    return TestFiles(known, Modules(known.paths)).nearest(path, file, thorough=thorough)


def reached(path: str, *by: tuple[str, int]) -> FileCoverage:
    file = measured(path, 50, 10)
    return FileCoverage(path, file.statements, file.executed, reached_by=by)


CART = "src/shop/cart.py"
PACKAGE = {"src/shop/__init__.py": ""}


@pytest.mark.parametrize("context", ["tests/test_prices.py", "tests.test_prices", "test_prices"])
def test_the_tests_that_reach_most_of_a_file_come_nearest_whatever_they_are_called(context: str) -> None:
    files = {"tests/test_cart.py": "", "tests/test_prices.py": ""}
    found = nearest(CART, files, reached(CART, (context, 34), ("tests/test_cart.py", 3)))
    assert (found.path, found.exists) == ("tests/test_prices.py", True)
    assert found.why == "its tests run 34 of the file's statements already"


def test_contexts_of_tests_that_are_not_there_lead_nowhere() -> None:
    found = nearest(CART, {"tests/test_cart.py": ""}, reached(CART, ("../../etc/passwd.py", 34), ("py311", 3)))
    assert found.path == "tests/test_cart.py"


@pytest.mark.parametrize("test", ["tests/test_cart.py", "tests/shop/test_cart.py", "src/shop/tests/test_cart.py",
                                  "src/shop/test_cart.py", "tests/unit/cart_test.py"])  # fmt: skip
def test_a_test_file_that_is_called_after_the_module_is_extended(test: str) -> None:
    found = nearest(CART, {test: "", "tests/test_other.py": f"import {CART}"})
    assert (found.path, found.exists, found.why) == (test, True, "it is called after the module")


def test_tests_of_another_module_of_the_same_name_are_not_taken() -> None:
    files = {**PACKAGE, "src/web/__init__.py": "", "src/web/cart.py": "", "tests/web/test_cart.py": "import web.cart"}
    assert nearest(CART, files).path == "tests/shop/test_cart.py"


def test_of_two_test_files_of_one_name_the_one_that_imports_the_module_comes_nearest() -> None:
    files = {**PACKAGE, "tests/a/test_cart.py": "", "tests/b/test_cart.py": "from shop.cart import total"}
    assert nearest(CART, files).path == "tests/b/test_cart.py"


def test_else_the_test_file_that_imports_the_module_and_least_beside_it() -> None:
    files = {
        **PACKAGE,
        "src/shop/stock.py": "",
        "tests/test_all.py": "from shop import cart, stock",
        "tests/test_total.py": "from shop.cart import total",
    }
    found = nearest(CART, files)
    assert (found.path, found.why) == ("tests/test_total.py", "it imports the module")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({}, "tests/test_cart.py"),
        ({"src/shop/stock.py": "", "tests/test_stock.py": ""}, "tests/test_cart.py"),
        ({"src/shop/stock.py": "", "tests/unit/shop/test_stock.py": ""}, "tests/unit/shop/test_cart.py"),
        ({"src/shop/stock.py": "", "tests/shop/test_stock.py": ""}, "tests/shop/test_cart.py"),
        ({"src/shop/stock.py": "", "tests/test_shop/test_stock.py": ""}, "tests/test_shop/test_cart.py"),
        ({"src/shop/stock.py": "", "src/shop/tests/test_stock.py": ""}, "src/shop/tests/test_cart.py"),
        ({"src/shop/stock.py": "", "src/shop/stock_test.py": ""}, "src/shop/cart_test.py"),
        ({"src/shop/pay/stock.py": "", "tests/pay/test_stock.py": ""}, "tests/test_cart.py"),
        ({"stock.py": "", "test_stock.py": ""}, "src/shop/test_cart.py"),
    ],
)
def test_else_a_new_file_where_the_repositorys_layout_would_put_it(files: Mapping[str, str], place: str) -> None:
    found = nearest(CART, files)
    assert (found.path, found.exists) == (place, False)


def test_a_new_file_takes_the_name_of_no_other() -> None:
    files = {"src/web/cart.py": "", "src/web/__init__.py": "", **PACKAGE, "tests/test_cart.py": "import web.cart"}
    assert nearest(CART, files).path == "tests/test_shop_cart.py"


def test_the_packages_own_file_is_tested_under_the_packages_name() -> None:
    assert nearest("src/shop/__init__.py", {"tests/test_shop.py": ""}).path == "tests/test_shop.py"


DB = "import pytest\n\n@pytest.fixture\ndef db(): ...\n\n@pytest.fixture(name='web')\ndef w(): ..."
FIXTURE = "from pytest import fixture\n\n@fixture()\nasync def cart(): ...\n\ndef helper(): ..."


def test_fixtures_of_the_nearest_conftest_are_named_first() -> None:
    files = {
        "tests/conftest.py": DB,
        "tests/shop/conftest.py": FIXTURE,
        "conftest.py": "def broken(:",
        "other/conftest.py": DB.replace("db", "far"),
        "tests/shop/test_cart.py": "",
    }
    assert nearest(CART, files).fixtures == ("cart", "db", "web")


def test_imports_of_tests_are_looked_at_only_where_that_is_asked_for() -> None:
    files = {**PACKAGE, "tests/test_total.py": "from shop.cart import total"}
    assert nearest(CART, files, thorough=False).exists is False
