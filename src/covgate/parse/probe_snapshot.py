"""The probe's answers about coverage → Snapshot.

What wrote them ran code of the repository: nothing in them is trusted.
"""

from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from covgate.errors import MeasurementError
from covgate.model.interpreter import Interpreter
from covgate.model.snapshot import FileCoverage, LeftOut, Origin, PathMapping, Snapshot
from covgate.parse.file_rows import FileRow, Line, RepositoryPath, Words, files_of
from covgate.parse.probe_answer import answer_text

WHAT = "the answer about coverage"
DECIDING = (
    "run_omit",
    "run_include",
    "source",
    "source_pkgs",
    "source_dirs",
    "report_omit",
    "report_include",
    "exclude_list",
    "partial_list",
    "partial_always_list",
    "plugins",
)


class _Files(BaseModel):
    files: list[FileRow]


class _Export(_Files):
    has_branches: bool
    unmeasured: list[FileRow]
    left_out: list[tuple[RepositoryPath, Words, bool]]
    mapped: list[tuple[Words, RepositoryPath]]
    notes: list[str]
    stale: list[tuple[RepositoryPath, Line, Words]] = []


class _Paths(BaseModel):
    paths: list[Words]


Shape = TypeVar("Shape", bound=BaseModel)


def snapshot_from(answer: bytes, interpreter: Interpreter, core: str = "") -> Snapshot:
    """The answer to an export as a snapshot made by `interpreter`.

    Errors: MeasurementError where it is damaged, names files outside the repository, contradicts itself, or tells of
            another version of a changed file.
    """
    given = _validated(_Export, answer)
    for path, line, now in given.stale:
        raise MeasurementError(
            f"the data is older than the source of {path}: it says that line {line} ran, which is {now}",
            hint="Measure again: the data was made of another version of this file.",
        )
    return Snapshot(
        files=files_of(given.files, WHAT),
        origin=_origin(interpreter, given.has_branches, core),
        unmeasured=files_of(given.unmeasured, WHAT),
        left_out=tuple(LeftOut(*left) for left in given.left_out),
        mapped=tuple(PathMapping(name, path) for name, path in given.mapped),
        notes=tuple(note[:2000] for note in given.notes[:100]),
    )


def files_from(answer: bytes) -> tuple[FileCoverage, ...]:
    """The answer to an analysis: files sorted by path.

    Errors: as of `snapshot_from`.
    """
    return files_of(_validated(_Files, answer).files, WHAT)


def paths_from(answer: bytes) -> tuple[str, ...]:
    """The names in data files, of whatever machine.

    Errors: as of `snapshot_from`.
    """
    return tuple(_validated(_Paths, answer).paths)


def _validated(shape: type[Shape], answer: bytes) -> Shape:
    try:
        return TypeAdapter(shape).validate_json(answer_text(answer))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise MeasurementError(f"{WHAT} is not as expected: {first['msg']}", where=where) from error


def _origin(interpreter: Interpreter, has_branches: bool, core: str) -> Origin:
    effective = interpreter.judging
    return Origin(
        tool="coverage.py",
        version=interpreter.coverage,
        python=interpreter.words,
        core=core,
        has_branches=has_branches,
        exclusions=tuple((key, effective.values(key)) for key in sorted(DECIDING) if effective.values(key)),
    )
