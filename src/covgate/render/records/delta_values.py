"""What moved since the baseline in the shape of report.json."""

from collections.abc import Iterable
from fractions import Fraction

from covgate.model.comparison import ChangedTests, Comparison, Known, Movement, Reach, SuiteDelta
from covgate.model.ratio import floored
from covgate.model.snapshot import FileCoverage
from covgate.render.records.delta_types import (
    ChangedTestsJson,
    GoneFileJson,
    IndirectJson,
    MovementJson,
    MovementsJson,
    ReachJson,
    SuiteDeltaJson,
    TestsJson,
)
from covgate.render.records.ratio_json import ratio


def indirect(comparison: Comparison) -> list[IndirectJson] | None:
    """Lines lost and gained elsewhere; null where there is nothing to compare with."""
    if not isinstance(comparison.baseline, Known):
        return None
    return [
        {
            "path": one.path,
            "was": one.was,
            "lost_lines": list(one.lost),
            "gained_lines": list(one.gained),
            "changed": one.changed,
        }
        for one in comparison.indirect
    ]


def gone(files: Iterable[FileCoverage]) -> list[GoneFileJson]:
    """Files that the head did not measure."""
    return [{"path": file.path, "line": ratio(file.line), "branch": ratio(file.branch)} for file in files]


def movements(comparison: Comparison) -> MovementsJson | None:
    """How the project moved."""
    moves = comparison.movements
    return {"line": _movement(moves.line), "branch": _movement(moves.branch)} if moves else None


def _movement(of: Movement) -> MovementJson:
    return {
        "before": ratio(of.before),
        "drifted": ratio(of.drifted),
        "pruned": ratio(of.pruned),
        "now": ratio(of.now),
        "elsewhere": _points(of.elsewhere),
        "deleted": _points(of.deletions),
        "written": _points(of.written),
    }


def _points(points: Fraction | None) -> str | None:
    return None if points is None else floored(points)


def suite_delta(delta: SuiteDelta | None) -> SuiteDeltaJson | None:
    """What became of the tests."""
    if delta is None:
        return None
    return {
        "added": list(delta.added),
        "removed": list(delta.removed),
        "newly_skipped": list(delta.newly_skipped),
        "newly_slow": [{"name": name, "before": before, "now": now} for name, before, now in delta.newly_slow],
    }


def tests(comparison: Comparison) -> TestsJson:
    """The tests of the change; what is asked of them is not there yet."""
    changed = [_changed_tests(one) for one in comparison.changed_tests]
    return {"changed": changed, "findings": None, "hollow": None, "mutation": None, "inventory": None}


def _changed_tests(one: ChangedTests) -> ChangedTestsJson:
    return {
        "path": one.path,
        "was": one.was,
        "kind": one.kind.value,
        "added": None if one.added is None else len(one.added),
        "removed": None if one.removed is None else len(one.removed),
        "skipped": None if one.skipped is None else len(one.skipped),
        "command": one.command,
        "reach": _reach(one.reach),
    }


def _reach(of: Reach | None) -> ReachJson | None:
    if of is None:
        return None
    before = ratio(of.before) if of.before else None
    return {"files": of.files, "before": before, "now": ratio(of.now), "anew": of.anew}
