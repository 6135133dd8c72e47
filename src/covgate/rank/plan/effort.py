"""How many tests a function takes: an estimate, and said to be one."""

from collections.abc import Iterable, Iterator

from covgate.model.plan import FileGap, FunctionGap, Piece
from covgate.model.snapshot import Branch, FileCoverage

STATEMENTS_A_TEST = 10
MOST_TESTS = 20


def fewest_functions(gap: FileGap, gain_lines: int) -> tuple[FunctionGap, ...]:
    """The fewest functions that hold so many missed statements: the largest first, by line where two are alike."""
    found: list[FunctionGap] = []
    left = gain_lines
    for function in sorted(gap.functions, key=lambda one: (-len(one.missed), one.start)):
        if left <= 0 or not function.missed:
            break
        found.append(function)
        left -= len(function.missed)
    return tuple(found)


def tests_of(function: FunctionGap, file: FileCoverage | None, *, branches_known: bool) -> int:
    """How many tests closing the gap takes, roughly.

    One test runs the function, and one more each two ways that no test took yet: a test that goes one way at an `if`
    leaves the other for the next. Where branches were not measured, one test for each ten statements.
    """
    if not branches_known or file is None:
        return max(1, -(-len(function.missed) // STATEMENTS_A_TEST))
    return 1 + _arcs(function, file.branches) // 2


def _arcs(function: FunctionGap, branches: Iterable[Branch]) -> int:
    inside = sum(len(branch.missed) for branch in branches if branch.line in function.missed)
    return inside + len(function.partial)


def pieces(path: str, function: FunctionGap, tests: int) -> Iterator[Piece]:
    """The function in parts of at most as many tests as a batch has."""
    while tests > 0:
        yield Piece(path, function.name, min(tests, MOST_TESTS))
        tests -= MOST_TESTS
