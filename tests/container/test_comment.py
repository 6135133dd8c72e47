"""What a pull request and its workflow see of the action."""

import subprocess

import pytest
from tests.container.conftest import Begin, Push
from tests.container.runner import DOCKER, REPOSITORY
from tests.doubles.github import GitHub

pytestmark = pytest.mark.container

HALF = """\
def total(prices):
    return sum(prices)


def discount(price, member):
    if member:
        return price / 2
    return price
"""
TESTED = """\
from shop.cart import discount, total


def test_total():
    assert total([1, 2]) == 3


def test_discount():
    assert discount(4, True) == 2
    assert discount(4, False) == 4
"""


def comments(github: GitHub) -> list[str]:
    return [comment.body for comment in github.state.repositories[REPOSITORY].comments]


def writes(github: GitHub) -> list[str]:
    return [line.split()[0] for line in github.sent() if not line.startswith("GET")]


def test_the_image_says_its_version(image: str) -> None:
    run = [DOCKER, "run", "--rm", image, "--version"]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("covgate ")


def test_one_comment_is_made_then_edited_then_left_alone(push: Push, begin: Begin, github: GitHub) -> None:
    first = begin(push({"shop/cart.py": HALF})).run()
    assert first.exit_code == 1, first.log
    assert writes(github) == ["POST"]
    assert len(comments(github)) == 1
    assert "❌" in comments(github)[0]

    pull = push({"tests/test_cart.py": TESTED})
    second = begin(pull).run()
    assert second.exit_code == 0, second.log
    assert writes(github) == ["PATCH"]
    assert len(comments(github)) == 1
    assert "❌" not in comments(github)[0]

    third = begin(pull).run()
    assert third.exit_code == 0, third.log
    assert writes(github) == []


def test_outputs_summary_and_annotations_are_as_the_runner_takes_them(push: Push, begin: Begin, github: GitHub) -> None:
    step = begin(push({"shop/cart.py": HALF})).run()
    report = step.report()
    assert step.outputs["verdict"] == report["verdict"] == "failed"
    assert step.outputs["diff-line"] == report["diff"]["line"]["percent"] == "25.00"
    assert step.outputs["total-line"] == report["total"]["line"]["percent"]
    assert step.outputs["statements-short"] == "3"
    assert step.outputs["report"].endswith(".covgate/report.json")
    assert step.outputs["comment-id"] == str(github.state.repositories[REPOSITORY].comments[0].id)
    assert "shop/cart.py" in step.summary
    assert any("file=shop/cart.py" in annotation for annotation in step.annotations())
    assert report["base"]["how"] == "merge parent"


def test_a_failed_gate_passes_the_step_where_it_is_told_to(push: Push, begin: Begin) -> None:
    step = begin(push({"shop/cart.py": HALF})).run(fail="false")
    assert step.exit_code == 0, step.log
    assert step.outputs["verdict"] == "failed"


def test_a_forge_that_refuses_the_comment_changes_neither_verdict_nor_reports(
    push: Push, begin: Begin, github: GitHub
) -> None:
    github.state.tokens.clear()
    step = begin(push({"shop/cart.py": HALF, "tests/test_cart.py": TESTED})).run()
    assert step.exit_code == 0, step.log
    assert step.outputs["verdict"] == "passed"
    assert comments(github) == []


def test_a_check_run_is_made_where_it_is_asked_for(push: Push, begin: Begin, github: GitHub) -> None:
    pull = push({"shop/cart.py": HALF})
    step = begin(pull).run(check_run="true")
    assert step.exit_code == 1, step.log
    (check,) = github.state.repositories[REPOSITORY].checks
    assert (check.name, check.conclusion, check.head_sha) == ("covgate verdict", "failure", pull.head_sha)
    assert {row["path"] for row in check.annotations} == {"shop/cart.py"}
