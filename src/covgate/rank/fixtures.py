"""Fixtures that a test of pytest's can use, by name."""

import ast
from collections.abc import Iterator
from posixpath import dirname, join

from covgate.model.sources import Sources

MOST_FIXTURES = 40


def fixtures_near(test: str, sources: Sources) -> tuple[str, ...]:
    """Names of the fixtures in the conftest files of the test's folders, the nearest file's first."""
    found = (name for conftest in _conftests(test) for name in fixtures_in(sources.content(conftest)))
    return tuple(dict.fromkeys(found))[:MOST_FIXTURES]


def _conftests(test: str) -> Iterator[str]:
    folder = dirname(test)
    while folder:
        yield join(folder, "conftest.py")
        folder = dirname(folder)
    yield "conftest.py"


def fixtures_in(content: bytes) -> tuple[str, ...]:
    """Names of the fixtures that a source defines, in its order.

    Errors: none; a source that does not parse defines none.
    """
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return tuple(name for function in functions if (name := _fixture(function)))


def _fixture(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The name that a function is a fixture by, "" where it is none."""
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in ("fixture", "yield_fixture"):
            return _given_name(decorator) or function.name
    return ""


def _given_name(decorator: ast.expr) -> str:
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    values = (one.value for one in given if one.arg == "name")
    return next((one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)), "")
