"""Which file imports which, by their import statements."""

from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.rank.imports import Modules

PATHS = ("src/shop/__init__.py", "src/shop/cart.py", "src/shop/pay/__init__.py", "src/shop/pay/refund.py",
         "tools/make.py", "tools/names.py", "json.py", "src/shop/json.py", "tests/test_cart.py")  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "imported"),
    [
        ("tests/test_cart.py", "import shop.cart", {"src/shop/cart.py"}),
        ("tests/test_cart.py", "import shop.cart as c, shop.pay.refund",
         {"src/shop/cart.py", "src/shop/pay/refund.py"}),
        ("tests/test_cart.py", "from shop import cart", {"src/shop/cart.py"}),
        ("tests/test_cart.py", "from shop.cart import total", {"src/shop/cart.py"}),
        ("tests/test_cart.py", "from src.shop.cart import total", {"src/shop/cart.py"}),
        ("tests/test_cart.py", "from shop import VERSION", {"src/shop/__init__.py"}),
        ("tests/test_cart.py", "from shop import (\n    cart,  # the cart\n    pay,\n)",
         {"src/shop/cart.py", "src/shop/pay/__init__.py"}),
        ("tests/test_cart.py", "from shop import (  # noqa (why)\n    cart,  # )\n)\n", {"src/shop/cart.py"}),
        ("src/shop/pay/refund.py", "from ..cart import total", {"src/shop/cart.py"}),
        ("src/shop/cart.py", "from . import pay", {"src/shop/pay/__init__.py"}),
        ("src/shop/cart.py", "def f():\n    from .pay import refund\n", {"src/shop/pay/refund.py"}),
        ("src/shop/cart.py", "import json", {"json.py"}),
        ("src/shop/cart.py", "from .json import dumps", {"src/shop/json.py"}),
        ("tools/make.py", "import names", {"tools/names.py"}),
        ("tools/make.py", "import shop.nothing, os.path", set()),
        ("tools/make.py", '"""Words:\n\nfrom here to there, import nothing.\n"""', set()),
        ("tools/make.py", "this is no Python (", set()),
        ("src/shop/cart.py", "from .cart import itself", set()),
    ],
)  # fmt: skip
def test_imports_lead_to_the_repositorys_files(path: str, text: str, imported: set[str]) -> None:
    assert Modules(PATHS).imports(path, text.encode()) == imported


def test_statements_that_are_never_closed_cost_no_more_than_reading_them() -> None:
    assert Modules(PATHS).imports("tools/make.py", b"from shop import (\n" * 50_000 + b"import names\n") == {
        "tools/names.py"
    }


def test_of_two_modules_of_one_name_the_nearest_is_meant() -> None:
    modules = Modules(["a/cli.py", "a/names.py", "b/cli.py", "b/names.py"])
    assert modules.imports("b/cli.py", b"import names") == {"b/names.py"}


FOLDERS = st.lists(st.sampled_from("ab"), max_size=4).map(lambda folders: "/".join([*folders, "names.py"]))


@given(st.sets(FOLDERS, min_size=1), FOLDERS)
def test_of_many_modules_of_one_name_the_one_with_the_most_folders_in_common_is_meant(
    paths: set[str], importer: str
) -> None:
    def shared(path: str) -> int:
        pairs = zip(path.split("/")[:-1], importer.split("/")[:-1], strict=False)
        return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))

    best = max(sorted(paths), key=lambda path: (shared(path), -len(path)))
    importer = importer.replace("names.py", "cli.py")
    assert Modules([*paths, importer]).imports(importer, b"import names") == {best}


@pytest.mark.parametrize(
    "statement",
    [
        b"import json; " + b"-" * 5_000 + b"1",
        b"import json; " + b"-" * 200_000 + b"1",
        b"import json; x" + b".b" * 900,
        b"import json; x = " + b"1+" * 100_000 + b"1",
    ],
    ids=["deep", "too deep for the parser", "chained", "many operands"],
)
def test_a_statement_that_python_cannot_parse_is_no_import(statement: bytes) -> None:
    assert Modules(PATHS).imports("tools/make.py", statement + b"\nimport names\n") >= {"tools/names.py"}


@pytest.mark.parametrize("more", [b", a.b" * 20_000, b", a" + b".b" * 2_000], ids=["long", "a name of many parts"])
def test_a_statement_that_nobody_writes_is_not_looked_at(more: bytes) -> None:
    assert Modules(PATHS).imports("tools/make.py", b"import names" + more) == set()
