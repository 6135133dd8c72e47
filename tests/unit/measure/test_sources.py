import pytest

from covgate.measure.sources import default_source, guessed_words


@pytest.mark.parametrize(
    ("files", "source"),
    [
        (["src/shop/__init__.py", "src/shop/a.py", "tests/test_a.py", "setup.py"], ("src/shop",)),
        (["src/shop/a.py", "src/lone.py", "tools/x.py"], ("src", "src/shop")),
        (["shop/__init__.py", "shop/deep/a.py", "prebuild.py", "docs/conf.py", "noxfile.py"], ("shop",)),
        (["lone.py", "tests/__init__.py", "tests/test_lone.py"], ("lone",)),
        (["namespace/a.py", "manage.py", "tests/b.py"], ("manage", "namespace")),
        (["lone.py", "test_lone.py", "lone_test.py", "conftest.py", "_private.py", ".hidden.py"], ("lone",)),
        (["tests/__init__.py", "tests/a.py"], ()),
        ([], ()),
    ],
)
def test_what_looks_like_the_project_s_own_code_is_measured(files: list[str], source: tuple[str, ...]) -> None:
    assert default_source(files) == source


def test_a_guess_is_told_with_the_key_that_replaces_it() -> None:
    words = guessed_words(("src/shop", "src/till"))
    assert "`src/shop`, `src/till` was guessed" in words
    assert "`suite.source`" in words
