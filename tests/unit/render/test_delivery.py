from dataclasses import replace

from tests.golden.faces import FACES

from covgate.model.comparison import DiffCoverage
from covgate.render.delivery import step_outputs


def test_outputs_are_floored_numbers() -> None:
    assert step_outputs(FACES["failed"]()) == {
        "verdict": "failed",
        "total-line": "81.21",
        "total-branch": "75.00",
        "diff-line": "83.33",
        "diff-branch": "75.00",
        "statements-short": "2",
    }


def test_nothing_measurable_is_an_empty_output() -> None:
    failed = FACES["failed"]()
    empty = replace(failed, comparison=replace(failed.comparison, coverage=DiffCoverage()))
    assert step_outputs(empty)["diff-line"] == ""
