"""The plan in the shape of report.json."""

from collections.abc import Iterable

from covgate.model.plan import Plan, PlannedFile, Wave
from covgate.model.ratio import floored, plain
from covgate.render.plan_types import FunctionNameJson, PlanJson, PlannedFileJson, WaveJson
from covgate.render.ratio_json import ratio


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
