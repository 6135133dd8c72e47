"""What moved since the baseline, read back from report.json."""

import json
from dataclasses import replace

import pytest
from tests.golden.moves import tests_changed as story

from covgate.model.comparison import Reach
from covgate.model.ratio import Ratio
from covgate.parse.report.reading import read_report
from covgate.render.formats import json_report


@pytest.mark.parametrize("reach", [Reach(2, Ratio(8, 10), Ratio(5, 8), 4), Reach(1, Ratio(0, 3)), None])
def test_what_changed_tests_run_is_read_back_as_it_was_written(reach: Reach | None) -> None:
    report = story()
    told = tuple(replace(one, reach=reach) for one in report.comparison.changed_tests)
    report = replace(report, comparison=replace(report.comparison, changed_tests=told))
    read = read_report(json.dumps(json_report.report_json(report)).encode(), "report.json").report
    assert [one.reach for one in read.comparison.changed_tests] == [reach] * len(told)
