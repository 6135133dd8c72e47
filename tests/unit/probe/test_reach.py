"""Contexts of tests: which file they stand for."""

import pytest

from covgate.probe.reach import place_of


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ("tests/test_a.py::test_b|run", "tests/test_a.py"),
        ("py311|tests/test_a.py::TestB::test_c[1|2]|setup", "tests/test_a.py"),
        ("tests.test_a.test_b", "tests.test_a"),
        ("test_a.TestB.test_c", "test_a"),
        ("test_a.TestB.Inner.runTest", "test_a"),
        ("Tests.test_b", "Tests"),
        ("py311", ""),
        ("", ""),
        ("shop.cart.total", ""),
        ("3.11.9", ""),
    ],
)
def test_a_context_stands_for_a_test_file_or_its_module(context: str, place: str) -> None:
    assert place_of(context) == place
