"""report.json: the whole answer for programs. Its names and meanings are a contract (docs/report.md)."""

import json

from covgate.model.comparison import Known
from covgate.model.report import Report
from covgate.render.records import component_values, delta_values
from covgate.render.records import report_values as values
from covgate.render.records.plan_values import plan_json, project_json
from covgate.render.records.report_types import ReportJson
from covgate.render.report_format import ReportFormat
from covgate.render.trend.points import MOST_POINTS


def render(report: Report) -> str:
    """The report as JSON, all in ASCII: names that are not text everywhere survive as escapes."""
    return json.dumps(report_json(report), indent=2) + "\n"


def report_json(report: Report) -> ReportJson:
    """The report in the shape of report.json."""
    comparison, known = report.comparison, report.comparison.baseline
    base, head = comparison.diff.base, comparison.diff.head
    return {
        "schema": 1,
        "covgate": report.version,
        "verdict": report.verdict.conclusion.value,
        "statements_short": report.statements_short,
        "on_unknown": "fail" if report.verdict.unknown_fails else "pass",
        "base": {"sha": base.sha, "how": base.how},
        "head": {"sha": head.sha, "dirty": head.dirty},
        "pull_request": values.pull_request(report.pull_request),
        "baseline": values.baseline(known),
        "origin": values.origin(comparison.head.origin),
        "total": values.counts(comparison.head),
        "before": values.counts(known.snapshot) if isinstance(known, Known) else None,
        "diff": values.diff(comparison.coverage),
        "files": {delta.now.path: values.whole_file(delta) for delta in comparison.files},
        "indirect": delta_values.indirect(comparison),
        "deleted": delta_values.gone(comparison.deleted),
        "vanished": delta_values.gone(comparison.vanished),
        "unmapped": list(comparison.unmapped),
        "movements": delta_values.movements(comparison),
        "exclusions": {"added": None, "config": values.setting_changes(report.policy.exclusions)},
        "policy": {"source": report.policy.source, "changes": values.setting_changes(report.policy.changes)},
        "rules": [values.rule(result) for result in report.verdict.results],
        "gaps": [values.gap(ranked) for ranked in report.gaps],
        "enough": report.enough,
        "fewest": list(report.fewest),
        "project": project_json(report.project_gaps),
        "plan": plan_json(report.plan) if report.plan else None,
        "suite": values.suite(report.suite, comparison.tests),
        "tests": delta_values.tests(comparison),
        "mapped": [{"given": one.given, "path": one.path} for one in comparison.head.mapped],
        "notes": list(dict.fromkeys((*report.notes, *comparison.head.notes))),
        "trend": values.trend(report.history[-MOST_POINTS:]),
        "coming": list(report.coming),
        "proposals": values.proposals(report.proposals, report.patch),
        "components": [component_values.component(part) for part in report.components],
    }


FORMAT = ReportFormat("json_report", "the whole report for programs", render, None, "report.json", "report.json")
