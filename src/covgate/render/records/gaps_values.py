"""The project's gaps and the plan in the shape of gaps.json."""

import json

from covgate.model.plan import FileGap, FunctionGap, NearestTests, Outlook, PlannedFile
from covgate.model.ratio import floored, plain
from covgate.render.brief.checklist import CHECKLIST
from covgate.render.records.gaps_types import FileGapJson, FunctionGapJson, GapsJson, NearestTestsJson
from covgate.render.records.plan_values import names, wave
from covgate.render.records.ratio_json import ratio
from covgate.render.records.report_values import arcs, readings


def gaps_text(outlook: Outlook) -> str:
    """gaps.json, all in ASCII: names that are not text everywhere survive as escapes.

    A line for each file and wave: indented to its leaves, large projects would take seconds and several times the room.
    """
    lines = (f"  {json.dumps(key)}: {_value(value)}" for key, value in gaps_json(outlook).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value)
    return "[\n" + ",\n".join(f"    {json.dumps(entry)}" for entry in value) + "\n  ]"


def gaps_json(outlook: Outlook) -> GapsJson:
    """The gaps and the plan as JSON's values."""
    plan = outlook.plan
    planned = {file.gap.path: file for file in plan.files}
    return {
        "schema": 1,
        "covgate": outlook.version,
        "sha": outlook.sha or None,
        "dirty": outlook.dirty,
        "measured": outlook.measured,
        "failing": outlook.failing,
        "command": outlook.command,
        "strategy": plan.strategy,
        "target": plain(plan.target),
        "total": ratio(plan.total),
        "after": ratio(plan.after),
        "gain_lines": plan.gain_lines,
        "gain_points": floored(plan.gain_points),
        "tests": plan.tests,
        "files": [_file(gap, planned.get(gap.path)) for gap in outlook.gaps],
        "waves": [wave(one) for one in plan.waves],
        "enough": names(plan.enough),
        "checklist": list(CHECKLIST),
        "notes": list(dict.fromkeys((*plan.notes, *outlook.notes))),
    }


def _file(gap: FileGap, planned: PlannedFile | None) -> FileGapJson:
    chosen = {(one.name, one.start) for one in planned.functions} if planned else set()
    return {
        "path": gap.path,
        "line": ratio(gap.line),
        "branch": ratio(gap.branch),
        "tier": gap.tier,
        "score": gap.score,
        "changed": gap.changed,
        "readings": readings(gap.readings),
        "functions": [_function(one, planned=(one.name, one.start) in chosen) for one in gap.functions],
        "target": plain(planned.target) if planned else None,
        "gain_lines": planned.gain_lines if planned else 0,
        "gain_points": floored(planned.gain_points) if planned else "0.00",
        "after": ratio(planned.after if planned else gap.line),
        "estimate": planned.estimate if planned else 0,
        "tests": _tests(planned.tests) if planned and planned.tests else None,
    }


def _function(gap: FunctionGap, *, planned: bool) -> FunctionGapJson:
    return {
        "name": gap.name,
        "start": gap.start,
        "lines": [list(pair) for pair in gap.lines.ranges],
        "missed": len(gap.missed),
        "missed_lines": list(gap.missed),
        "of": ratio(gap.of),
        "partial": arcs(gap.partial),
        "readings": readings(gap.readings),
        "planned": planned,
    }


def _tests(tests: NearestTests) -> NearestTestsJson:
    return {"path": tests.path, "exists": tests.exists, "why": tests.why, "fixtures": list(tests.fixtures)}
