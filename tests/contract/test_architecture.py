"""What keeps the code readable is measured here, so that it cannot get lost a little at a time."""

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
HEAVY = ("github", "diff_cover", "pydantic", "rich", "coverage", "yaml", "jinja2", "requests")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring: explaining more must never cost anything."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    explained = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def test_functions_are_short() -> None:
    lengths = [length(function) for path in SOURCES for function in functions(path)]
    assert statistics.median(lengths) <= 8
    assert statistics.quantiles(lengths, n=10)[-1] <= 30


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_function_is_longer_than_a_screen_and_no_file_than_400_lines(path: Path) -> None:
    assert [function.name for function in functions(path) if length(function) > 60] == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert not module.body or ast.get_docstring(module)


def test_imports_point_inwards() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_there_are_fewer_than_five_patches_in_a_hundred_tests() -> None:
    patches = tests = 0
    patching = re.compile(
        r"\b(?:Magic|Async)?Mock\(|\b(?:mocker|mock)\.patch|(?<![\w.])patch\(|monkeypatch\.set(?:attr|item)\("
    )
    for path in TESTS:
        tests += sum(function.name.startswith("test_") for function in functions(path))
        patches += len(patching.findall(path.read_text(encoding="utf-8"))) if path != Path(__file__) else 0
    assert patches * 100 < tests * 5


def test_asking_for_the_version_loads_nothing_heavy() -> None:
    code = f"""
import sys
from covgate.cli import main
try:
    main(["--version"])
except SystemExit:
    pass
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured)
    assert done.stdout.splitlines()[-1] == "[]"
