import pytest

from covgate.measure.sources import default_source


@pytest.mark.parametrize(
    ("files", "source"),
    [
        (["src/shop/__init__.py", "src/shop/a.py", "tests/test_a.py", "setup.py"], ("src/shop",)),
        (["src/shop/a.py", "src/lone.py", "tools/x.py"], ("src", "src/shop")),
        (["shop/__init__.py", "shop/deep/a.py", "helper.py", "docs/conf.py", "noxfile.py"], ("helper", "shop")),
        (["namespace/a.py", "manage.py", "tests/b.py"], ("manage", "namespace")),
        (["lone.py", "test_lone.py", "lone_test.py", "conftest.py", "_private.py", ".hidden.py"], ("lone",)),
        (["tests/__init__.py", "tests/a.py"], ()),
        ([], ()),
    ],
)
def test_what_looks_like_the_project_s_own_code_is_measured(files: list[str], source: tuple[str, ...]) -> None:
    assert default_source(files) == source
