"""Each rule's examples are its tests; this loop is what makes that true."""

from dataclasses import fields, is_dataclass

import pytest

from covgate.judge import rules
from covgate.judge.rule import Example, Rule
from covgate.judge.rulebook import rulebook
from covgate.model.verdict import RuleResult, Status
from covgate.registry import collect

RULES = rulebook()
CASES = [pytest.param(rule, example, id=f"{rule.id}: {example.claim}") for rule in RULES for example in rule.examples]
NOT_GOOD = (Status.FAILED, Status.UNKNOWN)


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_answers_its_example_as_told_and_for_the_reason_told(rule: Rule, example: Example) -> None:
    answers = rule.check(example.options, example.facts)

    assert tuple(answer.status for answer in answers) == example.statuses
    assert example.says in _telling(answers).reason


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_every_answer_is_whole(rule: Rule, example: Example) -> None:
    for answer in rule.check(example.options, example.facts):
        assert answer.id == rule.id
        assert answer.label
        assert answer.reason
        assert (answer.short > 0) <= (answer.status is Status.FAILED)


def _telling(answers: tuple[RuleResult, ...]) -> RuleResult:
    return next((answer for answer in answers if answer.status in NOT_GOOD), answers[0])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_shows_an_example_that_does_not_pass(rule: Rule) -> None:
    assert any(set(example.statuses) & set(NOT_GOOD) for example in rule.examples)


def test_rules_bear_the_name_of_their_file() -> None:
    in_files = [rule.id for rule in collect(rules, "RULE")]

    assert sorted(in_files) == sorted({rule.id for rule in RULES})
    assert in_files == sorted(in_files, key=lambda rule_id: rule_id.replace(".", "_"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_options_of_a_rule_say_what_they_are_for(rule: Rule) -> None:
    assert is_dataclass(rule.options)
    assert rule.asked_by in {option.name for option in fields(rule.options)}
    assert all(option.metadata["description"].endswith(".") for option in fields(rule.options))


def test_answers_about_the_change_come_first() -> None:
    sections = list(dict.fromkeys(rule.section for rule in RULES))

    assert sections == [
        "diff",
        "total",
        "schedule",
        "drop",
        "file",
        "groups",
        "exclusions",
        "tests",
        "mutation",
        "suite",
    ]
    assert [rule.id for rule in RULES][:3] == ["diff.line", "diff.branch", "diff.combined"]
