"""Small facts in a few words, for the examples of rules."""

from datetime import date

from covgate.judge.rule import Facts
from covgate.model.comparison import ChangedFile, ChangedTests, Comparison, DiffCoverage, Known, Missing, SuiteDelta
from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head, Hunk
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Origin, Snapshot
from covgate.model.suite import NOT_RUN, SuiteResult
from covgate.model.trace import traced

ORIGIN = Origin("coverage.py", "7.17", "3.14", "sysmon")
LINES_ONLY = Origin("lcov", has_branches=False)
TODAY = date(2026, 7, 1)
SAME_TESTS = SuiteDelta()


BROKEN = LeftOut("src/shop/broken.py", "does not parse: 'invalid syntax' at line 1", unknown=True)


def first(count: int) -> LineSet:
    """The lines 1 to `count`."""
    return LineSet(((1, count),)) if count else NO_LINES


def a_file(covered: int, total: int, taken: int = 0, exits: int = 0, path: str = "src/shop/cart.py") -> FileCoverage:
    """A file of one-line statements of which the first `covered` ran, whose line 1 has `exits` ways out if any."""
    missed = tuple(MissedArc(1, -way, "a way out never taken") for way in range(1, exits - taken + 1))
    branches = (Branch(1, exits, missed),) if exits else ()
    return FileCoverage(path, first(total), first(covered), branches=branches)


def a_change(file: FileCoverage, *, unmeasured: bool = False, before: FileCoverage | None = None) -> ChangedFile:
    """The change that wrote the whole of a file."""
    kind = ChangeKind.MODIFIED if before else ChangeKind.ADDED
    return ChangedFile(
        file.path, kind, file.statements, file.missed, file.branches, file, unmeasured=unmeasured, before=before
    )


def a_deletion(first_line: int, count: int, path: str = "src/shop/cart.py") -> FileChange:
    """The deletion of `count` lines of a file, and nothing in their place."""
    return FileChange(path, ChangeKind.MODIFIED, (Hunk(first_line, count, first_line - 1, 0),))


def a_rewriting(first_line: int, old: int, new: int, path: str = "src/shop/cart.py") -> FileChange:
    """`new` lines in the place of `old` ones."""
    return FileChange(path, ChangeKind.MODIFIED, (Hunk(first_line, old, first_line, new),))


def some_lines(*ran: str, path: str = "src/shop/cart.py") -> FileCoverage:
    """A file of one-line statements, drawn by runs of them: "." for one that ran, "!" for one that did not."""
    marks = "".join(ran)
    statements = LineSet.of(range(1, len(marks) + 1))
    return FileCoverage(path, statements, LineSet.of(n for n, mark in enumerate(marks, 1) if mark == "."))


def facts(
    *files: FileCoverage,
    changes: tuple[ChangedFile, ...] = (),
    base: FileCoverage | str = "no earlier run stored one",
    diff: tuple[FileChange, ...] = (),
    unmeasured: tuple[FileCoverage, ...] = (),
    origin: Origin = ORIGIN,
    base_origin: Origin | None = None,
    reason: str = "",
    left_out: tuple[LeftOut, ...] = (),
    suite: SuiteResult = NOT_RUN,
    today: date = TODAY,
    tests: SuiteDelta | None = SAME_TESTS,
    changed_tests: tuple[str, ...] = (),
) -> Facts:
    """Facts of a project of these files; `base` is its only file at the base, or why there is no baseline.

    Shape:  `tests` is what became of the tests since: nothing, unless told; `changed_tests` are the files of tests
            among those of the change.
    """
    head = Snapshot(files, origin, unmeasured)
    coverage = DiffCoverage(changes, left_out, reason)
    change = Diff(Base("b", "given"), Head("h"), diff)
    if isinstance(base, str):
        return Facts(Comparison(change, head, Missing(base), coverage, ()), suite, today)
    known = Known(Snapshot((base,), base_origin or origin), "b", "file")
    traces = traced(known.snapshot, head, diff, change)
    files_of_tests = tuple(ChangedTests(path, ChangeKind.MODIFIED) for path in changed_tests)
    compared = Comparison(change, head, known, coverage, (), tests=tests, traces=traces, changed_tests=files_of_tests)
    return Facts(compared, suite, today)
