"""Answers to rules, and the answer to the whole."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from covgate.model.ratio import Ratio


class Status(Enum):
    """A rule's answer. `unknown` means that it could not be judged; it fails the gate unless told otherwise."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's answer.

    Shape:  `id` is the rule's, as in "diff.line"; `subject` names the file or group where a rule answers several times;
            `label` is what a reader calls it ("Changed lines"); `ratio` is the exact measure where it is one;
            `before` the same measure at the base, where known.
    Units:  `measured` and `required` in percent (or the rule's own `unit`); `short` in statements or branches.
    """

    id: str
    label: str
    status: Status
    reason: str = ""
    subject: str = ""
    ratio: Ratio | None = None
    before: Ratio | None = None
    measured: Fraction | None = None
    required: Fraction | None = None
    short: int = 0
    noun: str = "statement"
    unit: str = "%"


class Conclusion(Enum):
    """The whole's answer. `error` is a run whose suite did not end well: its numbers are not the project's."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All rules' answers and the conclusion from them."""

    conclusion: Conclusion
    results: tuple[RuleResult, ...]
    unknown_fails: bool = True

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        """Those answers that fail the gate, in the order of the rules."""
        bad = {Status.FAILED, Status.UNKNOWN} if self.unknown_fails else {Status.FAILED}
        return tuple(result for result in self.results if result.status in bad)

    @property
    def statements_short(self) -> int:
        """How many more statements must be covered for the rule that lacks most of them."""
        return max((result.short for result in self.failed if result.noun == "statement"), default=0)
