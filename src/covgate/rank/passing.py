"""Whether closing one gap would turn the failed rules on changed lines green."""

from covgate.model.comparison import DiffCoverage
from covgate.model.gap import Gap
from covgate.model.ratio import Ratio
from covgate.model.verdict import RuleResult, Verdict


def would_pass(gap: Gap, coverage: DiffCoverage, verdict: Verdict) -> bool:
    """Whether every failed rule on changed lines holds once this gap's statements and arcs are covered.

    Shape:  False where none failed, and where one failed that has no ratio or no requirement to compute with.
    """
    failed = [result for result in verdict.failed if result.id.startswith("diff.")]
    return bool(failed) and all(_holds(result, gap, coverage) for result in failed)


def _holds(result: RuleResult, gap: Gap, coverage: DiffCoverage) -> bool:
    if result.ratio is None or result.required is None:
        return False
    gain = _gain(result, gap, coverage)
    after = Ratio(result.ratio.covered + min(gain, result.ratio.missed), result.ratio.total)
    # `short` knows of an allowance in statements, which the percentage alone does not.
    return after.short_of(result.required) == 0 or 0 < result.short <= gain


def _gain(result: RuleResult, gap: Gap, coverage: DiffCoverage) -> int:
    """How many more of what the rule counts would be covered."""
    if result.subject not in ("", gap.path):
        return 0
    statements, arcs = len(gap.missed), _arcs(gap, coverage)
    gains = {"diff.line": statements, "diff.branch": arcs, "diff.combined": statements + arcs}
    return gains.get(result.id, 0)


def _arcs(gap: Gap, coverage: DiffCoverage) -> int:
    """Arcs never taken out of the gap's statements, run or not."""
    branches = (branch for file in coverage.files if file.path == gap.path for branch in file.branches)
    return len(gap.partial) + sum(len(branch.missed) for branch in branches if branch.line in gap.missed)
