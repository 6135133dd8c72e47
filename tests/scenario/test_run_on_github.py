"""`covgate run` on a runner: the comment, the step's outputs, its summary and its log."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.scenario.runner import Job, double, job
from tests.scenario.shop import REFUND, TEST_REFUND, covgate

CHANGE = {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND}
TESTED = {
    "tests/test_gift.py": "from shop.refund import refund\n\n\ndef test_gift():\n    assert refund(3, True) == 0\n"
}
COMMENTS = "/repos/acme/shop/issues/7/comments"


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


@pytest.fixture
def short(tmp_path: Path, github: GitHub) -> Job:
    """A pull request that is one statement short."""
    return job(tmp_path, github, CHANGE)


def test_the_comment_is_created_then_left_alone_then_edited(short: Job) -> None:
    assert short.run().code == 1
    assert short.github.sent() == [f"GET {COMMENTS}", f"POST {COMMENTS}"]
    (body,) = short.comments
    assert body.startswith("<!-- covgate:default -->")
    assert "1 statement short" in body
    head = short.project.git("rev-parse", "change")
    assert f"https://github.example/acme/shop/blob/{head}/shop/refund.py#L3" in body
    assert short.run().code == 1
    assert short.github.sent() == [f"GET {COMMENTS}"]
    short.push(TESTED)
    assert short.run().code == 0
    (body,) = short.comments
    assert "All 4 changed statements are tested" in body


def test_outputs_summary_and_annotations_are_those_of_the_report(short: Job) -> None:
    ended = short.run()
    outputs = short.set_outputs
    assert outputs["comment-url"].endswith(f"#issuecomment-{outputs.pop('comment-id')}")
    outputs.pop("comment-url")
    assert outputs == {
        "verdict": "failed",
        "total-line": "87.50",
        "total-branch": "75.00",
        "diff-line": "75.00",
        "diff-branch": "50.00",
        "statements-short": "1",
        "report": ".covgate/report.json",
    }
    assert "1 statement short" in short.summary.read_text(encoding="utf-8")
    (warning,) = [line for line in ended.out.splitlines() if line.startswith("::warning ")]
    assert "file=shop/refund.py,line=3" in warning


def test_the_base_is_the_merge_commit_s_first_parent_and_later_commits_on_it_are_not_the_change_s(short: Job) -> None:
    short.project.git("checkout", "--quiet", "main")
    base = short.project.add({"shop/stock.py": "LEFT = 3\n"})
    short.check_out()
    ended = short.run()
    assert ended.report["base"] == {"sha": base, "how": "merge parent"}
    assert set(ended.report["diff"]["files"]) == {"shop/refund.py"}


def test_the_suite_commands_nothing_on_the_runner(tmp_path: Path, github: GitHub) -> None:
    shout = "def test_x():\n    print('\\n::error::boo')\n    assert False, '::warning::boo'\n"
    played = job(tmp_path, github, {"tests/test_x.py": shout})
    ended = played.run()
    (stop,) = re.findall(r"^::stop-commands::(\S+)$", ended.out, re.MULTILINE)
    before, within, after = re.split(rf"^::(?:stop-commands::)?{stop}(?:::)?$", ended.out, flags=re.MULTILINE)
    assert "::error::boo" in within
    assert "boo" not in before
    ours = [line for line in after.splitlines() if line.startswith("::")]
    assert all(line.startswith("::error title=") for line in ours)
    assert ended.code == 3


def test_a_token_that_may_only_read_changes_no_verdict_and_loses_no_report(short: Job) -> None:
    ended = short.run(github_token="ghs_reader")
    assert (ended.code, short.comments, short.set_outputs["verdict"]) == (1, [], "failed")
    assert "pull-requests: write" in ended.out
    assert "1 statement short" in short.summary.read_text(encoding="utf-8")
    short.push(TESTED)
    assert short.run(github_token="ghs_reader").code == 0


def test_a_comment_that_is_required_and_refused_ends_with_6(short: Job) -> None:
    config = (short.project.root / ".covgate.yml").read_text(encoding="utf-8")
    short.merge({".covgate.yml": f"{config}publish: {{required: true}}\n"})
    short.push(TESTED)
    assert short.run(github_token="ghs_reader").code == 6
    assert short.run(github_token="").code == 6
    assert short.run().code == 0


def test_a_run_without_a_verdict_takes_back_what_the_comment_said(short: Job) -> None:
    short.run()
    ended = short.run(base="nowhere")
    assert ended.code == 5
    (body,) = short.comments
    assert "No verdict: There is no commit" in body
    assert "No gate was evaluated" in short.summary.read_text(encoding="utf-8")
    assert "::error title=covgate: The change could not be compared with its base::" in ended.out
    assert short.set_outputs == {"verdict": "error"}


def test_settings_that_cannot_be_read_are_told_where_a_verdict_would_be(short: Job) -> None:
    short.push({".covgate.yml": "threshholds: {}\n"})
    ended = short.run()
    assert ended.code == 2
    assert "did you mean thresholds?" in short.comments[0]
    assert "did you mean thresholds?" in ended.err
    assert short.run(comment="never").code == 2
    assert len(short.comments) == 1


@pytest.mark.parametrize("inputs", [{"comment": "never"}, {"comment": "nevr"}])
def test_who_wants_no_comment_gets_none(short: Job, inputs: dict[str, str]) -> None:
    ended = short.run(**inputs)
    assert (ended.code, bool(short.comments)) == ((1, False) if inputs["comment"] == "never" else (2, True))


def test_a_failed_gate_need_not_fail_the_step_and_is_still_told(short: Job) -> None:
    ended = short.run(fail="false")
    assert (ended.code, short.set_outputs["verdict"]) == (0, "failed")


def test_a_suite_is_not_run_beside_secrets(short: Job) -> None:
    environment = {**short.environment, "GITHUB_EVENT_NAME": "pull_request_target", "INPUT_MODE": ""}
    ended = covgate(environment=environment)
    assert ended.code == 2
    assert "pull_request_target" in ended.err
    assert "passed" not in ended.out


def test_the_command_line_on_a_runner_posts_nothing_when_told_so(short: Job) -> None:
    arguments = ("run", "--no-publish", "--repo", str(short.project.root))
    assert short.run(*arguments).code == 1
    assert short.run(*arguments, "--base", "nowhere").code == 5
    assert short.comments == []
