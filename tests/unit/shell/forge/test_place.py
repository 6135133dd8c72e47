"""Where a run takes place."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from covgate.model.place import Place, PullRequest
from covgate.shell.forge.place import place, refusal

BASE, HEAD = "a" * 40, "b" * 40
WEBHOOKS = Path(__file__).parents[3] / "samples/webhooks"
RUNNER = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_EVENT_NAME": "pull_request",
    "GITHUB_EVENT_PATH": "/github/workflow/event.json",
    "GITHUB_REPOSITORY": "shop/cart",
    "GITHUB_SERVER_URL": "https://ghe.example.com/",
    "GITHUB_API_URL": "https://ghe.example.com/api/v3/",
    "GITHUB_RUN_ID": "77",
}


def pull_request_event(head_repository: str | None = "shop/cart") -> dict[str, Any]:
    head_repo = None if head_repository is None else {"full_name": head_repository}
    return {
        "number": 7,
        "repository": {"full_name": "shop/cart", "default_branch": "trunk"},
        "pull_request": {
            "number": 7,
            "title": "::error::not for us",
            "base": {"sha": BASE, "ref": "release/2", "repo": {"full_name": "shop/cart"}},
            "head": {"sha": HEAD, "ref": "fix", "repo": head_repo},
        },
    }


def merge_group_event(ref: str) -> dict[str, Any]:
    group = {"head_sha": HEAD, "head_ref": ref, "base_sha": BASE, "base_ref": "refs/heads/main"}
    return {"repository": {"full_name": "shop/cart"}, "merge_group": group}


def holding(event: Mapping[str, Any] | bytes) -> Callable[[str], bytes]:
    content = event if isinstance(event, bytes) else json.dumps(event).encode()

    def read(path: str) -> bytes:
        if path != RUNNER["GITHUB_EVENT_PATH"]:
            raise FileNotFoundError(2, "No such file or directory", path)
        return content

    return read


def nothing_is_read(path: str) -> bytes:
    raise AssertionError(path)


def test_without_a_runner_it_is_a_terminal_whatever_else_is_set() -> None:
    assert place(RUNNER | {"GITHUB_ACTIONS": ""}, nothing_is_read) == Place()


def test_a_pull_request_is_read_from_its_event() -> None:
    assert place(RUNNER, holding(pull_request_event())) == Place(
        kind="github",
        event="pull_request",
        repository="shop/cart",
        server_url="https://ghe.example.com",
        api_url="https://ghe.example.com/api/v3",
        run_url="https://ghe.example.com/shop/cart/actions/runs/77",
        default_branch="trunk",
        pull_request=PullRequest(7, BASE, HEAD, base_ref="release/2", fork=False),
    )


@pytest.mark.parametrize(("head_repository", "fork"), [("shop/cart", False), ("stranger/cart", True), (None, True)])
def test_a_head_elsewhere_or_nowhere_is_a_fork(head_repository: str | None, fork: bool) -> None:
    pull_request = place(RUNNER, holding(pull_request_event(head_repository))).pull_request
    assert pull_request is not None
    assert pull_request.fork is fork


def test_the_merge_queue_names_its_pull_request_in_the_branch() -> None:
    ref = f"refs/heads/gh-readonly-queue/main/pr-104-{BASE}"
    here = place(RUNNER | {"GITHUB_EVENT_NAME": "merge_group"}, holding(merge_group_event(ref)))
    assert here.pull_request == PullRequest(104, BASE, HEAD, base_ref="main")
    assert here.note == ""


@pytest.mark.parametrize("ref", ["refs/heads/other", "refs/heads/gh-readonly-queue/main/pr-x-1", "refs/heads/q/pr-0-1"])
def test_a_queue_whose_branch_names_no_number_has_no_pull_request_and_says_so(ref: str) -> None:
    here = place(RUNNER | {"GITHUB_EVENT_NAME": "merge_group"}, holding(merge_group_event(ref)))
    assert here.pull_request is None
    assert "names no pull request" in here.note


@pytest.mark.parametrize("event", ["push", "workflow_dispatch", "schedule", "workflow_run"])
def test_other_events_have_no_pull_request_and_that_is_no_remark(event: str) -> None:
    content = {"repository": {"full_name": "shop/cart", "default_branch": "main"}, "ref": "refs/heads/main"}
    here = place(RUNNER | {"GITHUB_EVENT_NAME": event}, holding(content))
    assert (here.pull_request, here.note, here.default_branch) == (None, "", "main")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"null",
        json.dumps({"pull_request": {"number": "x"}}).encode(),
        json.dumps({"pull_request": {"number": 7, "base": {"sha": BASE}, "head": {"sha": "--upload-pack=x"}}}).encode(),
    ],
)
def test_a_broken_event_costs_the_comment_and_not_the_run(content: bytes) -> None:
    here = place(RUNNER, holding(content))
    assert (here.kind, here.repository, here.pull_request) == ("github", "shop/cart", None)
    assert "/github/workflow/event.json" in here.note
    assert "no pull request to comment on" in here.note


@pytest.mark.parametrize("sample", sorted(WEBHOOKS.glob("*.json")), ids=lambda path: path.stem)
def test_what_github_really_sends_is_read_whole(sample: Path) -> None:
    name = sample.stem.partition(".")[0]
    here = place(RUNNER | {"GITHUB_EVENT_NAME": name}, holding(sample.read_bytes()))
    assert here.note == ""
    assert here.default_branch in ("main", "master")
    assert (here.pull_request is not None) == (name in ("pull_request", "merge_group"))
    assert (here.workflow_run is not None) == (name == "workflow_run")


@pytest.mark.parametrize(
    ("ref", "branch"),
    [("refs/heads/fix/it", "fix/it"), ("refs/tags/v1", ""), ("refs/pull/7/merge", ""), ("", "")],
)
def test_a_branch_is_told_from_other_refs(ref: str, branch: str) -> None:
    here = place(RUNNER | {"GITHUB_REF": ref, "GITHUB_SHA": HEAD}, holding(pull_request_event()))
    assert (here.branch, here.sha) == (branch, HEAD)


def test_a_missing_event_is_told_with_its_path() -> None:
    here = place(RUNNER | {"GITHUB_EVENT_PATH": "/gone.json"}, holding(b"{}"))
    assert "/gone.json: No such file or directory" in here.note
    assert "GITHUB_EVENT_PATH is not set" in place(RUNNER | {"GITHUB_EVENT_PATH": ""}, nothing_is_read).note


def test_a_pull_request_event_without_one_is_told() -> None:
    assert "names no pull request" in place(RUNNER, holding(b"{}")).note


def test_without_a_run_number_there_is_no_link_to_the_run() -> None:
    environment = {name: value for name, value in RUNNER.items() if name != "GITHUB_RUN_ID"}
    assert place(environment, holding(pull_request_event())).run_url == ""


@pytest.mark.parametrize("event", ["pull_request_target", "workflow_run"])
def test_no_suite_runs_beside_secrets(event: str) -> None:
    reason = refusal(Place(kind="github", event=event))
    assert f"`{event}`" in reason
    assert "`mode: publish`" in reason


@pytest.mark.parametrize("event", ["", "pull_request", "push", "merge_group", "schedule", "workflow_dispatch"])
def test_a_suite_runs_elsewhere(event: str) -> None:
    assert refusal(Place(kind="github", event=event)) == ""


def test_a_privileged_event_still_tells_its_pull_request() -> None:
    here = place(RUNNER | {"GITHUB_EVENT_NAME": "pull_request_target"}, holding(pull_request_event("stranger/cart")))
    assert here.pull_request == PullRequest(7, BASE, HEAD, base_ref="release/2", fork=True)
    assert refusal(here) != ""


@pytest.mark.parametrize(("event", "default"), [("schedule", "trunk"), ("push", ""), ("workflow_dispatch", "")])
def test_a_schedule_is_the_default_branch_s_even_where_its_event_names_none(event: str, default: str) -> None:
    environment = RUNNER | {"GITHUB_EVENT_NAME": event, "GITHUB_REF": "refs/heads/trunk"}
    assert place(environment, holding({"schedule": "0 0 * * *"})).default_branch == default
