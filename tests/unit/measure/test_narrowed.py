"""The command for some test files only."""

import pytest

from covgate.measure.narrowed import narrowed

FILES = ("shop/cart.py", "tests/test_cart.py", "tests/unit/test_stock.py")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("pytest", "pytest tests/test_cart.py"),
        ("pytest -q tests", "pytest -q tests/test_cart.py"),
        ("pytest ./tests/unit/ -n auto", "pytest -n auto tests/test_cart.py"),
        ("pytest tests/test_cart.py::test_total -x", "pytest -x tests/test_cart.py"),
        ("pytest --rootdir tests -c tests/pytest.ini", "pytest --rootdir tests -c tests/pytest.ini tests/test_cart.py"),
        ("python -W error -m pytest .", "python -W error -m pytest tests/test_cart.py"),
        ("DB=x pytest -k 'not slow'", "DB=x pytest -k 'not slow' tests/test_cart.py"),
        ("coverage run -m pytest tests", "python -m pytest tests/test_cart.py"),
        ("python -m unittest", "python -m unittest tests/test_cart.py"),
        ("python -m unittest discover -v -s tests", "python -m unittest -v tests/test_cart.py"),
        ("python manage.py test", "python manage.py test tests.test_cart"),
        ("python runtests.py --all", "python runtests.py --all"),
        ("make test", "make test"),
        ("tox -e py311 && echo done", "tox -e py311 && echo done"),
        ("pytest 'unclosed", "pytest 'unclosed"),
        ("", ""),
    ],
)
def test_a_command_runs_just_these_tests_where_anybody_knows_how(command: str, told: str) -> None:
    assert narrowed(command, ["tests/test_cart.py"], FILES) == told


def test_names_with_blanks_are_quoted() -> None:
    assert narrowed("pytest", ["tests/my test.py"], FILES) == "pytest 'tests/my test.py'"
