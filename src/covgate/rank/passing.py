"""Whether closing one gap, or the first few, would turn the failed rules on changed lines green."""

from collections.abc import Iterable

from covgate.model.comparison import ChangedFile, Comparison
from covgate.model.gap import Gap, RankedGap
from covgate.model.ratio import Ratio
from covgate.model.verdict import RuleResult, Verdict


def failed_on_the_change(verdict: Verdict) -> tuple[RuleResult, ...]:
    """The failed rules on changed lines."""
    return tuple(result for result in verdict.failed if result.id.startswith("diff."))


def would_pass(gap: Gap, file: ChangedFile, failed: tuple[RuleResult, ...]) -> bool:
    """Whether every failed rule on changed lines holds once this gap's statements and arcs are covered.

    Shape:  `file` is the gap's; False where no rule failed, and where one failed that has no ratio or no requirement to
            compute with.
    """
    return bool(failed) and all(_holds(result, _gain(result, gap, file)) for result in failed)


def enough(gaps: Iterable[RankedGap], comparison: Comparison, verdict: Verdict) -> int | None:
    """How many of the gaps, from the first, must be closed until every failed rule on changed lines holds.

    Shape:  the smallest such number; None where no such rule failed, where one has nothing to compute with, and where
            all gaps together are not enough.
    """
    failed = failed_on_the_change(verdict)
    files = {file.path: file for file in comparison.coverage.files}
    gains = [0 for _ in failed]
    for count, ranked in enumerate(gaps if failed else (), 1):
        gap = ranked.gap
        gains = [gain + _gain(result, gap, files[gap.path]) for gain, result in zip(gains, failed, strict=True)]
        if all(_holds(result, gain) for gain, result in zip(gains, failed, strict=True)):
            return count
    return None


def _holds(result: RuleResult, gain: int) -> bool:
    if result.ratio is None or result.required is None:
        return False
    after = Ratio(result.ratio.covered + min(gain, result.ratio.missed), result.ratio.total)
    # `short` knows of an allowance in statements, which the percentage alone does not.
    return after.short_of(result.required) == 0 or 0 < result.short <= gain


def _gain(result: RuleResult, gap: Gap, file: ChangedFile) -> int:
    """How many more of what the rule counts would be covered."""
    if result.subject not in ("", gap.path):
        return 0
    statements, arcs = len(gap.missed), _arcs(gap, file)
    gains = {"diff.line": statements, "diff.branch": arcs, "diff.combined": statements + arcs}
    return gains.get(result.id, 0)


def _arcs(gap: Gap, file: ChangedFile) -> int:
    """Arcs never taken out of the gap's statements, run or not."""
    return len(gap.partial) + sum(len(branch.missed) for branch in file.branches if branch.line in gap.missed)
