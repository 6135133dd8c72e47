"""A report.json of a few bytes that would fill all memory is refused before anything of it is unfolded."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.golden.faces import FACES

from covgate.errors import MeasurementError
from covgate.parse.report.reading import read_report
from covgate.render.formats import json_report

MANY = 6_000_000
NOTHING = {"covered": 0, "total": 0, "percent": None}
NEVER = {"covered": 0, "total": MANY, "percent": "0.00"}
COUNTS = {"line": NOTHING, "branch": NEVER, "combined": NEVER}


def cases_of_components(values: dict[str, Any]) -> None:
    suite = {**values["suite"], "passed": MANY}
    part = {
        "name": "a", "root": "a", "verdict": "passed", "on_unknown": "fail", "added": False, "total": COUNTS,
        "before": None, "diff": COUNTS, "reason": None, "rules": [], "suite": suite, "note": "",
    }  # fmt: skip
    values["components"] = [part, part]


def cases_of_the_suite(values: dict[str, Any]) -> None:
    values["suite"] |= {"passed": MANY, "skipped": MANY}


def cases_of_changed_files(values: dict[str, Any]) -> None:
    file = {"was": None, "kind": "modified", "added": 200_000, "removed": 200_000, "skipped": 0, "command": ""}
    values["tests"]["changed"] = [{"path": f"tests/test_{n}.py", **file} for n in range(30)]


def ways_out_of_changed_lines(values: dict[str, Any]) -> None:
    branches = [{"line": 1, "exits": 10_000, "missed": 10_000}] * 1_100
    next(iter(values["diff"]["files"].values()))["branches"] = branches


def files_that_are_gone(values: dict[str, Any]) -> None:
    values["deleted"] = [{"path": f"src/{n}.py", "line": NOTHING, "branch": NEVER} for n in range(2)]


def files_at_the_base(values: dict[str, Any]) -> None:
    for file in values["files"].values():
        file["before"] = COUNTS
    values["before"] = COUNTS


@pytest.mark.parametrize(
    "inflate",
    [
        cases_of_components,
        cases_of_the_suite,
        cases_of_changed_files,
        ways_out_of_changed_lines,
        files_that_are_gone,
        files_at_the_base,
    ],
)
def test_a_report_that_would_fill_all_memory_is_refused(inflate: Callable[[dict[str, Any]], None]) -> None:
    values = json.loads(json_report.render(FACES["failed"]()))
    inflate(values)
    with pytest.raises(MeasurementError, match="more tests and branches than any project has"):
        read_report(json.dumps(values).encode(), "report.json")
