"""suite.pass_rate: of the tests that ran, how many passed."""

from dataclasses import dataclass, field
from fractions import Fraction

from covgate.judge.answers import Question, short_words
from covgate.judge.example import facts
from covgate.judge.options import Percent, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.ratio import Ratio, floored, plain
from covgate.model.suite import NOT_RUN, Ending, Outcome, SuiteResult, TestCase
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class PassRate:
    """How many of the tests must pass."""

    pass_rate: Percent | None = field(
        default=None, metadata=about("Least percentage of passed tests among those that passed, failed or broke.")
    )


def _check(options: PassRate, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.pass_rate is not None
    suite = facts.suite
    question = Question("suite.pass_rate", "Tests passed", "test", "tests", required=options.pass_rate)
    if suite.ending is Ending.NOT_RUN:
        return (question.unknown("the suite was not run here, so nobody knows what its tests did"),)
    if not suite.counted:
        return (question.unknown("the suite's runner does not report what its tests did"),)
    passed = suite.count(Outcome.PASSED)
    ratio = Ratio(passed, passed + len(suite.failures))
    if not ratio.total:
        return (
            question.not_applicable(f"no test passed or failed, {suite.count(Outcome.SKIPPED)} were skipped", ratio),
        )
    return (_answer(question, ratio, options.pass_rate),)


def _answer(question: Question, ratio: Ratio, required: Fraction) -> RuleResult:
    percent = ratio.percent
    assert percent is not None
    said = f"{ratio.covered} of {ratio.total} tests passed ({floored(percent)} %); {plain(required)} % required"
    if short := ratio.short_of(required):
        return question.failed(f"{short_words(short, 'test')}: {said}", ratio, short=short)
    return question.passed(said, ratio)


def _suite(passed: int, failed: int = 0, skipped: int = 0) -> SuiteResult:
    counts = ((Outcome.PASSED, passed), (Outcome.FAILED, failed), (Outcome.SKIPPED, skipped))
    cases = tuple(TestCase(f"test_{number}", outcome) for outcome, count in counts for number in range(count))
    return SuiteResult(Ending.FAILED if failed else Ending.PASSED, cases=cases, counted=True)


RULE = Rule(
    id="suite.pass_rate",
    summary="Least percentage of tests that pass",
    options=PassRate,
    check=_check,
    examples=(
        Example(
            "49 of 50 pass 98", PassRate(Fraction(98)), facts(suite=_suite(49, 1)), (Status.PASSED,), "49 of 50 tests"
        ),
        Example(
            "48 of 49 fail 98",
            PassRate(Fraction(98)),
            facts(suite=_suite(48, 1)),
            (Status.FAILED,),
            "1 test short: 48 of 49",
        ),
        Example(
            "skipped tests do not count",
            PassRate(Fraction(100)),
            facts(suite=_suite(3, skipped=7)),
            (Status.PASSED,),
            "3 of 3 tests passed (100.00 %)",
        ),
        Example(
            "all skipped",
            PassRate(Fraction(98)),
            facts(suite=_suite(0, skipped=2)),
            (Status.NOT_APPLICABLE,),
            "2 were skipped",
        ),
        Example("not run", PassRate(Fraction(98)), facts(suite=NOT_RUN), (Status.UNKNOWN,), "was not run here"),
        Example(
            "a runner that reports nothing",
            PassRate(Fraction(98)),
            facts(suite=SuiteResult(Ending.PASSED)),
            (Status.UNKNOWN,),
            "does not report",
        ),
    ),
)
