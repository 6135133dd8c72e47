"""Thresholds of the ranking's strategies, as people write them: read off the strategies' own options."""

from dataclasses import field, fields, make_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from covgate.judge.options import Count, Percent, about
from covgate.rank.project import all_strategies
from covgate.settings.thresholds import FORBID

_KINDS: dict[Any, Any] = {int: Count, Fraction: Percent}


def options_type(strategy: str) -> type[Any]:
    """A frozen dataclass with the fields and defaults of a strategy's options, whose types check what people wrote."""
    options = all_strategies()[strategy].options
    members = [
        (own.name, _KINDS[own.type], field(default=own.default, metadata=about(own.metadata["description"])))
        for own in fields(options)
    ]
    return make_dataclass(
        f"{strategy.capitalize()}Settings",
        members,
        frozen=True,
        slots=True,
        kw_only=True,
        namespace={"__pydantic_config__": FORBID},
    )


if TYPE_CHECKING:
    from covgate.rank.strategies import impact, triage

    ImpactSettings: TypeAlias = impact.Options
    TriageSettings: TypeAlias = triage.Options
else:
    ImpactSettings, TriageSettings = options_type("impact"), options_type("triage")
