"""From arguments and inputs to what a run is asked for."""

from pathlib import Path

import pytest

from covgate.errors import SettingsError
from covgate.model.place import Place
from covgate.settings import Settings, load
from covgate.shell.wiring import Invocation, directory, in_action, inputs, requested, wants_comment

ACTION = {"GITHUB_ACTIONS": "true", "INPUT_MODE": "", "INPUT_PYTHON-VERSION": "3.12", "GITHUB_WORKSPACE": "/work"}
HERE = Place()


def settings(text: str = "", **options: object) -> Settings:
    return load(text, ".covgate.yml", {}, options)


def test_inputs_are_those_of_the_action_and_nobody_else_s() -> None:
    assert inputs(ACTION) == {"mode": "", "python-version": "3.12"}
    assert inputs({**ACTION, "GITHUB_ACTIONS": ""}) == {}
    assert not in_action({"GITHUB_ACTIONS": "true", "INPUT_COMMAND": "x"})


def test_the_repository_is_the_one_that_was_named_else_the_workspace_else_here() -> None:
    assert directory(Invocation(repo="/there"), ACTION) == Path("/there")
    assert directory(Invocation(), ACTION) == Path("/work")
    assert directory(Invocation(), {"GITHUB_WORKSPACE": "/work"}) == Path()


@pytest.mark.parametrize(
    ("invocation", "given", "wanted"),
    [
        (Invocation(), {}, True),
        (Invocation(publish=False), {}, False),
        (Invocation(), {"INPUT_COMMENT": "never"}, False),
        (Invocation(), {"INPUT_SHARD": "unit"}, False),
        (Invocation(options={"shard": "unit"}), {}, False),
    ],
)
def test_a_comment_on_an_early_error_is_made_only_where_one_would_be_made(
    invocation: Invocation, given: dict[str, str], wanted: bool
) -> None:
    assert wants_comment(invocation, {**ACTION, **given}) is wanted


def test_a_run_reads_no_data_and_a_report_runs_no_suite() -> None:
    both = settings(data=["a.xml"], base="main")
    run = requested(Invocation(), both, HERE, ".covgate.yml")
    assert (run.data, run.base) == ((), "main")
    assert requested(Invocation(from_data=True), both, HERE, ".covgate.yml").data == ("a.xml",)
    assert requested(Invocation(), settings("mode: report\ndata: [b.xml]\n"), HERE, ".covgate.yml").data == ("b.xml",)


@pytest.mark.parametrize(
    ("invocation", "given", "here", "what"),
    [
        (Invocation(), settings("mode: publish\n"), HERE, "the workflow decides"),
        (Invocation(), settings("mode: report\n"), HERE, "no data to report on"),
        (Invocation(from_data=True), settings(data=["a.xml"], shard="unit"), HERE, "this run measures nothing"),
        (Invocation(), settings(), Place("github", event="pull_request_target"), "is not run on"),
        (Invocation(), settings(), Place("github", event="workflow_run"), "is not run on"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    invocation: Invocation, given: Settings, here: Place, what: str
) -> None:
    with pytest.raises(SettingsError, match=what):
        requested(invocation, given, here, ".covgate.yml")


def test_data_may_be_judged_where_no_suite_may_run() -> None:
    here = Place("github", event="pull_request_target")
    assert requested(Invocation(from_data=True), settings(data=["a.xml"]), here, ".covgate.yml").data == ("a.xml",)
