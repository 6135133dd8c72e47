"""No drop: the project, a group or a file against its base, where deleting covered code is no drop."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from covgate.judge.answers import (
    BRANCHES_UNMEASURED,
    MEASURED_IN,
    NOUNS,
    Measure,
    Question,
    comparable_base,
    lacks_branches,
    measured,
    plural,
    short_words,
)
from covgate.judge.floors import NOTHING_MEASURED
from covgate.judge.rule import Facts
from covgate.model.comparison import Comparison, Known
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.gap import in_tests
from covgate.model.lines import LineSet
from covgate.model.ratio import NOTHING, Ratio, floored, plain
from covgate.model.snapshot import FileCoverage
from covgate.model.trace import Trace
from covgate.model.verdict import RuleResult

Drift = Literal["auto", "count", "show"]
_MOST_PLACES = 8
_PREPARING = ("conftest.py", "pytest.ini", ".pytest.ini", "pytest.toml", "tox.ini", "setup.cfg", "pyproject.toml")


def drop_limit(measure: Measure, points: Fraction, facts: Facts, drift: Drift = "auto") -> RuleResult:
    """Whether the project fell by no more than `points` since its base.

    Covered code that the change deletes and puts nothing in the place of is left out of the base: of a project with
    90 of 100 that deletes 50 covered statements, 40 of 50 are expected. A fall in lines that the change did not write
    counts as `drift` says.
    """
    question = _question(measure)
    base, head = comparable_base(facts), facts.comparison.head
    if isinstance(base, str):
        return question.not_applicable(base)
    if not head.line.total:
        return question.unknown(NOTHING_MEASURED)
    if lacks_branches(measure, head):
        return question.unknown(BRANCHES_UNMEASURED)
    parts = Parts.of(facts.comparison.traces, measure, touched(facts.comparison))
    why = drift_counts(drift, facts.comparison)
    return fall_limit(question, measured(head, measure), measured(base, measure), parts, points, why=why)


def _question(measure: Measure) -> Question:
    name = MEASURED_IN[measure]
    return Question("drop", f"Project {name} against the base", NOUNS[measure], plural(NOUNS[measure]), name)


def drift_counts(drift: Drift, comparison: Comparison) -> str:
    """Why a fall in files that the change does not touch is the change's own doing, "" where it is not.

    `auto` takes it for that where the change takes tests away or skips them, and where it edits files of tests: a test
    that is emptied, or that begins with a `return`, keeps its name. What prepares all tests can have them do nothing,
    and they pass still: a conftest.py, and pytest's configuration. New files of tests take nothing away. Where the
    baseline is older than the base, only tests in files that the change touches are known to be its own. All of these
    count wherever they are: a component's tests may lie outside of it.
    """
    if drift != "auto":
        return "by the settings" if drift == "count" else ""
    if _takes_tests_away(comparison):
        return "because this change takes tests away or edits some"
    prepares = any(_prepares_tests(change.path) for change in _all_changes(comparison))
    return "because this change edits what prepares the tests" if prepares else ""


def _takes_tests_away(comparison: Comparison) -> bool:
    delta, behind = comparison.tests, isinstance(comparison.baseline, Known) and comparison.baseline.behind
    files = {file.path for file in comparison.changed_tests}
    own = (change for change in _all_changes(comparison) if change.path in files or in_tests(change.path))
    if any(
        change.kind is ChangeKind.DELETED or (change.hunks and change.kind is not ChangeKind.ADDED) for change in own
    ):
        return True
    if delta is None:
        return False
    if behind:
        return any(file.removed or file.skipped for file in comparison.changed_tests)
    return bool(delta.removed or delta.newly_skipped)


def _edits(change: FileChange, *, behind: bool) -> bool:
    """Whether a file of tests may run less than before; where others worked on it too, by lines that are gone only."""
    if change.kind in (ChangeKind.ADDED, ChangeKind.DELETED):
        return change.kind is ChangeKind.DELETED
    return bool(change.removed if behind else change.hunks)


def _all_changes(comparison: Comparison) -> tuple[FileChange, ...]:
    return (*comparison.diff.files, *comparison.elsewhere)


def _prepares_tests(path: str) -> bool:
    return path.rpartition("/")[2] in _PREPARING


def touched(comparison: Comparison) -> frozenset[str]:
    """The files whose fall is the change's own doing, in whatever lines: those that it touches.

    Shape:  none where the baseline is older than the base: others have touched them since.
    """
    behind = isinstance(comparison.baseline, Known) and comparison.baseline.behind
    return frozenset() if behind else frozenset(change.path for change in comparison.diff.files)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the change took away of some files, at the baseline, and what it wrote, at the head; `others` did so, too.

    Shape:  by one measure; `gone` and `others` include the change's own; `kept` are the other lines of files that the
            change touches, at the baseline and at the head.
    """

    removed: Ratio
    written: Ratio
    gone: Ratio
    others: Ratio
    kept: tuple[Ratio, Ratio] = (NOTHING, NOTHING)

    @classmethod
    def of(cls, traces: Sequence[Trace], measure: Measure, touched: Collection[str] = ()) -> "Parts":
        """The parts of these files together; `touched` are the head's paths of those that the change touches."""
        removed = _sum(((one.before, one.deleted | one.rewritten) for one in traces), measure)
        written = _sum(((one.now, one.written) for one in traces), measure)
        gone = _sum(((one.before, one.gone) for one in traces), measure)
        others = _sum(((one.now, one.others) for one in traces), measure)
        own = [one for one in traces if one.now and one.now.path in touched]
        then = _sum(((one.before, one.kept_before) for one in own), measure)
        now = _sum(((one.now, one.kept) for one in own), measure)
        return cls(removed, written, removed + gone, written + others, (then, now))


def _sum(parts: Iterable[tuple[FileCoverage | None, LineSet]], measure: Measure) -> Ratio:
    return sum((measured(file.narrow(lines), measure) for file, lines in parts if file and lines), NOTHING)


def fall_limit(
    question: Question, now: Ratio, before: Ratio, parts: Parts, points: Fraction, *, why: str
) -> RuleResult:
    """Whether a ratio fell by no more than `points`, what was deleted left out of its base.

    Shape:  `why` says why all of the fall counts; where it is "", a fall passes that the change alone did not cause:
            the base without what it took away and with what it wrote, and with what moved in the files that it
            touches, is far enough up.
    """
    deleted = net_deleted(parts.gone, parts.others)
    then = _without(before, deleted).percent
    if then is None or now.percent is None:
        return question.not_applicable(_nothing(question, now, before), now, before)
    required = max(Fraction(0), then - points)
    asked = replace(question, required=required)
    reason = _reason(question.things, now.percent, then, deleted, points)
    short = now.short_of(required)
    if not short:
        return asked.passed(reason, now, before)
    own_short = min(short, _own_short(before, parts, points))
    if not own_short and not why:
        return asked.passed(f"{reason}; all that fell is in files that this change does not touch", now, before)
    lacking = short if why else own_short
    told = f"{reason}; files that it does not touch count too, {why}" if own_short < lacking else reason
    return asked.failed(f"{short_words(lacking, question.noun)}: {told}", now, before, lacking)


def _nothing(question: Question, now: Ratio, before: Ratio) -> str:
    if not before.total:
        return f"the base has no {question.things}"
    return f"there are no {question.things} any more" if not now.total else "nothing that the base measured is left"


def _own_short(before: Ratio, parts: Parts, points: Fraction) -> int:
    """By how many the base would be short, had nothing happened to it but what the change did."""
    then = _without(before, net_deleted(parts.removed, parts.written)).percent
    (kept_before, kept), removed = parts.kept, parts.removed
    covered = before.covered - removed.covered - kept_before.covered
    rest = Ratio(covered, before.total - removed.total - kept_before.total)
    return 0 if then is None else (rest + kept + parts.written).short_of(max(Fraction(0), then - points))


def net_deleted(removed: Ratio, written: Ratio) -> int:
    """How many covered statements or branches were deleted beyond those that were written anew."""
    return max(0, removed.covered - written.total)


def _without(before: Ratio, deleted: int) -> Ratio:
    return Ratio(before.covered - deleted, before.total - deleted)


def _reason(things: str, now: Fraction, reference: Fraction, deleted: int, points: Fraction) -> str:
    shown_now, shown_then = apart(now, reference)
    without = f" without the {deleted} covered {things} that this change deletes" if deleted else ""
    allowed = f"; a drop of {plain(points)} {'point' if points == 1 else 'points'} is allowed" if points else ""
    return f"{shown_now} % of the {things} covered, {shown_then} % at the base{without}{allowed}"


def apart(one: Fraction, other: Fraction) -> tuple[str, str]:
    """Both with as many decimals, at least 2, as it takes to tell them apart."""
    for places in range(2, _MOST_PLACES):
        shown = floored(one, places), floored(other, places)
        if one == other or shown[0] != shown[1]:
            return shown
    return floored(one, _MOST_PLACES), floored(other, _MOST_PLACES)
