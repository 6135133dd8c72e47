"""`covgate gaps` on a terminal: a table that fits."""

import pytest
from rich.cells import cell_len
from tests.unit.rank.plan.values import gap_of, measured, snapshot, sources

from covgate.model.plan import Outlook
from covgate.rank.plan import PlanOptions, plan
from covgate.render.gaps_table import gaps_table

LONG = "services/very_long_name_of_a_team/src/package_of_the_team/subpackage/workflow_analytics_engine.py"
PATHS = {"src/shop/cart.py": 1163, LONG: 593, "文/カート.py": 50, "a\x1b[31m\u202e::error::.py": 9}


def outlook(failing: bool = False) -> Outlook:
    files = [measured(path, statements, statements - 3) for path, statements in PATHS.items()]
    gaps = tuple(gap_of(file) for file in files)
    options = PlanOptions(command=lambda paths: f"pytest {' '.join(paths)}", notes=("A note about `churn`.",))
    made = plan(gaps, snapshot(*files), options, sources(dict.fromkeys(PATHS, "")))
    return Outlook(gaps, made, "0.1.0", sha="4ead" * 10, dirty=True, measured="this run", failing=failing)


@pytest.mark.parametrize("width", [40, 59, 60, 80, 120])
@pytest.mark.parametrize("top", [1, 3, 99])
def test_no_line_is_wider_than_the_terminal(width: int, top: int) -> None:
    text = gaps_table(outlook(), top, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_of_a_path_is_lost_and_nothing_of_it_commands_the_terminal(width: int) -> None:
    text = gaps_table(outlook(), 99, width)
    assert LONG in "".join(text.split())
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_numbers_of_a_file_stand_in_its_row() -> None:
    row = next(line for line in gaps_table(outlook(), 5, 100).splitlines() if line.startswith("src/shop/cart.py"))
    assert row.split() == ["src/shop/cart.py:4", "1,160", "1,163", "0.25", "%", "579", "+", "31.90"]


def test_what_is_not_shown_is_counted() -> None:
    assert "… and 3 more files: see --top, or gaps.json" in gaps_table(outlook(), 1, 80)


def test_where_the_numbers_come_from_and_what_could_not_be_had_stand_below() -> None:
    end = gaps_table(outlook(), 1, 80).splitlines()[-2:]
    assert end == ["A note about churn.", "Measured: this run at 4ead4ea with uncommitted changes"]


def test_numbers_of_a_failing_suite_are_told_to_be_none_of_the_projects() -> None:
    assert "these numbers are not the project's" in " ".join(gaps_table(outlook(failing=True), 1, 80).split())


def test_nothing_measured_is_said() -> None:
    assert gaps_table(Outlook((), plan([], snapshot()), "0.1.0"), 5, 80).startswith("Nothing was measured.")
