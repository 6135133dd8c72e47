"""What lies ahead, as it is told, and blocks that nothing in them can end."""

import re
from dataclasses import replace

from tests.golden.faces import HOSTILE, passed
from tests.golden.outlook import PATCH, with_proposal, with_step

from covgate.model.report import Links
from covgate.render.formats import comment, summary, terminal
from covgate.render.markdown import fenced
from covgate.render.outlook import LONGEST_PATCH
from covgate.render.sections import Block


def test_a_step_is_announced_in_every_form() -> None:
    report = with_step(passed())
    for form in (comment, summary, terminal):
        text = " ".join(form.render(report).replace("&nbsp;", " ").split())
        assert "From 2026-02-15 on, 84 % of the project's lines are required (80 % today)" in text


def test_a_proposal_stands_in_the_summary_and_not_in_the_comment() -> None:
    report = with_proposal(passed())
    assert f"```diff\n{PATCH}\n```\n" in summary.render(report)
    assert "git apply" not in comment.render(report)


def test_a_proposal_without_a_patch_is_told_by_its_key() -> None:
    text = summary.render(replace(with_proposal(passed()), patch=""))
    assert "<code>thresholds.total.line</code>: 75 → 77" in text
    assert "```diff" not in text
    assert "git apply" not in text


def test_a_patch_that_is_too_long_to_read_is_left_out() -> None:
    assert "```diff" not in summary.render(replace(with_proposal(passed()), patch="+" + "x" * LONGEST_PATCH))


def test_nothing_in_a_patch_ends_its_block_or_commands_the_runner() -> None:
    hostile = f"--- a/x\n+++ b/x\n ```` \n+# {HOSTILE} \x1b[31m ##[error]"
    text = summary.render(replace(with_proposal(passed()), patch=hostile))
    (block,) = re.findall(r"^(`{5})diff\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    assert "````" in block[1]
    assert "\x1b" not in text
    assert "##[error]" not in text


def test_a_fence_is_longer_than_any_within() -> None:
    assert fenced(Block("a\n", "mermaid")) == "```mermaid\na\n```\n"
    assert fenced(Block("``` ````\n", "diff")) == "`````diff\n``` ````\n`````\n"


def test_a_run_without_a_link_is_told_of_as_well() -> None:
    assert "**Soon:**" in comment.render(replace(with_step(passed()), links=Links()))
