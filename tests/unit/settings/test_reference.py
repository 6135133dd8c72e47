"""The reference of keys: in the docs, and as JSON Schema."""

from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # its stubs are a package apart

from covgate.judge.rulebook import rulebook
from covgate.settings.keys import all_keys
from covgate.settings.loading import load
from covgate.settings.reference import schema, table

DOCS = Path(__file__).parents[3] / "docs" / "settings.md"
END = "<!-- end of keys -->"


def _example() -> str:
    return DOCS.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


def test_the_table_in_the_docs_is_the_one_that_the_settings_make(*, update_golden: bool) -> None:
    before, rest = DOCS.read_text(encoding="utf-8").split(" -->\n", 1)
    shown, after = rest.split(END)

    if update_golden:
        DOCS.write_text(f"{before} -->\n{table()}{END}{after}", encoding="utf-8")
    else:
        assert shown == table()


def test_the_example_in_the_docs_is_read() -> None:
    settings = load(_example(), ".covgate.yml", {}, {})

    assert settings.thresholds.of("diff.line") is not None
    assert settings.pending() == ()


def test_the_schema_accepts_the_example_and_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    given = yaml.load(_example(), Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but text

    problems = list(Draft202012Validator(_as_texts(schema())).iter_errors(given))

    assert [problem.message for problem in problems] == []


@pytest.mark.parametrize(
    "given",
    [
        {"thresholds": {"total": {"lin": 80}}},
        {"thresholds": {"total": {"line": 101}}},
        {"thresholds": {"total": {"line": "95%"}}},
        {"comment": "nevr"},
        {"suite": {"timeout": 30}},
        {"suite": {"timeout": ""}},
        {"thresholds": {"groups": [{"name": "critical", "line": 95}]}},
    ],
)
def test_the_schema_refuses_what_covgate_refuses(given: dict[str, object]) -> None:
    assert not Draft202012Validator(schema()).is_valid(given)


def test_every_key_is_described_in_the_schema() -> None:
    described = {*_descriptions(schema())}

    assert [key.path for key in all_keys() if key.description not in described] == []


def test_adding_a_rule_is_adding_its_key() -> None:
    paths = {key.path.replace("[]", "") for key in all_keys()}
    of_rules = {
        f"thresholds.{rule.section}.{option.metadata.get('alias', option.name)}"
        for rule in rulebook()
        for option in fields(rule.options)
    }

    assert of_rules <= paths


def _descriptions(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["description"]] if isinstance(node.get("description"), str) else []
        return own + [found for below in node.values() for found in _descriptions(below)]
    return [found for below in node for found in _descriptions(below)] if isinstance(node, list) else []


def _as_texts(node: object) -> object:
    """The schema for values that were all read as text: types of numbers and what bounds them left out."""
    if isinstance(node, dict):
        numeric = node.get("type") in ("number", "integer", "boolean") or "const" in node
        return {} if numeric else {name: _as_texts(below) for name, below in node.items()}
    return [_as_texts(below) for below in node] if isinstance(node, list) else node
