"""Every answer that a rule can give is read back from report.json as it was written."""

import json
from dataclasses import replace

import pytest
from tests.golden.values import BASE, HEAD, POLICY, PULL_REQUEST

from covgate.judge.rule import Example, Rule
from covgate.judge.rulebook import rulebook
from covgate.model.comparison import Comparison, FileDelta, Known
from covgate.model.report import Report
from covgate.model.verdict import Conclusion, Verdict
from covgate.parse.report.reading import read_report, refuse_contradictions
from covgate.rank import rank
from covgate.render.formats import comment, json_report, summary

CASES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.claim}") for rule in rulebook() for example in rule.examples
]


def answered(rule: Rule, example: Example) -> Report:
    """The report of a run that was judged by this rule alone."""
    facts = example.facts
    verdict = Verdict(Conclusion.PASSED, rule.check(example.options, facts))
    judged = Conclusion.FAILED if verdict.failed else Conclusion.PASSED
    verdict = replace(verdict, conclusion=Conclusion.ERROR if facts.suite.broken else judged)
    gaps = rank(facts.comparison, verdict)
    comparison = made_whole(facts.comparison)
    return Report(verdict, comparison, facts.suite, gaps, POLICY, "0.1.0", pull_request=PULL_REQUEST)


def made_whole(comparison: Comparison) -> Comparison:
    """The same with commits that could be, and every changed file among the measured ones: examples leave them out."""
    changed = {file.path: file for file in comparison.coverage.files if not file.unmeasured}
    files = {file.path: file for file in comparison.head.files} | {path: file.now for path, file in changed.items()}
    past = {path: file.before for path, file in changed.items()}
    known = comparison.baseline
    return replace(
        comparison,
        diff=replace(comparison.diff, base=BASE, head=HEAD),
        head=replace(comparison.head, files=tuple(files.values())),
        baseline=replace(known, sha=BASE.sha) if isinstance(known, Known) else known,
        files=tuple(FileDelta(file, past.get(path), None, path in changed) for path, file in files.items()),
    )


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_report_with_this_answer_is_read_back_and_told_in_the_same_words(rule: Rule, example: Example) -> None:
    report = answered(rule, example)
    text = json_report.render(report)
    read = read_report(text.encode(), "report.json")
    refuse_contradictions(read, json_report.report_json(read.report), "report.json")
    assert json.loads(json_report.render(read.report)) == json.loads(text)
    assert comment.render(read.report) == comment.render(report)
    assert summary.render(read.report) == summary.render(report)
