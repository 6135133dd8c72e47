"""After the work: what the change did to each file of tests."""

import re
import shlex
from collections.abc import Iterable, Iterator

from covgate.compare.suite_delta import known, module, suite_delta
from covgate.model.comparison import ChangedTests, SuiteDelta
from covgate.model.diff import ChangeKind, Diff, FileChange
from covgate.model.suite import SuiteResult

_PYTEST = re.compile(r"^(?:(?:\S*/)?(?:pytest|py\.test)|\S*python[\d.]* -m pytest)(?=\s|$)")
_UNITTEST = re.compile(r"^(?P<python>\S*python[\d.]*) -m unittest(?=\s|$)")


def changed_tests(diff: Diff, now: SuiteResult, before: SuiteResult | None = None) -> tuple[ChangedTests, ...]:
    """The files of tests among those of a change, with the tests that came and went.

    Shape:  a file holds tests where one of the suite's is in it, or where it is called as pytest and unittest call
            them; `before` is the suite at the baseline, None where that is not known.
    """
    delta = suite_delta(before, now, diff.files)
    holders = _holders(now) | (_holders(before) if before else frozenset())
    return tuple(
        _changed(change, now, delta) for change in diff.files if change.path.endswith(".py") and _holds(change, holders)
    )


def _changed(change: FileChange, now: SuiteResult, delta: SuiteDelta | None) -> ChangedTests:
    added = removed = skipped = None
    there = change.old_path or change.path
    if delta:
        added, removed = tests_in(change.path, delta.added), tests_in(there, delta.removed)
        skipped = tests_in(change.path, delta.newly_skipped)
    elif change.kind is ChangeKind.ADDED and known(now):
        added = tests_in(change.path, sorted(case.name for case in now.cases))
    command = "" if change.kind is ChangeKind.DELETED else command_for(change.path, now)
    return ChangedTests(change.path, change.kind, added, removed, skipped, command, change.old_path)


def _holders(suite: SuiteResult) -> frozenset[str]:
    """Files of a suite's tests, and their modules with all that they are in."""
    files = {case.name.partition("::")[0] for case in suite.cases}
    dotted = (name.split(".") for name in files if not name.endswith(".py"))
    return frozenset(files).union(".".join(parts[:depth]) for parts in dotted for depth in range(1, len(parts)))


def _holds(change: FileChange, holders: frozenset[str]) -> bool:
    name = change.path.rpartition("/")[2]
    if name.startswith("test") or name.endswith("_test.py"):
        return True
    return any(called in holders for path in (change.path, change.old_path or "") for called in names_of(path))


def tests_in(path: str, tests: Iterable[str]) -> tuple[str, ...]:
    """Those of the tests that are in the file of this path, by their names."""
    beginnings = tuple(f"{name}::" if name.endswith(".py") else f"{name}." for name in names_of(path))
    return tuple(test for test in tests if test.startswith(beginnings))


def names_of(path: str) -> Iterator[str]:
    """What runners may call a file: its path or its module, as seen from the root or from a directory below it."""
    parts = path.split("/")
    for depth in range(len(parts)):
        inner = "/".join(parts[depth:])
        yield from (inner, module(inner))


def command_for(path: str, suite: SuiteResult) -> str:
    """The command that runs the tests of one file, "" where the runner of the suite is not known."""
    if pytest := _PYTEST.match(suite.command):
        return f"{pytest[0]} {shlex.quote(_as_run(path, suite))}"
    if unittest := _UNITTEST.match(suite.command):
        return f"{unittest['python']} -m unittest {shlex.quote(module(_as_run(path, suite)))}"
    return ""


def _as_run(path: str, suite: SuiteResult) -> str:
    """The path as the suite's own directory sees it: as its tests are called, else as it is."""
    parts = path.split("/")
    inner = ["/".join(parts[depth:]) for depth in range(len(parts))]
    told = {case.name.partition("::")[0] for case in suite.cases}
    return next((one for one in inner if one in told), path)
