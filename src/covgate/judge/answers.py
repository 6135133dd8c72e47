"""How rules answer: a status, exact numbers, and a reason in words fit for a reader."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from covgate import __version__
from covgate.judge.rule import Facts
from covgate.model.comparison import ChangedFile, DiffCoverage, Missing
from covgate.model.origin import origin_difference
from covgate.model.ratio import Ratio, floored, plain
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.verdict import RuleResult, Status

Measure = Literal["line", "branch", "combined"]
NOUNS: dict[Measure, str] = {"line": "statement", "branch": "branch", "combined": "statement or branch"}
MEASURED_IN: dict[Measure, str] = {"line": "lines", "branch": "branches", "combined": "lines and branches"}
BRANCHES_UNMEASURED = "branches were not measured"
_PLURALS = {"branch": "branches", "statement or branch": "statements and branches"}


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule wants to know.

    Shape:  `id`, `label`, `subject` and `noun` as in RuleResult; `things` is the noun's plural with what
            tells these from others ("changed statements").
    """

    id: str
    label: str
    noun: str
    things: str
    subject: str = ""
    required: Fraction | None = None
    unit: str = "%"

    def passed(self, reason: str, ratio: Ratio | None, before: Ratio | None = None) -> RuleResult:
        """The answer that all is well."""
        return self._answer(Status.PASSED, reason, ratio, before)

    def failed(self, reason: str, ratio: Ratio | None, before: Ratio | None = None, short: int = 0) -> RuleResult:
        """The answer that something is missing, and how many."""
        return self._answer(Status.FAILED, reason, ratio, before, short)

    def not_applicable(self, reason: str, ratio: Ratio | None = None, before: Ratio | None = None) -> RuleResult:
        """The answer that there is nothing to judge."""
        return self._answer(Status.NOT_APPLICABLE, reason, ratio, before)

    def unknown(self, reason: str) -> RuleResult:
        """The answer that it cannot be judged."""
        return self._answer(Status.UNKNOWN, reason, None, None)

    def _answer(
        self, status: Status, reason: str, ratio: Ratio | None, before: Ratio | None, short: int = 0
    ) -> RuleResult:
        return RuleResult(
            id=self.id,
            label=self.label,
            status=status,
            reason=reason,
            subject=self.subject,
            ratio=ratio,
            before=before,
            measured=None if ratio is None else ratio.percent,
            required=self.required,
            short=short,
            noun=self.noun,
            unit=self.unit,
        )


def at_least(
    question: Question, ratio: Ratio, required: Fraction, before: Ratio | None = None, note: str = ""
) -> RuleResult:
    """Whether `ratio`, of more than nothing, reaches `required`; exactly, whatever is shown.

    Units:  `required` in percent.
    """
    said = f"{share(ratio, question.things)}; {plain(required)} % required{note}"
    if not (short := ratio.short_of(required)):
        return question.passed(said, ratio, before)
    return question.failed(f"{short_words(short, question.noun)}: {said}", ratio, before, short)


def share(ratio: Ratio, things: str) -> str:
    """ "20 of 24 changed statements covered (83.33 %)"; the percentage is floored."""
    percent = ratio.percent
    shown = "" if percent is None else f" ({floored(percent)} %)"
    return f"{ratio.covered} of {ratio.total} {things} covered{shown}"


def short_words(short: int, noun: str) -> str:
    """ "1 statement short", "3 branches short"."""
    return f"{short} {noun if short == 1 else plural(noun)} short"


def plural(noun: str) -> str:
    """The plural of a noun that rules count in."""
    return _PLURALS.get(noun, f"{noun}s")


def measured(thing: Snapshot | FileCoverage | DiffCoverage | ChangedFile, measure: Measure) -> Ratio:
    """The thing's ratio by this measure."""
    match measure:
        case "line":
            return thing.line
        case "branch":
            return thing.branch
        case "combined":
            return thing.combined


def lacks_branches(measure: Measure, snapshot: Snapshot) -> bool:
    """Whether this measure counts branches and the snapshot has none to count."""
    return measure != "line" and not snapshot.origin.has_branches


def comparable_base(facts: Facts) -> Snapshot | str:
    """The base's snapshot, or the reason why numbers do not compare with it."""
    baseline = facts.comparison.baseline
    if isinstance(baseline, Missing):
        return baseline.reason
    difference = origin_difference(baseline.snapshot.origin, facts.comparison.head.origin)
    return difference or baseline.snapshot


def base_ratio(facts: Facts, measure: Measure) -> Ratio | None:
    """The project's ratio at the base, where it is known and compares."""
    base = comparable_base(facts)
    return None if isinstance(base, str) else measured(base, measure)


def not_yet(question: Question) -> tuple[RuleResult, ...]:
    """The answer of a rule whose facts this version does not gather."""
    return (question.unknown(f"covgate {__version__} cannot judge this yet"),)
