"""Sources that do not parse, or that no encoding fits: what can be measured is, the rest is unknown, never nothing."""

import os
from pathlib import Path

import pytest
from tests.scenario.shop import REFUND, Shop, shop

TESTED = (
    "from shop.refund import refund\n\n\ndef test_it():\n    assert refund(3) == 3\n    assert refund(3, True) == 0\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    """The shop with a refund that is tested."""
    project = shop(tmp_path / "shop")
    project.add({"shop/refund.py": REFUND, "tests/test_refund.py": TESTED})
    return project


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"def (:\n", "does not parse: 'invalid syntax' at line 1"),
        (b"NAME = '\xe9'\n", "does not parse: "),
        (b"# coding: no-such-thing\nNAME = 1\n", "does not parse: "),
        (b"NAME = 1\0\n", "does not parse: "),
    ],
)
def test_a_changed_source_that_does_not_parse_is_unknown_and_named(project: Shop, content: bytes, reason: str) -> None:
    project.add({"shop/broken.py": content})
    ended = project.run()
    assert (ended.code, ended.rules) == (1, {"diff.line": "unknown"})
    (left,) = [left for left in ended.report["diff"]["left_out"] if left["path"] == "shop/broken.py"]
    assert left["reason"].startswith(reason)
    assert "None" not in left["reason"]
    assert "Changed lines could not be judged" in ended.out
    assert "shop/broken.py" in ended.comment


def test_unknown_passes_where_the_base_says_so(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "thresholds: {diff: {line: 80}, on_unknown: pass}\n"})
    project.add({"shop/broken.py": "def (:\n"})
    assert project.run().code == 0


def test_a_source_that_does_not_parse_and_is_left_out_of_coverage_does_no_harm(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".coveragerc": "[run]\nsource = shop\nomit = shop/templates/*\n"})
    project.add({"shop/templates/new.py": "{{ name }} = 1 +\n"})
    ended = project.run()
    assert (ended.code, ended.rules) == (0, {"diff.line": "not_applicable"})


def test_a_source_in_another_encoding_that_says_so_is_measured(project: Shop) -> None:
    latin = "# -*- coding: latin-1 -*-\nNAME = 'caf\xe9'\n\n\ndef name(full):\n    return NAME if full else ''\n"
    project.add({"shop/latin.py": latin.encode("latin-1")})
    file = project.run().report["diff"]["files"]["shop/latin.py"]
    assert (file["line"]["total"], file["missed_lines"]) == (3, [2, 5, 6])


def test_a_name_that_is_no_utf_8_neither_breaks_the_suite_nor_passes_for_tested(project: Shop) -> None:
    name = os.fsdecode(b"shop/caf\xe9.py")
    project.add({name: "NAME = 1\n"})
    ended = project.run()
    assert ended.report["suite"]["ending"] == "passed"
    assert (ended.code, ended.rules) == (1, {"diff.line": "unknown"})
    assert "its name is not UTF-8" in ended.out


def test_a_name_of_another_script_is_a_name(project: Shop) -> None:
    project.add({"shop/größe.py": "NAME = 1\n"})
    ended = project.run()
    assert ended.report["diff"]["files"]["shop/größe.py"]["missed_lines"] == [1]
    assert "shop/größe.py" in ended.out
