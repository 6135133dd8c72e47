"""Whatever GitHub does: one comment at most, the same verdict, all reports, an end in time, and words for it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doubles.ports import world
from tests.scenario.publishing_faults import CASES, LATE, Case, prepared, table
from tests.scenario.publishing_scenes import BOT, OLD, TOKENS, Scene, scene

from covgate.pipeline import run
from covgate.settings import Settings
from covgate.shell.forge.forge import GitHubForge
from covgate.steps.requests import Outcome, Request

DOCUMENT = Path(__file__).parents[2] / "docs/github.md"
HALF_TESTED = """
    [src/cart.py]
    +.  def total(price, coupon):
    +.      if coupon:
    +!          price = 0
    +.      return price
"""
SETTINGS = "version: 1\nthresholds: {diff: {line: 90}}\n"
each_case = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as entered:
        yield entered


def gated(here: Scene) -> tuple[Outcome, dict[str, str], list[str]]:
    """A whole run whose change is a statement short: its outcome, its files, and what it told."""
    around = world(HALF_TESTED, settings=SETTINGS)
    request = Request(here.place, dt.date(2026, 1, 1), data=("coverage.data",))
    outcome = run(request, Settings(), replace(around.ports, forge=here.forge))
    return outcome, around.output.files, around.output.words


@each_case
def test_a_fault_leaves_what_the_table_says(case: Case, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    here = prepared(case, stack)
    for name, value in here.environment.items():
        monkeypatch.setenv(name, value)
    outcome, files, told = gated(here)
    wanted = files["comment.md"].strip()
    assert here.own() == {"written": [wanted], "old": [OLD], "none": []}[case.left]
    assert (outcome.exit_code, outcome.report.verdict.conclusion.value) == (1, "failed")
    assert {"report.json", "summary.md", "comment.md"} <= set(files)
    assert [line for line in told if case.says in line] != [], told
    assert all(line.isprintable() and "ghs_" not in line for line in told)
    assert outcome.posted.failed == (case.left != "written" or case.says == LATE)
    assert sum(here.waited) <= GitHubForge(here.place, "").deadline_seconds
    assert all(not other.state.requests for other in here.elsewhere)


def test_there_are_enough_cases_and_each_is_told_apart() -> None:
    assert len(CASES) >= 25
    assert len({case.does for case in CASES}) == len(CASES)


def test_the_documentation_has_this_table(update_golden: bool) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- faults -->\n")
    _, _, after = rest.partition("<!-- /faults -->")
    wanted = f"{before}<!-- faults -->\n{chr(10).join(table())}\n<!-- /faults -->{after}"
    if update_golden:
        DOCUMENT.write_text(wanted, encoding="utf-8")
    assert text == wanted


def test_an_authority_of_ones_own_is_trusted_where_it_is_named(stack: ExitStack) -> None:
    certificates = Path(__file__).parents[1] / "samples/tls"
    here = scene(stack, certificates / "server.pem")
    here.forge = replace(here.forge, authorities=str(certificates / "authority.pem"))
    assert gated(here)[0].posted.state == "created"


def test_on_gitea_the_comment_is_written_once_and_brought_up_to_date(stack: ExitStack) -> None:
    here = scene(stack)
    here.github.state.gitea = True
    here.github.state.tokens["gitea"] = replace(TOKENS["ghs_writer"], login="gitea-actions")
    here.move(api_url=f"{here.github.url}/api/v1")
    here.forge = replace(here.forge, token="gitea")
    here.github.state.add_comment("shop/cart", 7, "gitea-actions", OLD)
    states = [gated(here)[0].posted.state for _ in "ab"]
    assert states == ["edited", "unchanged"]
    assert [comment.login for comment in here.repository.comments] == ["gitea-actions"]


def test_on_gitea_a_persons_token_finds_its_comment(stack: ExitStack) -> None:
    here = scene(stack)
    here.github.state.gitea = True
    here.github.state.tokens["0123abcd"] = replace(TOKENS["ghs_writer"], login="maintainer", installation=False)
    here.move(api_url=f"{here.github.url}/api/v1")
    here.forge = replace(here.forge, token="0123abcd")
    here.github.state.add_comment("shop/cart", 7, "stranger", OLD)
    assert [gated(here)[0].posted.state for _ in "ab"] == ["created", "unchanged"]


def test_on_github_a_stranger_called_as_giteas_bot_is_a_stranger(stack: ExitStack) -> None:
    here = scene(stack)
    here.github.state.add_comment("shop/cart", 7, "gitea-actions", OLD)
    assert gated(here)[0].posted.state == "created"
    assert [comment.login for comment in here.repository.comments] == ["gitea-actions", BOT]


def test_a_forge_that_has_no_such_api_costs_the_comment_only(stack: ExitStack) -> None:
    here = scene(stack)
    here.move(api_url=f"{here.github.url}/no/such/api")
    outcome, files, told = gated(here)
    assert (outcome.exit_code, outcome.posted.state) == (1, "refused")
    assert "report.json" in files
    assert "GitHub answered 404" in told[-1]
