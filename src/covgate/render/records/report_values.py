"""A report's values in the shape of report.json, part by part."""

from collections.abc import Iterable
from itertools import groupby

from covgate.model.comparison import Baseline, ChangedFile, DiffCoverage, FileDelta, Known, SuiteDelta
from covgate.model.component import Counts
from covgate.model.gap import RankedGap, Reading
from covgate.model.history import HistoryLine
from covgate.model.place import PullRequest
from covgate.model.policy import PolicyChange
from covgate.model.ratio import Ratio, floored, plain
from covgate.model.snapshot import FileCoverage, MissedArc, Origin, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.model.verdict import RuleResult
from covgate.render.records.delta_values import suite_delta
from covgate.render.records.ratio_json import ratio
from covgate.render.records.report_types import (
    ArcJson,
    BaselineJson,
    CaseJson,
    ChangedFileJson,
    CountsJson,
    DiffJson,
    FileJson,
    GapJson,
    OriginJson,
    ProposalsJson,
    PullRequestJson,
    ReadingJson,
    RuleJson,
    SettingChangeJson,
    SuiteJson,
    TrendLineJson,
)

MOST_FAILURES = 1000
"""As many as anybody reads; a suite of which everything fails would make the report larger than a forge takes."""


def counts(of: Snapshot | FileCoverage | Counts) -> CountsJson:
    """A file's, a component's or a whole snapshot's numbers."""
    return {"line": ratio(of.line), "branch": ratio(of.branch), "combined": ratio(of.combined)}


def baseline(value: Baseline) -> BaselineJson:
    """The base's coverage, or why it is missing."""
    if isinstance(value, Known):
        return {"state": "known", "reason": None, "sha": value.sha, "source": value.source, "behind": value.behind}
    return {"state": "missing", "reason": value.reason, "sha": None, "source": None, "behind": None}


def pull_request(value: PullRequest | None) -> PullRequestJson | None:
    """The pull request that the run was made for."""
    return {"number": value.number, "head_sha": value.head_sha} if value else None


def origin(value: Origin) -> OriginJson:
    """Who measured."""
    return {
        "tool": value.tool,
        "version": value.version,
        "python": value.python,
        "core": value.core,
        "has_branches": value.has_branches,
    }


def diff(value: DiffCoverage) -> DiffJson:
    """Coverage of the change."""
    return {
        "line": ratio(value.line),
        "branch": ratio(value.branch),
        "combined": ratio(value.combined),
        "files": {file.path: changed_file(file) for file in value.files},
        "left_out": [{"path": file.path, "reason": file.reason} for file in value.left_out],
        "reason": value.reason or None,
    }


def changed_file(file: ChangedFile) -> ChangedFileJson:
    """What the change did to one file."""
    return {
        "line": ratio(file.line),
        "branch": ratio(file.branch),
        "kind": file.kind.value,
        "was": file.old_path,
        "statements": [list(pair) for pair in file.statements.ranges],
        "missed_lines": list(file.missed),
        "branches": [{"line": one.line, "exits": one.exits, "missed": len(one.missed)} for one in file.branches],
        "partial": arcs(file.partial),
        "unmeasured": file.unmeasured,
        "excluded_lines": list(file.excluded),
        "continuation_lines": list(file.beyond),
    }


def arcs(missed: Iterable[MissedArc]) -> list[ArcJson]:
    """Arcs never taken, those of one line together."""
    by_line = groupby(sorted(missed, key=lambda arc: (arc.line, arc.to)), key=lambda arc: arc.line)
    return [_line_arcs(line, list(found)) for line, found in by_line]


def _line_arcs(line: int, found: list[MissedArc]) -> ArcJson:
    return {
        "line": line,
        "to": [arc.to for arc in found],
        "words": ", ".join(dict.fromkeys(arc.words for arc in found)),
    }


def whole_file(delta: FileDelta) -> FileJson:
    """A measured file, now and at the base."""
    return {
        "line": ratio(delta.now.line),
        "branch": ratio(delta.now.branch),
        "before": counts(delta.before) if delta.before else None,
        "was": delta.was,
        "missed_lines": list(delta.now.missed),
        "partial_branches": partial_branches(delta.now),
    }


def partial_branches(file: FileCoverage) -> int:
    """How many branching lines ran and never went at least one of their ways."""
    return len({branch.line for branch in file.branches if branch.missed and branch.line in file.executed})


def setting_changes(changes: Iterable[PolicyChange]) -> list[SettingChangeJson]:
    """Settings that the change moves."""
    return [{"key": one.key, "before": one.before, "after": one.after} for one in changes]


def trend(history: Iterable[HistoryLine]) -> list[TrendLineJson]:
    """The default branch's totals, oldest first."""
    return [
        {
            "sha": one.sha,
            "time": one.time.isoformat(),
            "line": ratio(one.line),
            "branch": ratio(one.branch),
            "combined": ratio(one.combined),
            "seconds": one.seconds,
            "queued": one.queued,
        }
        for one in history
    ]


def proposals(changes: tuple[PolicyChange, ...], patch: str) -> ProposalsJson | None:
    """Floors that could be raised."""
    return {"changes": setting_changes(changes), "patch": patch} if changes else None


def rule(result: RuleResult) -> RuleJson:
    """One rule's answer."""
    measured = result.ratio.percent if result.ratio is not None else result.measured
    return {
        "id": result.id,
        "label": result.label,
        "subject": result.subject or None,
        "status": result.status.value,
        "measured": None if measured is None else floored(measured),
        "required": None if result.required is None else plain(result.required),
        "required_exact": None if result.required is None else str(result.required),
        "unit": result.unit,
        "ratio": ratio(result.ratio) if result.ratio is not None else None,
        "before": ratio(result.before) if result.before is not None else None,
        "short": result.short,
        "noun": result.noun,
        "reason": result.reason,
    }


def gap(ranked: RankedGap) -> GapJson:
    """A gap with its reasons."""
    return {
        "path": ranked.gap.path,
        "function": ranked.gap.function,
        "lines": [list(pair) for pair in ranked.gap.lines.ranges],
        "missed": len(ranked.gap.missed),
        "missed_lines": list(ranked.gap.missed),
        "partial": arcs(ranked.gap.partial),
        "unmeasured": ranked.gap.unmeasured,
        "score": ranked.score,
        "readings": readings(ranked.readings),
        "percent_after": ratio(ranked.after)["percent"],
        "after": ratio(ranked.after),
        "passes": ranked.passes,
        "tests": {"path": ranked.tests, "exists": ranked.tests_exist} if ranked.tests else None,
    }


def readings(values: Iterable[Reading]) -> list[ReadingJson]:
    """What the signals say."""
    return [{"signal": one.signal, "value": one.value, "words": one.words} for one in values]


def suite(result: SuiteResult, delta: SuiteDelta | None = None) -> SuiteJson:
    """How the suite ended, and what became of its tests since the baseline."""
    passed, failed = result.count(Outcome.PASSED), len(result.failures)
    known = result.counted and result.ending is not Ending.NOT_RUN
    return {
        "ending": result.ending.value,
        "words": result.words,
        "command": result.command,
        "exit_code": result.exit_code,
        "passed": passed if known else None,
        "failed": failed if known else None,
        "skipped": result.count(Outcome.SKIPPED) if known else None,
        "flaky": None,
        "pass_rate": ratio(Ratio(passed, passed + failed))["percent"],
        "seconds": result.seconds,
        "slowest": [case(one) for one in result.slowest],
        "failures": [case(one) for one in result.failures[:MOST_FAILURES]],
        "failures_left_out": max(0, failed - MOST_FAILURES),
        "delta": suite_delta(delta),
    }


def case(one: TestCase) -> CaseJson:
    """One test."""
    return {"name": one.name, "outcome": one.outcome.value, "seconds": one.seconds, "message": one.message}
