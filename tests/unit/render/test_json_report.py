import json
from typing import Any

from tests.golden.faces import FACES

from covgate.model.snapshot import MissedArc
from covgate.render.formats.json_report import render
from covgate.render.records.report_values import arcs


def loaded(face: str) -> Any:
    return json.loads(render(FACES[face]()))


def test_percentages_are_floored_text_and_null_for_nothing() -> None:
    assert loaded("failed")["diff"]["line"] == {"covered": 20, "total": 24, "percent": "83.33"}
    assert loaded("nothing_measurable")["diff"]["line"] == {"covered": 0, "total": 0, "percent": None}


def test_a_missing_baseline_is_a_reason_and_no_numbers() -> None:
    report = loaded("first_run")
    assert report["baseline"] == {
        "state": "missing",
        "reason": "nothing is stored for the base yet",
        "sha": None,
        "source": None,
        "behind": None,
    }
    assert report["before"] is None


def test_counts_that_no_runner_reported_are_null() -> None:
    suite = loaded("suite_killed")["suite"]
    assert (suite["passed"], suite["failed"], suite["skipped"], suite["pass_rate"]) == (None, None, None, None)


def test_a_pass_rate_leaves_skipped_tests_out() -> None:
    assert loaded("suite_failed")["suite"]["pass_rate"] == "98.59"


def test_arcs_of_a_line_are_told_together() -> None:
    found = [MissedArc(4, 9, "`a` never b"), MissedArc(2, 3, "`c` never d"), MissedArc(4, 5, "`a` never b")]
    assert arcs(found) == [
        {"line": 2, "to": [3], "words": "`c` never d"},
        {"line": 4, "to": [5, 9], "words": "`a` never b"},
    ]


def test_the_report_is_ascii_whatever_names_hold() -> None:
    assert render(FACES["hostile"]()).isascii()


def test_branching_lines_that_ran_in_part_are_counted_by_file() -> None:
    counts = {path: file["partial_branches"] for path, file in loaded("failed")["files"].items()}
    assert counts == {
        "src/shop/cart.py": 1,
        "src/shop/catalogue.py": 0,
        "src/shop/orders.py": 0,
        "src/shop/payments/refund.py": 1,
    }
