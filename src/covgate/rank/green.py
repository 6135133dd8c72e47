"""The fewest gaps whose closing turns the whole verdict green: of the change, or of the project."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from covgate.model.comparison import Comparison
from covgate.model.gap import RankedGap
from covgate.model.globs import matches
from covgate.model.lines import LineSet
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.snapshot import Branch, MissedArc, Snapshot
from covgate.model.verdict import Conclusion, RuleResult, Verdict
from covgate.rank.fewest import Amounts, fewest

MOST_FUNCTIONS = 2000
"""Functions of the project that are looked at, in their order: nobody writes tests for more to pass a gate."""
_PROJECT = ("total", "schedule", "drop")
_LOST = "drop.indirect"
_FALLS = ("drop", "file.drop", "groups.drop")
Groups = Mapping[str, tuple[str, ...]]
"""The globs of groups by their names."""
NO_GROUPS: Groups = {}


def fewest_gaps(
    gaps: Sequence[RankedGap], comparison: Comparison, verdict: Verdict, groups: Groups = NO_GROUPS
) -> tuple[int, ...]:
    """Places of the fewest gaps of the change whose closing lets every failed rule hold.

    Shape:  () where nothing failed, where one of the failed rules is not about coverage that can be added up here, and
            where all gaps together are not enough.
    """
    rules = _failed(verdict, ("diff", "file", "groups", *_PROJECT))
    branches = {file.path: file.branches for file in comparison.coverage.files}
    unmeasured = {file.path for file in comparison.coverage.files if file.unmeasured}

    def gain(ranked: RankedGap) -> Amounts:
        gap = ranked.gap
        arcs = _arcs(gap.missed, gap.partial, branches.get(gap.path, ()))
        whole = gap.path not in unmeasured  # what was never measured is no part of the project's total yet
        return tuple(_amount(rule, gap.path, len(gap.missed), arcs, in_total=whole, groups=groups) for rule in rules)

    return (fewest([gain(ranked) for ranked in gaps], _short(rules)) or ()) if rules else ()


def fewest_functions(
    gaps: Iterable[FileGap], snapshot: Snapshot, verdict: Verdict, groups: Groups = NO_GROUPS
) -> tuple[tuple[str, str], ...]:
    """The fewest functions of the project, as (path, name), whose closing lets every failed rule hold.

    Shape:  as for `fewest_gaps`; () too where a rule on changed lines failed, and where only a part of a fall is the
            change's own: those are closed in the change.
    """
    rules = _failed(verdict, ("file", "groups", *_PROJECT))
    if not rules or any(_fell_elsewhere_too(rule) for rule in rules):
        return ()
    branches = {file.path: file.branches for file in snapshot.files}
    functions = list(chain.from_iterable(((gap.path, one) for one in gap.functions) for gap in gaps))[:MOST_FUNCTIONS]

    def gain(path: str, one: FunctionGap) -> Amounts:
        arcs = _arcs(one.missed, one.partial, branches.get(path, ()))
        return tuple(_amount(rule, path, len(one.missed), arcs, in_total=True, groups=groups) for rule in rules)

    found = fewest([gain(path, one) for path, one in functions], _short(rules)) or ()
    return tuple((functions[place][0], functions[place][1].name) for place in found)


def _failed(verdict: Verdict, kinds: tuple[str, ...]) -> tuple[RuleResult, ...]:
    """The failed rules; () where closing gaps of these kinds cannot be enough for one of them."""
    failed = verdict.failed if verdict.conclusion is Conclusion.FAILED else ()
    return failed if all(_adds_up(rule, kinds) for rule in failed) else ()


def _adds_up(rule: RuleResult, kinds: tuple[str, ...]) -> bool:
    """Whether closing gaps of these kinds brings the rule nearer; what was lost elsewhere is not won back by others."""
    fit = rule.id.partition(".")[0] in kinds and rule.id != _LOST
    return fit and rule.short > 0 and _counts(rule, 1, 1) > 0


def _fell_elsewhere_too(rule: RuleResult) -> bool:
    """Whether less is short than the ratio lacks: the rest fell by itself, and what is short is the change's own."""
    if rule.id not in _FALLS or rule.ratio is None or rule.required is None:
        return False
    return rule.short < rule.ratio.short_of(rule.required)


def _short(rules: Iterable[RuleResult]) -> Amounts:
    return tuple(rule.short for rule in rules)


def _amount(rule: RuleResult, path: str, statements: int, arcs: int, *, in_total: bool, groups: Groups) -> int:
    """How many more of what the rule counts would be covered."""
    kind = rule.id.partition(".")[0]
    if not in_total and (kind in _PROJECT or rule.id in _FALLS):
        return 0
    if kind == "groups":
        return _counts(rule, statements, arcs) if matches(path, groups.get(rule.subject, ())) else 0
    return _counts(rule, statements, arcs) if kind in _PROJECT or rule.subject in ("", path) else 0


def _counts(rule: RuleResult, statements: int, arcs: int) -> int:
    """What of these the rule counts, by its noun; 0 of what it does not."""
    amounts = {"statement": statements, "branch": arcs, "statement or branch": statements + arcs}
    return amounts.get(rule.noun, 0)


def _arcs(missed: LineSet, partial: Sequence[MissedArc], branches: Iterable[Branch]) -> int:
    """Arcs never taken out of these statements, run or not."""
    return len(partial) + sum(len(branch.missed) for branch in branches if branch.line in missed)
