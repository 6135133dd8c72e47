"""suite.duration: the time that the whole suite may take."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from covgate.judge.answers import Question
from covgate.judge.example import facts
from covgate.judge.options import Seconds, about, duration_words
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.ratio import floored
from covgate.model.suite import NOT_RUN, Ending, SuiteResult
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the suite may run."""

    duration: Seconds | None = field(
        default=None, metadata=about("The longest time that the whole suite may take.", examples=["15m"], unit="s")
    )


def _check(options: Duration, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.duration is not None
    required = Fraction(options.duration)
    question = Question("suite.duration", "Duration of the suite", "second", "seconds", required=required, unit="s")
    if facts.suite.ending is Ending.NOT_RUN:
        return (question.unknown("the suite was not run here, so nobody knows how long it took"),)
    return (_answer(question, Fraction(facts.suite.seconds), options.duration),)


def _answer(question: Question, seconds: Fraction, allowed: int) -> RuleResult:
    said = f"{floored(seconds, 1)} s, {duration_words(allowed)} allowed"
    if seconds <= allowed:
        answer = question.passed(said, None)
    else:
        answer = question.failed(f"{floored(seconds - allowed, 1)} s too long: {said}", None)
    return replace(answer, measured=seconds)


RULE = Rule(
    id="suite.duration",
    summary="The longest time that the suite may take",
    options=Duration,
    check=_check,
    examples=(
        Example(
            "in time",
            Duration(900),
            facts(suite=SuiteResult(Ending.PASSED, seconds=900.0)),
            (Status.PASSED,),
            "15m allowed",
        ),
        Example(
            "too long",
            Duration(90),
            facts(suite=SuiteResult(Ending.PASSED, seconds=92.25)),
            (Status.FAILED,),
            "2.2 s too long: 92.2 s, 1m30s allowed",
        ),
        Example("not run", Duration(90), facts(suite=NOT_RUN), (Status.UNKNOWN,), "was not run here"),
    ),
)
