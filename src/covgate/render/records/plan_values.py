"""The plan in the shape of report.json."""

from collections.abc import Iterable, Sequence

from covgate.model.plan import FileGap, Plan, PlannedFile, Wave
from covgate.model.ratio import floored, plain
from covgate.render.records.plan_types import (
    FunctionNameJson,
    PlanJson,
    PlannedFileJson,
    ProjectGapJson,
    WaveJson,
    WorstJson,
)
from covgate.render.records.ratio_json import ratio

MOST_FILES = 50
"""As many as any form of a report shows."""


def project_json(gaps: Sequence[FileGap]) -> list[ProjectGapJson]:
    """The first gaps of the project, as reports show them."""
    return [
        {
            "path": gap.path,
            "line": ratio(gap.line),
            "branch": ratio(gap.branch),
            "changed": gap.changed,
            "readings": [{"signal": one.signal, "value": one.value, "words": one.words} for one in gap.readings],
            "worst": _worst(gap),
        }
        for gap in gaps[:MOST_FILES]
    ]


def _worst(gap: FileGap) -> WorstJson | None:
    first = gap.functions[0] if gap.functions else None
    if first is None or not first.missed:
        return None
    return {
        "function": first.name,
        "lines": [list(pair) for pair in first.lines.ranges],
        "missed": list(first.missed),
    }


def plan_json(plan: Plan) -> PlanJson:
    """The plan's values."""
    return {
        "strategy": plan.strategy,
        "target": plain(plan.target),
        "files": [_file(file) for file in plan.files],
        "gain_lines": plan.gain_lines,
        "gain_points": floored(plan.gain_points),
        "after": ratio(plan.after),
        "tests": plan.tests,
        "waves": [wave(one) for one in plan.waves],
        "enough": names(plan.enough),
        "notes": list(plan.notes),
    }


def _file(file: PlannedFile) -> PlannedFileJson:
    return {
        "path": file.gap.path,
        "statements": file.gap.line.total,
        "covered": file.gap.line.covered,
        "target": plain(file.target),
        "gain_lines": file.gain_lines,
        "gain_points": floored(file.gain_points),
        "estimate": file.estimate,
    }


def names(functions: Iterable[tuple[str, str]]) -> list[FunctionNameJson]:
    """Functions by file and name."""
    return [{"path": path, "function": name} for path, name in functions]


def wave(value: Wave) -> WaveJson:
    """Batches whose files belong together."""
    return {
        "why": value.why,
        "batches": [
            {
                "files": list(batch.files),
                "tests": batch.tests,
                "command": batch.command,
                "pieces": [{"path": one.path, "function": one.function, "tests": one.tests} for one in batch.pieces],
            }
            for batch in value.batches
        ],
    }
