"""Components of a report that nobody trusts."""

import json
from typing import Any

import pytest
from tests.golden.faces import FACES

from covgate.errors import MeasurementError
from covgate.model.component import ComponentReport
from covgate.parse.report.reading import read_report, refuse_contradictions
from covgate.render.formats import json_report

TAMPERED: list[tuple[str, str, object]] = [
    ("components", "worker/verdict", "passed"),
    ("components", "worker/verdict", "error"),
    ("components", "worker/verdict", None),
    ("components", "worker/rules/0/status", "passed"),
    ("components", "worker/rules", []),
    ("components", "worker/on_unknown", "perhaps"),
    ("components", "worker/total/line/covered", 61),
    ("components", "worker/total/line/total", 100_000),
    ("components", "worker/diff/line/total", 50_000),
    ("components", "worker/root", "../../other"),
    ("components", "worker/root", "/etc"),
    ("components", "worker/suite/ending", "failed"),
    ("components", "worker/name", 3),
    ("components", "admin/verdict", "passed"),
    ("component_suite_failed", "worker/verdict", "failed"),
    ("component_suite_failed", "worker/suite/ending", "passed"),
    ("components_passed", "api/verdict", "failed"),
]


def read(values: dict[str, Any]) -> tuple[ComponentReport, ...]:
    found = read_report(json.dumps(values).encode(), "report.json")
    refuse_contradictions(found, json_report.report_json(found.report), "report.json")
    return found.report.components


def written(face: str) -> dict[str, Any]:
    return dict(json.loads(json_report.render(FACES[face]())))


@pytest.mark.parametrize(("face", "place", "value"), TAMPERED)
def test_a_component_that_contradicts_itself_or_the_whole_is_refused(face: str, place: str, value: object) -> None:
    values = written(face)
    name, *keys, last = place.split("/")
    at = next(part for part in values["components"] if part["name"] == name)
    for key in keys:
        at = at[int(key)] if isinstance(at, list) else at[key]
    assert at[last] != value
    at[last] = value
    with pytest.raises(MeasurementError):
        read(values)


def test_a_verdict_that_leaves_out_a_component_s_failure_is_refused() -> None:
    values = written("components")
    values["verdict"] = "passed"
    with pytest.raises(MeasurementError):
        read(values)


@pytest.mark.parametrize("face", ["components", "components_passed", "component_suite_failed"])
def test_components_are_read_as_they_were_written(face: str) -> None:
    first, again = FACES[face]().components, read(written(face))
    assert [part.name for part in again] == ["api", "worker", "admin", "front"]
    for one, other in zip(first, again, strict=True):
        assert (one.total, one.before, one.diff, one.verdict.conclusion) == (
            other.total,
            other.before,
            other.diff,
            other.verdict.conclusion,
        )
