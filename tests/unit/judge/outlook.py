"""Thresholds and facts for what lies ahead: floors that could rise, and steps that are about to."""

from datetime import date
from fractions import Fraction
from typing import Any

from covgate.judge import Facts, Thresholds
from covgate.judge.example import LINES_ONLY, ORIGIN, a_file, facts
from covgate.judge.rules.schedule_branch import StepBranch
from covgate.judge.rules.schedule_line import StepLine
from covgate.judge.rules.total_branch import TotalBranch
from covgate.judge.rules.total_line import TotalLine
from covgate.model.suite import NOT_RUN, SuiteResult

TODAY = date(2026, 7, 1)


def asked(line: str = "", branch: str = "", steps: tuple[StepLine, ...] = ()) -> Thresholds:
    """Floors under the total, and steps."""
    rules: tuple[tuple[str, Any], ...] = ()
    if line:
        rules += (("total.line", TotalLine(Fraction(line))),)
    if branch:
        rules += (("total.branch", TotalBranch(Fraction(branch))),)
    return Thresholds((*rules, ("schedule.line", steps)) if steps else rules)


def step(day: date, line: str) -> StepLine:
    return StepLine(since=day, line=Fraction(line))


def branch_step(day: date, branch: str) -> StepBranch:
    return StepBranch(since=day, branch=Fraction(branch))


def head(
    covered: int,
    total: int = 1_000,
    *,
    taken: int = 0,
    exits: int = 0,
    suite: SuiteResult = NOT_RUN,
    lcov: bool = False,
) -> Facts:
    """A project of one file."""
    file = a_file(covered, total, taken, exits)
    return facts(file, suite=suite, today=TODAY, origin=LINES_ONLY if lcov else ORIGIN)
