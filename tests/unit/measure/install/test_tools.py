import pytest

from covgate.measure.install.project import project_of
from covgate.measure.install.python import requires_python
from covgate.measure.install.tools import COVERAGE, PYTEST, tools

UNITTEST = "import unittest\n\nclass CartTest(unittest.TestCase):\n    def test_total(self):\n        pass\n"
FUNCTIONS = "from shop import total\n\ndef test_total():\n    assert total([1]) == 1\n"


@pytest.mark.parametrize("command", ["pytest -q", "python -m pytest tests", "cd api && py.test", "FOO=1 pytest"])
def test_pytest_is_added_where_the_command_calls_it(command: str) -> None:
    assert tools(command, {}, ()) == (COVERAGE, PYTEST)


@pytest.mark.parametrize("command", ["python -m unittest", "make check", "python runtests.py", "pytester"])
def test_pytest_is_not_added_for_another_command(command: str) -> None:
    assert tools(command, {"pytest.ini": "[pytest]\n"}, (FUNCTIONS,)) == (COVERAGE,)


def test_without_a_command_pytest_is_added_where_it_is_configured_or_the_tests_are_written_for_it() -> None:
    assert tools("", {"pyproject.toml": "[tool.pytest.ini_options]\n"}, ()) == (COVERAGE, PYTEST)
    assert tools("", {}, (UNITTEST, FUNCTIONS)) == (COVERAGE, PYTEST)
    assert tools("", {}, (UNITTEST,)) == (COVERAGE,)
    assert tools("", {}, ()) == (COVERAGE,)


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.9, <3.14"\n', ">=3.9,<3.14"),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.9"\n', ">=3.9,<4"),
        ("setup.cfg", "[options]\npython_requires = >=3.7\n", ">=3.7"),
        ("pyproject.toml", '[project]\nrequires-python = "three"\n', ""),
        ("pyproject.toml", "[project]\nrequires-python = 3\n", ""),
        ("setup.py", "setup()", ""),
    ],
)
def test_the_project_s_own_word_on_its_python_is_read(path: str, text: str, wanted: str) -> None:
    assert requires_python(project_of({path: text})) == wanted
