"""A shard's results as a file, to be read by the run that judges all shards.

What is read was made by another job and carried through an artifact: nothing in it is trusted.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from covgate.errors import MeasurementError
from covgate.model.shard import SHARD_NAME, Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import SuiteResult, TestCase
from covgate.parse.input_format import damaged

SCHEMA = 1
LONGEST_NAME = 2000
LONGEST_WORDS = 500
MOST_FILES = 200_000
START = re.compile(rb"\s*\{\s*\"covgate_shard\"")
"""How such a file begins: the number of its schema comes first."""

_Words = Annotated[str, Field(max_length=200)]
_Sha256 = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{64})?$")]


class _Head(BaseModel):
    sha: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
    dirty: bool


class _Origin(BaseModel):
    tool: _Words
    version: _Words
    python: _Words
    core: _Words
    has_branches: bool


class _Record(BaseModel):
    shard: Annotated[str, Field(pattern=rf"^(?:{SHARD_NAME.pattern})$")]
    covgate: _Words
    head: _Head
    origin: _Origin
    data_sha256: _Sha256
    suite: SuiteResult
    sources: Annotated[dict[str, _Sha256], Field(max_length=MOST_FILES)]


def record_text(shard: Shard) -> str:
    """The shard's results as the text of `results.<name>.json`."""
    origin = shard.origin
    record: dict[str, Any] = {
        "covgate_shard": SCHEMA,
        "shard": shard.name,
        "covgate": shard.covgate,
        "head": {"sha": shard.sha, "dirty": shard.dirty},
        "origin": {key: getattr(origin, key) for key in ("tool", "version", "python", "core", "has_branches")},
        "data_sha256": shard.data_sha256,
        "suite": TypeAdapter(SuiteResult).dump_python(shard.suite, mode="json"),
        "sources": dict(shard.files),
    }
    return json.dumps(record, indent=1) + "\n"


def shard_from(content: bytes, where: str) -> Shard:
    """The shard that such a file tells of.

    Errors: MeasurementError where it is damaged, contradicts itself, or was written by another version of covgate in
            another form.
    """
    given = _loaded(content, where)
    _refuse_other_schema(given, where)
    try:
        record = TypeAdapter(_Record).validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise damaged(where, f"the shard's results are not as expected: {place}: {first['msg']}") from error
    return Shard(
        name=record.shard,
        sha=record.head.sha,
        suite=_bounded(record.suite, where),
        origin=Origin(**record.origin.model_dump()),
        data_sha256=record.data_sha256,
        files=tuple(sorted(record.sources.items())),
        dirty=record.head.dirty,
        covgate=record.covgate,
    )


def _loaded(content: bytes, where: str) -> Mapping[str, Any]:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise damaged(where, f"the shard's results are no JSON: {error}") from error
    if not isinstance(given, dict):
        raise damaged(where, "the shard's results are no JSON object")
    return given


def _refuse_other_schema(given: Mapping[str, Any], where: str) -> None:
    schema = given.get("covgate_shard")
    if schema != SCHEMA or isinstance(schema, bool):
        raise MeasurementError(
            f"the shard's results have the schema {str(schema)[:20]}; this covgate reads {SCHEMA}",
            where=where,
            hint="Use one version of covgate in all jobs.",
        )


def _bounded(suite: SuiteResult, where: str) -> SuiteResult:
    """The results with texts of a length that reports can hold.

    Errors: MeasurementError for times that are none.
    """
    times = (suite.seconds, *(case.seconds for case in suite.cases))
    if not all(math.isfinite(seconds) and seconds >= 0 for seconds in times):
        raise damaged(where, "the shard's results hold a time that is none")
    return replace(
        suite,
        words=suite.words[:LONGEST_WORDS],
        command=suite.command[:LONGEST_NAME],
        cases=tuple(_cut(case) for case in suite.cases),
    )


def _cut(case: TestCase) -> TestCase:
    return replace(case, name=case.name[:LONGEST_NAME], message=case.message[:LONGEST_WORDS])
