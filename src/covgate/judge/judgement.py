"""Facts against thresholds: the verdict."""

from dataclasses import replace

from covgate.judge.rule import Facts
from covgate.judge.rulebook import DEFAULT_THRESHOLDS, rulebook
from covgate.judge.thresholds import Thresholds
from covgate.model.suite import SuiteResult
from covgate.model.verdict import Conclusion, Verdict


def judge(thresholds: Thresholds, facts: Facts) -> Verdict:
    """The answers of all rules that are asked, and what follows from them.

    Shape:  answers about the change come first, then those about the project, its files, groups and the suite.
            Thresholds that ask nothing are taken for the default ones: a gate is never absent.
            A suite that did not end well makes the conclusion an error; the rules are answered all the same.
    Errors: none; what cannot be judged is an answer.
    """
    asked = thresholds if thresholds.asked else replace(thresholds, asked=DEFAULT_THRESHOLDS.asked)
    results = tuple(
        result
        for rule in rulebook()
        if (options := asked.of(rule.id)) is not None
        for result in rule.check(options, facts)
    )
    verdict = Verdict(Conclusion.PASSED, results, asked.on_unknown == "fail")
    return replace(verdict, conclusion=_conclusion(verdict, facts.suite))


def _conclusion(verdict: Verdict, suite: SuiteResult) -> Conclusion:
    if suite.broken:
        return Conclusion.ERROR
    return Conclusion.FAILED if verdict.failed else Conclusion.PASSED
