import pytest

from covgate.errors import SettingsError
from covgate.measure.command import Kind, default_command, understood


@pytest.mark.parametrize(
    ("text", "kind", "target", "arguments", "runner"),
    [
        ("pytest", Kind.SCRIPT, "pytest", (), "pytest"),
        (".venv/bin/pytest -x 'a b'", Kind.SCRIPT, "pytest", ("-x", "a b"), "pytest"),
        ('pytest -k "a and (b or c)"', Kind.SCRIPT, "pytest", ("-k", "a and (b or c)"), "pytest"),
        ("python -m pytest tests", Kind.MODULE, "pytest", ("tests",), "pytest"),
        ("python3.13 -m unittest discover", Kind.MODULE, "unittest", ("discover",), "unittest"),
        ("python -m nose2 -v", Kind.MODULE, "nose2", ("-v",), ""),
        ("python manage.py test", Kind.SCRIPT, "manage.py", ("test",), ""),
        ("coverage run -m pytest tests", Kind.MODULE, "pytest", ("tests",), "pytest"),
        ("coverage run --branch --source=a --rcfile x.rc run.py b", Kind.SCRIPT, "run.py", ("b",), ""),
        ("coverage run -p --module unittest", Kind.MODULE, "unittest", (), "unittest"),
        ("python -m coverage run -m pytest", Kind.MODULE, "pytest", (), "pytest"),
        ("make test", Kind.SHELL, "make test", (), ""),
        ("tox", Kind.SHELL, "tox", (), ""),
        ("pytest && python -m other", Kind.SHELL, "pytest && python -m other", (), ""),
        ("pytest $TESTS", Kind.SHELL, "pytest $TESTS", (), ""),
        ("pytest tests/test_*.py", Kind.SHELL, "pytest tests/test_*.py", (), ""),
        ("python -c 'import a'", Kind.SHELL, "python -c 'import a'", (), ""),
        ("python", Kind.SHELL, "python", (), ""),
        ("python -m", Kind.SHELL, "python -m", (), ""),
        ("coverage report", Kind.SHELL, "coverage report", (), ""),
        ("A=1", Kind.SHELL, "A=1", (), ""),
    ],
)
def test_a_command_is_taken_apart(text: str, kind: Kind, target: str, arguments: tuple[str, ...], runner: str) -> None:
    command = understood(text)
    assert (command.text, command.kind, command.target, command.arguments) == (text, kind, target, arguments)
    assert command.runner == runner


def test_assignments_in_front_belong_to_the_environment() -> None:
    command = understood("DJANGO=a.b X='1 2' python -W error -O -m pytest")
    assert command.environment == (("DJANGO", "a.b"), ("X", "1 2"))
    assert command.flags == ("-W", "error", "-O")


def test_flags_behind_python_stay_where_coverage_is_unwrapped() -> None:
    assert understood("python -X dev -m coverage run -m pytest").flags == ("-X", "dev")


@pytest.mark.parametrize("text", ["pytest 'a", ""])
def test_what_cannot_be_read_is_a_mistake_in_the_settings(text: str) -> None:
    with pytest.raises(SettingsError):
        understood(text)


@pytest.mark.parametrize(
    ("files", "has_pytest", "uses_pytest", "command"),
    [
        (["tests/test_a.py"], True, False, "pytest"),
        (["a.py"], False, True, "pytest"),
        (["a.py"], True, False, "python -m unittest"),
        (["tests/__init__.py", "tests/test_a.py"], False, False, "python -m unittest"),
        (["tests/test_a.py"], False, False, "python -m unittest discover -s tests"),
        (["test_a.py", "tests/test_b.py"], False, False, "python -m unittest"),
    ],
)
def test_the_default_is_what_the_repository_is_tested_with(
    files: list[str], has_pytest: bool, uses_pytest: bool, command: str
) -> None:
    assert default_command(files, has_pytest=has_pytest, uses_pytest=uses_pytest) == command
