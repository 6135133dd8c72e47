"""Answers of rules and results of suites, back from report.json."""

from collections.abc import Iterator
from fractions import Fraction

from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.model.verdict import RuleResult, Status
from covgate.parse.report import measured as coverage
from covgate.parse.report.shape import Answer, Case, SuiteEnd


def rule_result(answer: Answer) -> RuleResult:
    """One rule's answer.

    Errors: ValueError where its counts cannot be.
    """
    ratio = coverage.ratio(answer.ratio) if answer.ratio else None
    stated = Fraction(answer.measured) if answer.measured is not None else None
    return RuleResult(
        id=answer.id,
        label=answer.label,
        status=Status(answer.status),
        reason=answer.reason,
        subject=answer.subject or "",
        ratio=ratio,
        before=coverage.ratio(answer.before) if answer.before else None,
        measured=ratio.percent if ratio is not None else stated,
        required=Fraction(answer.required_exact) if answer.required_exact is not None else None,
        short=answer.short,
        noun=answer.noun,
        unit=answer.unit,
    )


def suite_result(suite: SuiteEnd) -> SuiteResult:
    """How a suite ended."""
    return SuiteResult(
        ending=Ending(suite.ending),
        words=suite.words,
        command=suite.command,
        exit_code=suite.exit_code,
        seconds=suite.seconds,
        cases=tuple(_cases(suite)),
        counted=suite.passed is not None,
    )


def _cases(suite: SuiteEnd) -> Iterator[TestCase]:
    """The tests that are told by name, and as many without one as are told by number only."""
    slowest = [one for one in suite.slowest if one.outcome in ("passed", "skipped")]
    slow_failures = [one for one in suite.slowest if not (one in slowest or one in suite.failures)]
    yield from (_case(one) for one in (*slowest, *suite.failures, *slow_failures))
    yield from (TestCase("", Outcome.FAILED, -1.0),) * (suite.failures_left_out - len(slow_failures))
    for outcome, count in ((Outcome.PASSED, suite.passed), (Outcome.SKIPPED, suite.skipped)):
        named = sum(one.outcome == outcome.value for one in slowest)
        yield from (TestCase("", outcome, -1.0),) * ((count or 0) - named)


def _case(case: Case) -> TestCase:
    return TestCase(case.name, Outcome(case.outcome), case.seconds, case.message)
