"""gaps.json is what its schema says, and the schema is what the code says."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from tests.golden.faces import FACES

from covgate.render.formats.gaps import render
from covgate.render.records.gaps_types import GapsJson

SCHEMA = Path(str(files("covgate"))) / "schemas" / "gaps.schema.json"
FEW = ("planned", "hostile_planned", "passed", "nothing_measurable")


def generated() -> dict[str, Any]:
    """The schema of the types from which gaps.json is built."""
    schema = TypeAdapter(GapsJson).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "covgate's gaps.json"}


def test_the_schema_in_the_package_is_the_one_of_the_types(update_golden: bool) -> None:
    if update_golden:
        SCHEMA.write_text(json.dumps(generated(), indent=2) + "\n", encoding="utf-8")
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == generated()


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    """What check-jsonschema says."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_gaps_json_is_valid_whatever_the_report(tmp_path: Path) -> None:
    made = [tmp_path / f"{face}.json" for face in FEW]
    for face, path in zip(FEW, made, strict=True):
        path.write_text(render(FACES[face]()), encoding="utf-8")
    done = check(*made)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("key", ["gain_points", "strategy", "files"])
def test_gaps_json_without_a_key_is_refused(tmp_path: Path, key: str) -> None:
    gaps = json.loads(render(FACES["planned"]()))
    del gaps[key]
    path = tmp_path / "gaps.json"
    path.write_text(json.dumps(gaps), encoding="utf-8")
    assert check(path).returncode == 1
