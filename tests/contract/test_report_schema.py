"""report.json is what its schema says, and the schema is what the code says."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # its stubs are a package apart
from pydantic import TypeAdapter
from tests.golden.faces import FACES

from covgate.model.suite import Ending
from covgate.model.verdict import Conclusion, Status
from covgate.render.formats.json_report import report_json
from covgate.render.records.report_types import ReportJson

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent.parent / "golden"
SCHEMA = Path(str(files("covgate"))) / "schemas" / "report.schema.json"


def generated() -> dict[str, Any]:
    """The schema of the types from which report.json is built."""
    schema = TypeAdapter(ReportJson).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "covgate's report.json"}


def published() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def test_the_schema_in_the_package_is_the_one_of_the_types(update_golden: bool) -> None:
    if update_golden:
        SCHEMA.write_text(json.dumps(generated(), indent=2) + "\n", encoding="utf-8")
    assert published() == generated()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(published())


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/report.json")), ids=lambda path: path.parent.name)
def test_every_golden_report_is_valid(path: Path) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(published()).iter_errors(report)] == []


@pytest.mark.parametrize("face", FACES)
def test_a_report_has_all_keys_of_the_contract_and_no_others(face: str) -> None:
    assert set(report_json(FACES[face]())) == set(ReportJson.__annotations__)


def test_a_report_without_a_percentage_where_one_belongs_is_refused() -> None:
    report = json.loads((GOLDEN / "failed" / "report.json").read_text(encoding="utf-8"))
    report["total"]["line"]["percent"] = 81.2
    assert not Draft202012Validator(published()).is_valid(report)


def test_the_schema_knows_every_answer_of_the_model() -> None:
    defs = published()["$defs"]
    assert set(defs["RuleJson"]["properties"]["status"]["enum"]) == {status.value for status in Status}
    assert set(defs["SuiteJson"]["properties"]["ending"]["enum"]) == {ending.value for ending in Ending}
    assert set(published()["properties"]["verdict"]["enum"]) == {conclusion.value for conclusion in Conclusion}


def test_every_key_is_told_of_in_the_docs() -> None:
    told = set(re.findall(r"\w+", (ROOT / "docs" / "report.md").read_text(encoding="utf-8")))
    assert keys_of(published()) - told == set()


def keys_of(schema: Any) -> set[str]:
    """The names of all properties, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(keys_of, schema.values()))
