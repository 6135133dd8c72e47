"""Faces of the report that look back and ahead: the trend, a floor that could rise, a step that is about to begin."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from tests.golden.values import floor

from covgate.model.history import HistoryLine
from covgate.model.policy import PolicyChange
from covgate.model.ratio import Ratio
from covgate.model.report import Report

_FIRST = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
_FLOOR = "-    line: 75\n+    line: 77"
PATCH = f"""\
--- a/.covgate.yml
+++ b/.covgate.yml
@@ -2,5 +2,5 @@
 suite: {{command: pytest -q}}
 thresholds:
   total:
{_FLOOR}
   diff: {{line: 90}}"""


def history(count: int, last: int = 505) -> tuple[HistoryLine, ...]:
    """So many commits of the shop's default branch, up to `last` covered statements of 628; some days have several."""
    lines: list[HistoryLine] = []
    for number in range(count):
        covered = last - (count - 1 - number) * 2 + number * 5 % 4
        line, branch = Ratio(covered, 628), Ratio(39 + number // 4 + number % 5 // 4, 64)
        time = _FIRST + timedelta(hours=17 * number)
        parents = (lines[-1].sha,) if lines else ()
        lines.append(HistoryLine(_sha(number), parents, time, line, branch, line + branch, 12.4 + number % 3))
    return tuple(lines)


def _sha(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()[:40]


def with_trend(report: Report) -> Report:
    """The same after 34 commits."""
    return replace(report, history=history(34))


def with_proposal(report: Report) -> Report:
    """The same where the floor could be raised, and where branches were not measured before."""
    lines = tuple(replace(one, branch=Ratio(0, 0), combined=one.line) for one in history(12))
    proposal = PolicyChange("thresholds.total.line", "75", "77")
    results = tuple(
        floor("total.line", "Project lines", one.ratio, "75", one.before)
        if one.id == "total.line" and one.ratio
        else one
        for one in report.verdict.results
    )
    verdict = replace(report.verdict, results=results)
    return replace(report, verdict=verdict, history=lines, proposals=(proposal,), patch=PATCH)


def with_step(report: Report) -> Report:
    """The same two weeks before a step of the schedule."""
    coming = (
        "From 2026-02-15 on, 84 % of the project's lines are required (80 % today): 14 statements short as of now.",
        "From 2026-02-15 on, 60 % of the project's branches are required (none today): reached already, with 100.00 %.",
    )
    return replace(report, history=history(2), coming=coming)
