"""Rule: one thing that can be asked of coverage or of the suite."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from covgate.model.comparison import Comparison
from covgate.model.suite import SuiteResult
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rules may look at.

    Shape:  `today` is the day in UTC on which dated thresholds are judged.
    """

    comparison: Comparison
    suite: SuiteResult
    today: date


@dataclass(frozen=True, slots=True)
class Example:
    """A case that a rule must answer so; a rule's examples are its tests.

    Shape:  `options` is an instance of the rule's options, a tuple of them where the rule takes many;
            `statuses` are the answers' in order; `says` must stand in the reason of the first answer that has the first
            failed or unknown status, or of the first answer where all is well.
    """

    claim: str
    options: Any
    facts: Facts
    statuses: tuple[Status, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One gate.

    Shape:  `id` is "<section>.<key>" where people write `thresholds: {<section>: {<key>: …}}`, or the section alone
            with `key` given apart; `options` is a frozen dataclass whose fields have metadata of `about`; `many` says
            that the section is a list of those, and `check` then takes a tuple of the entries that set the key;
            `check` answers at least once. Rules of one section may share fields, which must then be equal.
    """

    id: str
    summary: str
    options: type[Any]
    check: Callable[[Any, Facts], tuple[RuleResult, ...]]
    examples: tuple[Example, ...]
    key: str = ""
    many: bool = False

    @property
    def section(self) -> str:
        """The key below `thresholds:` that this rule's options stand under."""
        return self.id.partition(".")[0]

    @property
    def asked_by(self) -> str:
        """The option that must be set for this rule to be asked."""
        return self.key or self.id.partition(".")[2]
