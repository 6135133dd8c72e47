"""Settings as people write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from covgate.judge.options import read_percent
from covgate.settings.loading import load
from covgate.settings.showing import show, written


def test_what_is_shown_tells_value_and_origin_line_by_line() -> None:
    settings = load("thresholds: {diff: {line: 62.50}}\nsuite: {timeout: 90s}\n", ".covgate.yml", {"fail": "false"}, {})

    lines = [" ".join(line.split()) for line in show(settings).splitlines()]

    assert "thresholds.diff.line: 62.5 # `.covgate.yml` line 1" in lines
    assert "thresholds.diff.allow_missed: 0 # default" in lines
    assert "suite.timeout: 1m30s # `.covgate.yml` line 2" in lines
    assert "fail: false # input `fail`" in lines
    assert "suite.source: [] # default" in lines
    assert not any(line.startswith("thresholds.drop") for line in lines)


def test_components_are_shown_by_their_names() -> None:
    text = "components: [{name: api, root: services/api, thresholds: {total: {line: 60}}}]"

    shown = show(load(text, ".covgate.yml", {}, {}))

    assert "components.api.thresholds.total.line: 60" in shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("79.995"), "79.995"),
        (Fraction(100), "100"),
        (("src", "a b*"), '[src, "a b*"]'),
        ("", '""'),
        ("3.10", '"3.10"'),
        ("off", '"off"'),
        ("pytest -q", "pytest -q"),
        ("a: b # c", '"a: b # c"'),
        (date(2026, 1, 2), "2026-01-02"),
        (True, "true"),
    ],
)
def test_values_are_written_as_yaml(value: object, text: str) -> None:
    assert written(value) == text


@given(st.text(max_size=40))
def test_text_is_written_so_that_yaml_reads_it_back(text: str) -> None:
    assert yaml.safe_load(f"key: {written(text)}") == {"key": text}


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_a_percentage_is_shown_as_exactly_as_it_was_written(number: Decimal) -> None:
    assert Fraction(written(read_percent(number))) == Fraction(number)
