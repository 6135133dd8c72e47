"""What a strategy takes can be set."""

from dataclasses import fields
from fractions import Fraction
from typing import get_args, get_type_hints

import pytest

from covgate.rank.project import DEFAULT_STRATEGY, all_strategies
from covgate.settings import SettingsMistakesError, load
from covgate.settings.sections import GapSettings


def test_every_strategy_can_be_chosen_and_the_default_is_one() -> None:
    assert set(get_args(get_type_hints(GapSettings)["strategy"])) == set(all_strategies())
    assert GapSettings().strategy == DEFAULT_STRATEGY


def test_every_threshold_of_a_strategy_is_a_key_with_the_same_default() -> None:
    for strategy in all_strategies().values():
        options = strategy.options()
        written = getattr(GapSettings(), strategy.id, options)
        assert {own.name: getattr(options, own.name) for own in fields(options)} == {
            own.name: getattr(written, own.name) for own in fields(written)
        }
        assert hasattr(GapSettings(), strategy.id) or not fields(options), strategy.id


def test_thresholds_are_read_exactly() -> None:
    text = "gaps:\n  impact: {statements: 100, percent: 33.3}\n  triage: {near: 95}\n"
    gaps = load(text, ".covgate.yml", {}, {}).gaps
    assert (gaps.impact.statements, gaps.impact.percent, gaps.impact.large) == (100, Fraction("33.3"), 500)
    assert (gaps.triage.near, gaps.triage.low) == (Fraction(95), Fraction(50))


def test_a_misspelt_threshold_is_told_with_its_line() -> None:
    with pytest.raises(SettingsMistakesError, match=r"line 3.*gaps\.impact\.percentage.*percent"):
        load("gaps:\n  impact:\n    percentage: 30\n", ".covgate.yml", {}, {})
