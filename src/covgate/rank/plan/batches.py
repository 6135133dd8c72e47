"""Work in sittings of at most twenty tests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from covgate.model.plan import Batch, Piece, PlannedFile
from covgate.rank.plan.effort import MOST_TESTS

Command = Callable[[tuple[str, ...]], str]
"""From paths of test files to the command that runs just those."""


def batches(files: Sequence[PlannedFile], pieces: Mapping[str, Sequence[Piece]], command: Command) -> tuple[Batch, ...]:
    """The files' functions in batches, in the given order; a file that fits into one batch is never split."""
    tests = {file.gap.path: file.tests.path for file in files if file.tests}
    return tuple(_batch(part, tests, command) for part in _parts([pieces[file.gap.path] for file in files]))


def _parts(files: Iterable[Sequence[Piece]]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    for file in files:
        if part and _tests(part) + _tests(file) > MOST_TESTS:
            yield part
            part = []
        for piece in file:
            if part and _tests(part) + piece.tests > MOST_TESTS:
                yield part
                part = []
            part.append(piece)
    if part:
        yield part


def _tests(pieces: Iterable[Piece]) -> int:
    return sum(piece.tests for piece in pieces)


def _batch(pieces: Sequence[Piece], tests: Mapping[str, str], command: Command) -> Batch:
    files = tuple(dict.fromkeys(piece.path for piece in pieces))
    places = tuple(dict.fromkeys(tests[path] for path in files if path in tests))
    return Batch(files, _tests(pieces), command(places) if places else "", tuple(pieces))
