"""The outcomes of several shards, made one suite's."""

from collections.abc import Iterable, Sequence

from covgate.model.shard import Shard
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase

_WORST_FIRST = (Outcome.ERROR, Outcome.FAILED, Outcome.PASSED, Outcome.SKIPPED)
_WORST_ENDING_FIRST = (
    Ending.KILLED, Ending.TIMEOUT, Ending.CRASHED, Ending.FAILED, Ending.NO_TESTS, Ending.NOT_RUN, Ending.PASSED,
)  # fmt: skip
_MINUTE = 60


def united(shards: Sequence[Shard]) -> SuiteResult:
    """The result of the suite that these shards are together; one that did not end well spoils the whole.

    Shape:  a test that several shards ran counts once, with its worst outcome and its longest time; the command is
            that of the shards that did not end well, where they share one; at least one shard.
    Units:  seconds are those of the longest shard, for shards run side by side; the words tell the sum.
    """
    worst = min((shard.suite for shard in shards), key=lambda suite: _WORST_ENDING_FIRST.index(suite.ending))
    broken = [shard.suite.command for shard in shards if shard.suite.broken]
    return SuiteResult(
        ending=worst.ending,
        words=" ".join(endings(shards)) or times(shards),
        command=broken[0] if broken and len(set(broken)) == 1 else "",
        exit_code=worst.exit_code,
        seconds=max(shard.suite.seconds for shard in shards),
        cases=_cases(case for shard in shards for case in shard.suite.cases),
        counted=all(shard.suite.counted for shard in shards),
    )


def _cases(cases: Iterable[TestCase]) -> tuple[TestCase, ...]:
    by_name: dict[str, list[TestCase]] = {}
    for case in cases:
        by_name.setdefault(case.name, []).append(case)
    return tuple(
        min(runs, key=lambda case: (_WORST_FIRST.index(case.outcome), -case.seconds)) for runs in by_name.values()
    )


def endings(shards: Iterable[Shard]) -> tuple[str, ...]:
    """A sentence for each shard whose suite did not end well."""
    broken = (
        (shard.name, shard.suite.words or f"{shard.suite.ending.value}.") for shard in shards if shard.suite.broken
    )
    return tuple(f"In shard `{name}`: {words}" for name, words in broken)


def times(shards: Sequence[Shard]) -> str:
    """How long the shards took, as a sentence."""
    longest = max(shards, key=lambda shard: shard.suite.seconds)
    if len(shards) == 1:
        return f"The shard `{longest.name}` took {_span(longest.suite.seconds)}."
    total = sum(shard.suite.seconds for shard in shards)
    return (
        f"The {len(shards)} shards took {_span(total)} together, the longest of them, `{longest.name}`, "
        f"{_span(longest.suite.seconds)}."
    )


def repeated(shards: Iterable[Shard]) -> str:
    """A sentence on the tests that ran in more than one shard; "" where there is none."""
    seen: set[str] = set()
    again: set[str] = set()
    for shard in shards:
        names = {case.name for case in shard.suite.cases}
        again |= seen & names
        seen |= names
    if not again:
        return ""
    ran = "1 test ran" if len(again) == 1 else f"{len(again):,} tests ran"
    return f"{ran} in more than one shard: each counts once, by its worst outcome."


def _span(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), _MINUTE)
    return f"{minutes:,} min {rest} s"
