"""The project's gaps and the plan come back from report.json as they went in, or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.golden.faces import FACES

from covgate.errors import MeasurementError
from covgate.parse.report.reading import read_report, refuse_contradictions
from covgate.render.formats import comment, summary
from covgate.render.formats.json_report import render, report_json

PLANNED = ("planned", "hostile_planned", "project_short_planned")


@pytest.mark.parametrize("face", PLANNED)
def test_a_plan_that_is_read_back_is_told_in_the_same_words(face: str) -> None:
    told = render(FACES[face]())
    read = read_report(told.encode(), "report.json")
    assert json.loads(json.dumps(report_json(read.report))) == json.loads(told)
    given = FACES[face]()
    again = replace(read.report, links=given.links)
    assert project_part(comment.render(again)) == project_part(comment.render(given)) != ""
    assert project_part(summary.render(again)) == project_part(summary.render(given))


def project_part(text: str) -> str:
    """The words about the project, up to what is to be done."""
    return text.partition("Project: the")[2].partition("**Next:**")[0]


def more_than_it_lacks(plan: dict[str, Any]) -> None:
    plan["files"][0]["gain_lines"] += 1


def more_than_all(plan: dict[str, Any]) -> None:
    plan["files"][0]["covered"] = plan["files"][0]["statements"] + 1


def outside(plan: dict[str, Any]) -> None:
    plan["files"][0]["path"] = "../../etc/passwd"


def too_many(plan: dict[str, Any]) -> None:
    plan["waves"][0]["batches"][0]["tests"] = 21


def other_sum(plan: dict[str, Any]) -> None:
    plan["gain_lines"] += 1


@pytest.mark.parametrize("spoil", [more_than_it_lacks, more_than_all, outside, too_many, other_sum])
def test_a_plan_that_cannot_be_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    values = json.loads(render(FACES["planned"]()))
    spoil(values["plan"])
    with pytest.raises(MeasurementError, match="the report is refused"):
        taken(values)


def taken(values: dict[str, Any]) -> None:
    read = read_report(json.dumps(values).encode(), "report.json")
    refuse_contradictions(read, report_json(read.report), "report.json")
