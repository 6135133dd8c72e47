"""Components in the shape of report.json."""

from covgate.model.component import ComponentReport
from covgate.render.records import report_values as values
from covgate.render.records.report_types import ComponentJson


def component(part: ComponentReport) -> ComponentJson:
    """One component's part of the answer."""
    return {
        "name": part.name,
        "root": part.root,
        "verdict": part.verdict.conclusion.value if part.judged else None,
        "on_unknown": "fail" if part.verdict.unknown_fails else "pass",
        "added": part.added,
        "total": values.counts(part.total),
        "before": values.counts(part.before) if part.before else None,
        "diff": values.counts(part.diff),
        "reason": part.reason or None,
        "rules": [values.rule(result) for result in part.verdict.results],
        "suite": values.suite(part.suite) if part.suite else None,
        "note": part.note,
    }
