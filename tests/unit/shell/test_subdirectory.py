"""A project below the repository's root."""

from dataclasses import replace

from tests.doubles.ports import FakeSuite
from tests.sketch import sketch

from covgate.model.snapshot import LeftOut, PathMapping
from covgate.ports import SuiteOrder
from covgate.shell.subdirectory import InDirectory

HEAD = sketch(
    """
    [shop/cart.py]
    +.  TOTAL = 1
    [shop/new.py] unmeasured
    +!  TOTAL = 2
    [shop/conf.py] left out: omitted
    +   TOTAL = 3
    """
).head


def test_the_suite_hears_its_own_paths_and_everybody_else_the_repository_s() -> None:
    inner = FakeSuite(replace(HEAD, mapped=(PathMapping("/ci/shop/cart.py", "shop/cart.py"),)))
    order = SuiteOrder(changed=("api/shop/cart.py", "apis/x.py", "web/view.py"))
    snapshot = InDirectory(inner, "api").measure(order).snapshot
    assert inner.orders[0].changed == ("shop/cart.py",)
    assert [file.path for file in (*snapshot.files, *snapshot.unmeasured)] == ["api/shop/cart.py", "api/shop/new.py"]
    assert snapshot.mapped == (PathMapping("/ci/shop/cart.py", "api/shop/cart.py"),)
    assert snapshot.left_out == (
        LeftOut("api/shop/conf.py", "omitted"),
        LeftOut("apis/x.py", "outside the working directory `api`"),
        LeftOut("web/view.py", "outside the working directory `api`"),
    )


def test_data_that_are_given_are_told_in_the_repository_s_paths_too() -> None:
    inner = FakeSuite(HEAD)
    measurement = InDirectory(inner, "services/api").read(["out/coverage.xml"], SuiteOrder())
    assert inner.log == ["read out/coverage.xml"]
    assert measurement.snapshot.files[0].path == "services/api/shop/cart.py"
