"""The probe's answers about coverage → Snapshot.

What wrote them ran code of the repository: nothing in them is trusted.
"""

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, ValidationError

from covgate.errors import MeasurementError
from covgate.model.interpreter import Interpreter
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Origin, PathMapping, Region, Snapshot
from covgate.parse.probe_answer import answer_text

LAST_LINE = 10_000_000
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


def _inside(path: str) -> str:
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(parts):
        raise ValueError("a path that does not lie in the repository")
    return path


_Path = Annotated[str, Field(max_length=4096), AfterValidator(_inside)]
_Words = Annotated[str, Field(max_length=4096)]
_Line = Annotated[int, Field(ge=1, le=LAST_LINE)]
_Target = Annotated[int, Field(ge=-LAST_LINE, le=LAST_LINE)]
_Range = tuple[_Line, _Line]
_Arc = tuple[_Target, _Words]
_Branch = tuple[_Line, _Line, list[_Arc]]
_Region = tuple[Literal["function", "class"], _Words, _Line, list[_Range]]


class _File(BaseModel):
    path: _Path
    statements: list[_Range]
    executed: list[_Range]
    excluded: list[_Range]
    spans: list[_Range]
    branches: list[_Branch]
    regions: list[_Region]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None


class _Files(BaseModel):
    files: list[_File]


class _Export(_Files):
    has_branches: bool
    unmeasured: list[_File]
    left_out: list[tuple[_Path, _Words, bool]]
    mapped: list[tuple[_Words, _Path]]
    notes: list[str]
    stale: list[tuple[_Path, _Line, _Words]] = []


class _Paths(BaseModel):
    paths: list[_Words]


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
        files=_files(given.files),
        origin=_origin(interpreter, given.has_branches, core),
        unmeasured=_files(given.unmeasured),
        left_out=tuple(LeftOut(*left) for left in given.left_out),
        mapped=tuple(PathMapping(name, path) for name, path in given.mapped),
        notes=tuple(note[:2000] for note in given.notes[:100]),
    )


def files_from(answer: bytes) -> tuple[FileCoverage, ...]:
    """The answer to an analysis: files sorted by path.

    Errors: as of `snapshot_from`.
    """
    return _files(_validated(_Files, answer).files)


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
        raise MeasurementError(f"the answer about coverage is not as expected: {first['msg']}", where=where) from error


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


def _files(given: Iterable[_File]) -> tuple[FileCoverage, ...]:
    files = tuple(sorted((_file(entry) for entry in given), key=lambda file: file.path))
    if len({file.path for file in files}) != len(files):
        raise MeasurementError("the answer about coverage names a file twice")
    return files


def _file(given: _File) -> FileCoverage:
    try:
        file = FileCoverage(
            path=given.path,
            statements=LineSet.spanning(given.statements),
            executed=LineSet.spanning(given.executed),
            excluded=LineSet.spanning(given.excluded),
            spans=tuple(given.spans),
            branches=tuple(_branch(branch) for branch in given.branches),
            regions=tuple(
                Region(kind, name, start, LineSet.spanning(lines)) for kind, name, start, lines in given.regions
            ),
            sha256=given.sha256,
        )
    except ValueError as error:
        raise MeasurementError(f"the answer about coverage is not as expected: {error}", where=given.path) from error
    if (file.executed & file.statements) != file.executed:
        raise MeasurementError("more lines were run than there are statements", where=given.path)
    return file


def _branch(given: _Branch) -> Branch:
    line, exits, missed = given
    if len(missed) > exits:
        raise ValueError(f"line {line} has fewer ways out than were missed")
    return Branch(line, exits, tuple(MissedArc(line, to, words) for to, words in missed))
