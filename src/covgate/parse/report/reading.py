"""report.json back into a report, from a writer whom nobody trusts.

What a report tells twice (percentages, sums, numbers of lines beside their list) is read once: that a report agrees
with itself is known when it is written anew from what was read and comes out the same (`refuse_contradictions`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from pydantic import ValidationError

from covgate.errors import MeasurementError
from covgate.model.comparison import Baseline, Comparison, DiffCoverage, Known, Missing
from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head
from covgate.model.gap import Gap, RankedGap, Reading
from covgate.model.history import HistoryLine
from covgate.model.lines import LineSet
from covgate.model.place import PullRequest
from covgate.model.policy import Policy, PolicyChange
from covgate.model.ratio import NOTHING
from covgate.model.report import Report
from covgate.model.snapshot import LeftOut, Origin, PathMapping, Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import Conclusion, Verdict
from covgate.parse.report import deltas as moved
from covgate.parse.report import measured as coverage
from covgate.parse.report.answers import rule_result, suite_result
from covgate.parse.report.bounds import refuse_too_much
from covgate.parse.report.components import components
from covgate.parse.report.plan import plan_of, project_gaps
from covgate.parse.report.shape import (
    UNREAD,
    BaselineState,
    Document,
    OpenGap,
    PullHint,
    SettingChange,
    TrendLine,
)

LARGEST_BYTES = 20_000_000
SCHEMA = 1
HINT = "It is taken only as covgate wrote it. Use the same version of covgate in both workflows."
_NO_TEXT = re.compile("[\ud800-\udfff]")
_NOT_SHOWN = re.compile(r"[`\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as it was read.

    Shape:  `given` are the JSON's values. The report's pull request is what the writer says it is, a hint without the
            base; it has no links, because links are made of what GitHub says.
    """

    report: Report
    given: Mapping[str, Any]


def read_report(content: bytes, where: str) -> ReadReport:
    """The report of a report.json.

    Shape:  `where` is what to call it in messages. Names that are no text come back with � in them.
    Errors: MeasurementError where it is too large, no JSON, of another version, of another shape, or impossible.
    """
    given = _values(content, where)
    _refuse_version(given, where)
    try:
        document = Document.model_validate_json(json.dumps(given))
        return ReadReport(_report(document), given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _refused(f"`{_key(first['loc'])}`: {first['msg']}", where) from error
    except ValueError as error:
        raise _refused(f"its numbers cannot be: {error}", where) from error


def _key(place: Iterable[int | str]) -> str:
    """A place in the report in one line: its keys are a stranger's words."""
    return _NOT_SHOWN.sub("�", ".".join(str(part)[:60] for part in place))


def _values(content: bytes, where: str) -> dict[str, Any]:
    if len(content) > LARGEST_BYTES:
        raise _refused(f"it is larger than {LARGEST_BYTES // 1_000_000} MB", where)
    try:
        given = json.loads(content.decode("utf-8"), parse_constant=_not_a_number)
        given = json.loads(_NO_TEXT.sub("�", json.dumps(given, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        raise _refused("it is no JSON of a report", where) from error
    if not isinstance(given, dict):
        raise _refused("it is no JSON of a report", where)
    return given


def _not_a_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _refuse_version(given: Mapping[str, Any], where: str) -> None:
    schema = given.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise _refused(f"it has schema {_key([schema])}, of a newer covgate; this one reads schema {SCHEMA}", where)
    if type(schema) is not int or schema != SCHEMA:
        raise _refused(f"it is no report of covgate's: its schema is not {SCHEMA}", where)


def _refused(what: str, where: str) -> MeasurementError:
    return MeasurementError(f"the report is refused: {what}", where=where, hint=HINT)


def refuse_contradictions(read: ReadReport, again: Mapping[str, Any], where: str) -> None:
    """Refuses a report that does not agree with itself; `again` is what the report that was read is written as.

    Errors: MeasurementError, with the first place.
    """
    key = next(_contradictions(read.given, again, ""), None)
    if key is not None:
        raise _refused(f"it contradicts itself at `{key}`", where)


def _contradictions(given: Any, again: Any, key: str) -> Iterator[str]:
    """Places at which the two differ; keys that only `given` has are those of a later version."""
    if key in UNREAD:
        return
    if isinstance(again, Mapping) and isinstance(given, Mapping):
        for name, value in again.items():
            yield from _contradictions(given.get(name), value, f"{key}.{name}" if key else name)
    elif isinstance(again, list) and isinstance(given, list) and len(again) == len(given):
        for number, (one, other) in enumerate(zip(given, again, strict=True)):
            yield from _contradictions(one, other, f"{key}[{number}]")
    elif given != again:
        yield _key(key[:200].split("."))


def _report(document: Document) -> Report:
    refuse_too_much(document)
    comparison = _comparison(document)
    verdict = _verdict(document)
    if document.enough is not None and not 0 < document.enough <= len(document.gaps):
        raise ValueError("more gaps are to be closed than there are")
    if any(place >= len(document.gaps) for place in document.fewest):
        raise ValueError("a gap is to be closed that there is not")
    return Report(
        verdict=verdict,
        comparison=comparison,
        suite=suite_result(document.suite),
        gaps=tuple(map(_gap, document.gaps)),
        policy=Policy(document.policy.source, _changes(document.policy.changes), _changes(document.exclusions.config)),
        version=document.covgate,
        notes=tuple(document.notes),
        pull_request=_pull_request(document.pull_request),
        enough=document.enough,
        fewest=tuple(document.fewest),
        project_gaps=project_gaps(document.project),
        plan=plan_of(document.plan, comparison.head.line),
        history=tuple(map(_history_line, document.trend)),
        proposals=_changes(document.proposals.changes) if document.proposals else (),
        coming=tuple(document.coming),
        components=components(document),
        patch=document.proposals.patch if document.proposals else "",
    )


def _history_line(line: TrendLine) -> HistoryLine:
    """A commit of the trend, without its parents, which no form shows."""
    total, branch, combined = (coverage.ratio(share) for share in (line.line, line.branch, line.combined))
    time = datetime.fromisoformat(line.time)
    return HistoryLine(line.sha, (), time, total, branch, combined, line.seconds, line.queued)


def _pull_request(hint: PullHint | None) -> PullRequest | None:
    return PullRequest(hint.number, "", hint.head_sha) if hint else None


def _comparison(document: Document) -> Comparison:
    files = document.files
    origin = Origin(**document.origin.model_dump())
    now = coverage.whole_files(files)
    deltas = tuple(coverage.deltas(files, now, document.diff.files))
    by_path = {delta.now.path: delta for delta in deltas}
    changed = tuple(coverage.changed_file(path, file, by_path.get(path)) for path, file in document.diff.files.items())
    left_out = tuple(LeftOut(file.path, file.reason) for file in document.diff.left_out)
    mapped = tuple(PathMapping(one.given, one.path) for one in document.mapped)
    return Comparison(
        diff=_diff(document),
        head=Snapshot(now, origin, mapped=mapped),
        baseline=_baseline(document, origin),
        coverage=DiffCoverage(changed, left_out, document.diff.reason or ""),
        files=deltas,
        indirect=moved.indirect_changes(document.indirect),
        deleted=moved.gone(document.deleted),
        tests=moved.suite_delta(document.suite.delta),
        vanished=moved.gone(document.vanished),
        unmapped=tuple(document.unmapped),
        changed_tests=moved.changed_tests(document.tests.changed),
        movements=moved.movements(document.movements),
    )


def _diff(document: Document) -> Diff:
    files = (FileChange(path, ChangeKind(one.kind), old_path=one.was) for path, one in document.diff.files.items())
    base, head = document.base, document.head
    return Diff(Base(base.sha, base.how), Head(head.sha, head.dirty), tuple(files))


def _baseline(document: Document, origin: Origin) -> Baseline:
    state: BaselineState = document.baseline
    if state.state == "missing":
        return Missing(state.reason or "")
    if document.before is None or state.sha is None or state.source is None:
        raise ValueError("a known base has a commit, a source and numbers")
    snapshot = Snapshot((coverage.before("", document.before),), origin)
    return Known(snapshot, state.sha, state.source, state.behind or 0)


def _verdict(document: Document) -> Verdict:
    """The verdict that follows from the answers.

    Errors: ValueError where another one is claimed.
    """
    results = tuple(map(rule_result, document.rules))
    verdict = Verdict(Conclusion(document.verdict), results, document.on_unknown == "fail")
    broken = SuiteResult(Ending(document.suite.ending)).broken
    failed = verdict.failed or any(part.verdict == "failed" for part in document.components)
    judged = Conclusion.FAILED if failed else Conclusion.PASSED
    if verdict.conclusion is not (Conclusion.ERROR if broken else judged):
        raise ValueError("the verdict does not follow from the rules and the suite")
    return verdict


def _gap(gap: OpenGap) -> RankedGap:
    lines, missed = LineSet(tuple(gap.lines)), LineSet.of(gap.missed_lines)
    partial = coverage.missed_arcs(gap.partial)
    if not (missed or partial):
        raise ValueError("a gap misses nothing")
    inside = Gap(gap.path, gap.function, missed, lines, partial, NOTHING, gap.unmeasured)
    readings = tuple(Reading(one.signal, one.value, one.words) for one in gap.readings)
    tests = (gap.tests.path, gap.tests.exists) if gap.tests else ("", False)
    return RankedGap(inside, gap.score, readings, coverage.ratio(gap.after), gap.passes, *tests)


def _changes(changes: list[SettingChange]) -> tuple[PolicyChange, ...]:
    return tuple(PolicyChange(one.key, one.before, one.after) for one in changes)
