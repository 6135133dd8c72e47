"""The trend of a report that a stranger may have written."""

import json
from typing import Any

import pytest
from tests.golden.faces import FACES

from covgate.errors import MeasurementError
from covgate.parse.report.reading import read_report
from covgate.render.formats import comment, json_report, summary


def written(face: str = "trend") -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json_report.render(FACES[face]()))
    return values


def read(values: dict[str, Any]) -> Any:
    return read_report(json.dumps(values).encode(), "report.json").report


@pytest.mark.parametrize("face", ["trend", "floor_left_behind", "step_coming"])
def test_what_looks_back_and_ahead_is_read_back(face: str) -> None:
    report = read(written(face))
    assert (len(report.history), bool(report.proposals), bool(report.coming)) == {
        "trend": (30, False, False),
        "floor_left_behind": (12, True, False),
        "step_coming": (2, False, True),
    }[face]
    assert json.loads(json_report.render(report)) == written(face)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sha", "-->"),
        ("time", "2026-13-01T00:00:00+00:00"),
        ("time", "2026-01-01T00:00:00"),
        ("time", "0001-01-01T00:00:00+14:00"),
        ("time", "2026-01-01T00:00:00+99:00"),
        ("time", '2026-01-01"] %%{init'),
        ("line", {"covered": 2, "total": 1, "percent": "200.00"}),
        ("line", {"covered": -1, "total": 1, "percent": "0.00"}),
        ("seconds", "NaN"),
        ("queued", "yes"),
    ],
)
def test_a_commit_that_cannot_be_is_refused(key: str, value: object) -> None:
    values = written()
    values["trend"][-1][key] = value
    with pytest.raises(MeasurementError, match="the report is refused"):
        read(values)


def test_more_commits_than_any_report_has_are_refused() -> None:
    values = written()
    values["trend"] *= 4
    with pytest.raises(MeasurementError, match="trend"):
        read(values)


def test_hostile_words_ahead_are_shown_and_mean_nothing() -> None:
    values = written("step_coming")
    values["coming"] = ["@everyone </details> ![x](http://x) ::error::"]
    values["proposals"] = {
        "changes": [{"key": "@everyone`", "before": "<img>", "after": "](http://x)"}],
        "patch": "```\n@everyone <img src=x>\n````\n",
    }
    report = read(values)
    text = comment.render(report) + summary.render(report)
    fenced = text[text.index("`````diff") : text.rindex("`````")]
    outside = text.replace(fenced, "")
    assert "@everyone" in fenced
    for hostile in ("@everyone", "</details> !", "](http://x)", "<img"):
        assert hostile not in outside
