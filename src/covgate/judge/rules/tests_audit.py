"""tests.audit: accepted and answered as unknown until covgate looks at the tests themselves."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator

from covgate.judge.answers import Question, not_yet
from covgate.judge.example import facts
from covgate.judge.options import about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.verdict import RuleResult, Status

# YAML reads a bare `off` as false.
Severity = Annotated[Literal["off", "warn", "fail"], BeforeValidator(lambda value: "off" if value is False else value)]


@dataclass(frozen=True, slots=True)
class Audit:
    """What a finding in the change's tests means."""

    audit: Severity | None = field(
        default=None,
        metadata=about(
            "What findings in the tests that a change adds or edits do. This version answers `fail` as unknown."
        ),
    )


def _check(options: Audit, facts: Facts) -> tuple[RuleResult, ...]:  # noqa: ARG001  # the facts are not there yet
    question = Question("tests.audit", "Findings in tests", "finding", "findings", unit="")
    if options.audit == "fail":
        return not_yet(question)
    return (question.not_applicable(f"findings in tests fail no gate: `{options.audit}` is set"),)


RULE = Rule(
    id="tests.audit",
    summary="Whether findings in the change's tests fail the gate",
    options=Audit,
    check=_check,
    examples=(
        Example("never silently absent", Audit("fail"), facts(), (Status.UNKNOWN,), "cannot judge this yet"),
        Example("what only warns fails nothing", Audit("warn"), facts(), (Status.NOT_APPLICABLE,), "`warn` is set"),
        Example("what is off fails nothing", Audit("off"), facts(), (Status.NOT_APPLICABLE,), "`off` is set"),
    ),
)
