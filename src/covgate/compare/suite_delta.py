"""What became of the tests."""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from covgate.model.comparison import SuiteDelta
from covgate.model.diff import FileChange
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase

SLOW_SECONDS = 1
SLOWER_TIMES = 2
_RAN = (Ending.PASSED, Ending.FAILED)
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")  # of an object, in the id of a parameter: another one in every run


def suite_delta(before: SuiteResult | None, now: SuiteResult, since: Iterable[FileChange]) -> SuiteDelta | None:
    """Tests added, removed, skipped now and not before, and slow now and not before.

    Shape:  a test whose file was renamed is the same test. A test is newly slow that takes a second or longer, and
            twice as long as before or longer. None where the tests of one side are not known, all of them: a suite that
            was broken off has not told of those that were to come.
    """
    if not (known(before) and known(now)) or before is None:
        return None
    then, cases = _by_name(before.cases, _renamed(since)), _by_name(now.cases)
    both = [name for name in cases if name in then]
    return SuiteDelta(
        added=tuple(sorted(case.name for name, case in cases.items() if name not in then)),
        removed=tuple(sorted(case.name for name, case in then.items() if name not in cases)),
        newly_skipped=tuple(sorted(cases[name].name for name in both if _newly_skipped(then[name], cases[name]))),
        newly_slow=tuple(
            sorted(
                (cases[name].name, then[name].seconds, cases[name].seconds)
                for name in both
                if _newly_slow(then[name], cases[name])
            )
        ),
    )


def known(suite: SuiteResult | None) -> bool:
    """Whether all tests of a suite have been told of."""
    return suite is not None and suite.counted and suite.ending in _RAN


def _by_name(cases: Iterable[TestCase], rename: Callable[[str], str] = str) -> Mapping[str, TestCase]:
    return {_ADDRESS.sub("0x", rename(case.name)): case for case in cases}


def _newly_skipped(then: TestCase, now: TestCase) -> bool:
    return now.outcome is Outcome.SKIPPED and then.outcome is not Outcome.SKIPPED


def _newly_slow(then: TestCase, now: TestCase) -> bool:
    slower = Fraction(now.seconds) >= SLOWER_TIMES * Fraction(then.seconds)
    return now.seconds >= SLOW_SECONDS and slower and then.outcome is now.outcome


def _renamed(since: Iterable[FileChange]) -> Callable[[str], str]:
    """Names of tests with the file that they are in now: pytest names files, unittest and JUnit XML modules."""
    moved = [(change.old_path, change.path) for change in since if change.old_path and change.path.endswith(".py")]
    pairs = [pair for old, new in moved for pair in _prefixes(old, new)]

    def rename(name: str) -> str:
        return next((new + name[len(old) :] for old, new in pairs if name.startswith(old)), name)

    return rename


def _prefixes(old: str, new: str) -> Iterable[tuple[str, str]]:
    """What names of a file's tests begin with, there and here: below a directory they are told from it.

    A suite that runs in `api/` calls `api/tests/test_a.py` by `tests/test_a.py`.
    """
    olds, news = old.split("/"), new.split("/")
    shared = next((n for n, (a, b) in enumerate(zip(olds, news, strict=False)) if a != b), 0)
    for depth in range(min(shared, len(olds) - 1, len(news) - 1) + 1):
        there, here = "/".join(olds[depth:]), "/".join(news[depth:])
        yield f"{there}::", f"{here}::"
        yield f"{module(there)}.", f"{module(here)}."


def module(path: str) -> str:
    """The dotted name of the module in a file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
