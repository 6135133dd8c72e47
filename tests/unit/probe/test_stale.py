"""Data of coverage.py that were measured on another text."""

from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

from covgate.probe.stale import stale_files

SOURCE = '''\
"""A cart."""

TEXT = f"""
# {1 + 1}

"""


def total(prices):
    # all of them
    return sum(prices)
'''
RAN = [1, 3, 4, 9, 11]


def stale(root: Path, source: str, ran: list[int] = RAN) -> list[tuple[str, int, str]]:
    """What is wrong with data that say that these lines ran."""
    place = root / "cart.py"
    place.write_text(source, encoding="utf-8")
    data = CoverageData(no_disk=True)
    data.add_lines({str(place): ran})
    reading = Coverage(data_file=None, config_file=False)
    reading.get_data()
    return list(stale_files(reading, data, root, ["cart.py", "other.py"]))


def test_lines_that_can_run_are_no_proof_and_those_within_a_statement_are_its_own(tmp_path: Path) -> None:
    assert stale(tmp_path, SOURCE) == []


@pytest.mark.parametrize(
    ("edited", "line", "now"),
    [
        ("\n" + SOURCE, 3, "blank"),
        (SOURCE.replace("    return", "    # and\n    return"), 11, "a comment"),
        (SOURCE.replace("    # all of them\n", ""), 11, "beyond the end"),
        ("TEXT = 1\n", 3, "beyond the end"),
    ],
)
def test_a_line_that_cannot_run_is_told_with_what_it_is_now(tmp_path: Path, edited: str, line: int, now: str) -> None:
    assert stale(tmp_path, edited) == [("cart.py", line, now)]


@pytest.mark.parametrize("ran", [[0], [1], [0, 1]])
def test_an_empty_module_has_run_its_first_line(tmp_path: Path, ran: list[int]) -> None:
    assert stale(tmp_path, "", ran) == []


def test_a_source_that_does_not_parse_is_for_others_to_tell(tmp_path: Path) -> None:
    assert stale(tmp_path, "def (\n") == []
