"""What measuring needs beside what the project brings."""

import re
from collections.abc import Iterable, Mapping

from covgate.measure.addopts import pytest_options

COVERAGE = "coverage>=7.2"
"""The newest for its Python, unless the project brought one that is new enough."""
PYTEST = "pytest"
_CALLS_PYTEST = re.compile(r"\b(pytest|py\.test)\b")
_FOR_PYTEST = re.compile(r"^(async )?def test|^\s*(import|from) pytest\b|^class Test\w*:", re.MULTILINE)


def tools(command: str, texts: Mapping[str, str], tests: Iterable[str]) -> tuple[str, ...]:
    """What to install that the project may have left out.

    Shape:  `command` is the suite's, "" for what the repository uses; `texts` are its files by path; `tests` are the
            texts of its test files, read only where neither says whether pytest runs them. unittest's need none.
    """
    if command:
        wanted = _CALLS_PYTEST.search(command) is not None
    else:
        wanted = pytest_options(texts).configured or any(_FOR_PYTEST.search(text) for text in tests)
    return (COVERAGE, PYTEST) if wanted else (COVERAGE,)
