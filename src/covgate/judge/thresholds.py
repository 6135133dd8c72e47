"""Thresholds: which rules are asked, and how much of each."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the repository asks for.

    Shape:  `asked` pairs the id of a rule with its options (a tuple of them for rules that take many), at most once
            an id; `on_unknown` says what becomes of a gate with a rule that could not be judged.
    """

    asked: tuple[tuple[str, Any], ...] = ()
    on_unknown: Literal["fail", "pass"] = "fail"

    def of(self, rule_id: str) -> Any | None:
        """The options of a rule; None where it is not asked."""
        return next((options for asked_id, options in self.asked if asked_id == rule_id), None)
