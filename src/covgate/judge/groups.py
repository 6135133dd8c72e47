"""Groups of paths, each with floors of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import (
    BRANCHES_UNMEASURED,
    MEASURED_IN,
    NOUNS,
    Measure,
    Question,
    at_least,
    comparable_base,
    lacks_branches,
    measured,
    plural,
)
from covgate.judge.drops import Parts, drift_counts, fall_limit, touched
from covgate.judge.options import Glob, Name, Percent, about
from covgate.judge.rule import Facts
from covgate.judge.thresholds import Thresholds
from covgate.model.comparison import Comparison
from covgate.model.diff import ChangeKind, Diff
from covgate.model.globs import matches
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import FileCoverage
from covgate.model.trace import Trace
from covgate.model.verdict import RuleResult

_RULES = "groups."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of paths; the rules' options add a floor to it."""

    name: Name = field(metadata=about("What reports call the group.", examples=["critical"]))
    paths: tuple[Glob, ...] = field(
        metadata=about(
            "Globs of its files, relative to the repository's root; a directory stands for all below it.",
            examples=[["src/shop/payments/**"]],
        )
    )
    target: Percent | None = field(
        default=None, metadata=about("What its files should reach in the plan of what to test next, in percent.")
    )


def named_groups(thresholds: Thresholds) -> tuple[Group, ...]:
    """The groups that the thresholds name, whatever is asked of them: each once, in the order of the rules."""
    entries = [entry for rule, many in thresholds.asked if rule.startswith(_RULES) for entry in many]
    return tuple({entry.name: entry for entry in entries}.values())


def group_floor(measure: Measure, group: Group, required: Fraction, facts: Facts) -> RuleResult:
    """Whether the files of a group together reach `required` percent.

    A file that the change renames belongs to the groups of both its names, so that moving code out of a group does not
    lower its bar; a changed file that coverage never saw counts in full.
    """
    things = plural(NOUNS[measure])
    label = f"{MEASURED_IN[measure].capitalize()} of group"
    question = Question(f"groups.{measure}", label, NOUNS[measure], things, group.name, required)
    head, diff = facts.comparison.head, facts.comparison.diff
    seen, unseen = (_members(files, group, diff) for files in (head.files, head.unmeasured))
    files = (*seen, *unseen)
    if not files:
        return _empty(question, group, diff)
    if lacks_branches(measure, head):
        return question.unknown(BRANCHES_UNMEASURED)
    ratio, before = _sum(files, measure), _before(group, measure, facts)
    if not ratio.total:
        return question.not_applicable(f"its files have no {things}", ratio, before)
    note = f", {len(unseen)} of its files coverage never saw" if unseen else ""
    return at_least(question, ratio, required, before, note)


def _empty(question: Question, group: Group, diff: Diff) -> RuleResult:
    """A group whose last files go is no group any more; one that matches nothing is most likely misspelt."""
    gone = (change.path for change in diff.files if change.kind is ChangeKind.DELETED)
    if any(_belongs((path,), group) for path in gone):
        return question.not_applicable("the change deletes its files")
    globs = ", ".join(f"`{path}`" for path in group.paths)
    return question.unknown(f"no measured file matches {globs}")


def group_drop(group: Group, points: Fraction, facts: Facts) -> RuleResult:
    """Whether the lines of a group fell by no more than `points` since its base, as `drop_limit` judges the project."""
    question = Question("groups.drop", "Group against the base", NOUNS["line"], plural(NOUNS["line"]), group.name)
    base, comparison = comparable_base(facts), facts.comparison
    if isinstance(base, str):
        return question.not_applicable(base)
    traces = _traces(group, comparison)
    if not traces:
        return _empty(question, group, comparison.diff)
    now, before = _both(traces, "line")
    parts = Parts.of(traces, "line", touched(comparison))
    return fall_limit(question, now, before, parts, points, why=drift_counts("auto", comparison))


def _before(group: Group, measure: Measure, facts: Facts) -> Ratio | None:
    """The group's files at the base: those of its paths, and what has become a file of its paths since."""
    if isinstance(comparable_base(facts), str):
        return None
    return _both(_traces(group, facts.comparison), measure)[1]


def _traces(group: Group, comparison: Comparison) -> list[Trace]:
    return [trace for trace in comparison.traces if _belongs(trace.paths, group)]


def _both(traces: list[Trace], measure: Measure) -> tuple[Ratio, Ratio]:
    now = _sum((trace.now for trace in traces if trace.now), measure)
    return now, _sum((trace.before for trace in traces if trace.before), measure)


def _sum(files: Iterable[FileCoverage], measure: Measure) -> Ratio:
    return sum((measured(file, measure) for file in files), NOTHING)


def _members(files: Iterable[FileCoverage], group: Group, diff: Diff) -> list[FileCoverage]:
    was = {change.path: change.old_path for change in diff.files if change.old_path}
    return [file for file in files if _belongs((file.path, was.get(file.path, file.path)), group)]


def _belongs(names: tuple[str, ...], group: Group) -> bool:
    return any(matches(name, group.paths) for name in names)
