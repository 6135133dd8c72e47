"""The probe's answer about the suite's Python → Interpreter."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from covgate.errors import MeasurementError
from covgate.model.interpreter import Configuration, Interpreter
from covgate.parse.probe_answer import answer_text

OLDEST_COVERAGE = (7, 2)

_Word = Annotated[str, Field(max_length=4096)]
_Number = Annotated[int, Field(ge=0, le=10_000)]


class _Configuration(BaseModel):
    read: dict[str, Any] = {}
    effective: dict[str, Any] = {}
    file_tracers: list[_Word] = []
    file: _Word = ""
    error: str = ""


class _Description(BaseModel):
    executable: _Word
    version: tuple[_Number, _Number, _Number]
    implementation: _Word
    optimize: _Number
    coverage: Annotated[str, Field(pattern=r"^\d{1,4}\.\d{1,4}(\.\w+)*$", max_length=40)]
    c_tracer: bool
    modules: list[_Word]
    scripts: _Word
    subprocess_hook: bool
    head: _Configuration
    base: _Configuration | None


def interpreter_from(answer: bytes, python: str = "") -> Interpreter:
    """What the suite's Python, started as `python`, said about itself.

    Errors: MeasurementError where the answer is damaged, where coverage.py is missing or too old, or where it refuses
            the repository's configuration.
    """
    try:
        given = _Description.model_validate_json(answer_text(answer, python))
    except ValidationError as error:
        raise MeasurementError(f"the suite's Python gave no usable description of itself: {error}") from error
    if tuple(int(part) for part in given.coverage.split(".")[:2]) < OLDEST_COVERAGE:
        raise MeasurementError(
            f"coverage {given.coverage} in {given.executable} is too old: 7.2 or later is needed",
            hint=f"Update it there: {given.executable} -m pip install --upgrade coverage",
        )
    if given.head.error:
        raise MeasurementError(f"coverage.py refuses its configuration: {given.head.error}")
    return Interpreter(
        executable=given.executable,
        version=given.version,
        implementation=given.implementation,
        coverage=given.coverage,
        c_tracer=given.c_tracer,
        optimize=given.optimize,
        modules=frozenset(given.modules),
        scripts=given.scripts,
        subprocess_hook=given.subprocess_hook,
        head=_configuration(given.head),
        base=_configuration(given.base) if given.base else None,
    )


def _configuration(given: _Configuration) -> Configuration:
    return Configuration(
        read=given.read,
        effective=given.effective,
        file_tracers=tuple(given.file_tracers),
        file=given.file,
        error=given.error,
    )
