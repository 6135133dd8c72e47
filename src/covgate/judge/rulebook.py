"""All rules there are, in the order in which their answers are read."""

from fractions import Fraction

from covgate.judge import rules
from covgate.judge.rule import Rule
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.drop import Drop
from covgate.judge.thresholds import Thresholds
from covgate.registry import collect

_SECTIONS = ("diff", "total", "schedule", "drop", "file", "groups", "exclusions", "tests", "mutation", "suite")
_KEYS = ("line", "branch", "combined", "points", "indirect", "drop")

DEFAULT_THRESHOLDS = Thresholds((("diff.line", DiffLine(Fraction(80))), ("drop", Drop(points=Fraction(0)))))


def rulebook() -> tuple[Rule, ...]:
    """Every rule: what concerns the change first; sections and keys not named above come last, by name."""
    return tuple(sorted(collect(rules, "RULE"), key=_reading_order))


def _reading_order(rule: Rule) -> tuple[int, str, int, str]:
    return (_place(rule.section, _SECTIONS), rule.section, _place(rule.asked_by, _KEYS), rule.id)


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)
