"""Which tests run a file, where contexts were recorded."""

from __future__ import annotations

from typing import Any

from .analysis import multiline_map

MOST_CONTEXTS = 20_000
"""With more tests than this it takes longer to look than anybody wants to wait."""
MOST_NAMES = 5


def knows_tests(data: Any) -> bool:
    """Whether contexts were recorded, and not of too many tests to look at them."""
    return 0 < len(data.measured_contexts() - {""}) <= MOST_CONTEXTS


def reached_by(data: Any, reporter: Any, analysis: Any) -> list[list[Any]]:
    """Test files, or the dotted names of their modules, with the number of the file's statements that their tests run.

    Shape:  pairs, the most first, at most MOST_NAMES of them.
    """
    first_line = multiline_map(reporter)
    lines: dict[str, set[int]] = {}
    for line, contexts in data.contexts_by_lineno(reporter.filename).items():
        statement = first_line.get(line, line)
        if statement in analysis.statements:
            for name in set(map(place_of, contexts)):
                lines.setdefault(name, set()).add(statement)
    lines.pop("", None)
    pairs = sorted(((name, len(found)) for name, found in lines.items()), key=lambda pair: (-pair[1], pair[0]))
    return [list(pair) for pair in pairs[:MOST_NAMES]]


def place_of(context: str) -> str:
    """The file of a context by pytest-cov ("tests/test_a.py::test_b|run"), or the module of one by coverage.py itself
    ("tests.test_a.TestB.test_c"); "" where it is no test's.
    """
    for part in context.split("|"):
        path, separator, _ = part.partition("::")
        if separator and path.endswith(".py"):
            return path
        *names, last = part.split(".")
        if names and (last.startswith("test") or last == "runTest"):
            while len(names) > 1 and names[-1][:1].isupper():
                names.pop()
            return ".".join(names)
    return ""
