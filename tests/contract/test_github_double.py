"""The GitHub double answers as GitHub describes its own API, and covgate sends what that description accepts."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from githubkit_schemas.latest import models
from pydantic import BaseModel, TypeAdapter
from tests.doubles.github import GitHub
from tests.doubles.github_checks import Check
from tests.doubles.github_state import Pull, Repository, State, Token

from covgate.model.check_run import CheckRun, LineRemark
from covgate.model.place import Place, PullRequest
from covgate.shell.forge.forge import GitHubForge

BASE, HEAD, OLD = "a" * 40, "b" * 40, "c" * 40
WRITER = "ghs_writer"
TOKENS = {
    "ghs_writer": Token("github-actions[bot]"),
    "ghs_reader": Token("github-actions[bot]", write=False, checks=False),
    "ghp_person": Token("maintainer", installation=False),
}


@pytest.fixture
def github() -> Iterator[GitHub]:
    pulls = {
        7: Pull(7, BASE, HEAD, head_repository="shop/cart"),
        8: Pull(8, BASE, OLD, head_repository=""),
        9: Pull(9, BASE, OLD, head_repository="shop/cart", locked=True),
    }
    repository = Repository("shop/cart", pulls=pulls, merge_bases={f"{BASE}...{HEAD}": OLD})
    state = State({"shop/cart": repository}, dict(TOKENS))
    state.add_comments("shop/cart", 7, [("reviewer", f"remark {number}") for number in range(5)])
    checks = state.repositories["shop/cart"].checks
    checks.append(Check(1, "covgate verdict", HEAD, "success", title="Passed", summary="all of it"))
    with GitHub(state) as double:
        yield double


def ask(github: GitHub, path: str, token: str = WRITER, body: Any = None, method: str = "") -> tuple[int, Any]:
    """The status and the JSON of one request."""
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310  # the double's own URL
        github.url + path,
        data=content,
        method=method or ("POST" if content else "GET"),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def undescribed(shape: Any, model: type[BaseModel]) -> set[str]:
    """Keys that GitHub's description does not know."""
    known = {field.alias or name for name, field in model.model_fields.items()}
    return set(shape) - known


ANSWERS = [
    ("/user", "ghp_person", models.PrivateUser),
    ("/repos/shop/cart/pulls/7", "ghs_reader", models.PullRequest),
    ("/repos/shop/cart/pulls/8", "ghs_reader", models.PullRequest),
    (f"/repos/shop/cart/compare/{BASE}...{HEAD}", "ghs_reader", models.CommitComparison),
    ("/repos/shop/cart/issues/comments/9000001", "ghs_reader", models.IssueComment),
    ("/repos/shop/cart/check-runs/1", "ghs_reader", models.CheckRun),
    (
        f"/repos/shop/cart/commits/{HEAD}/check-runs",
        "ghs_reader",
        models.ReposOwnerRepoCommitsRefCheckRunsGetResponse200,
    ),
]
LISTS = [
    ("/repos/shop/cart/issues/7/comments", models.IssueComment, 5),
    ("/repos/shop/cart/pulls", models.PullRequestSimple, 3),
    ("/repos/shop/cart/pulls?head=shop:change", models.PullRequestSimple, 2),
    (f"/repos/shop/cart/commits/{HEAD}/pulls", models.PullRequestSimple, 1),
]
CHECK = {"name": "covgate verdict", "head_sha": HEAD, "status": "completed", "conclusion": "success"}
REFUSALS = [
    ("/user", "ghs_writer", None, 403, models.BasicError),
    ("/repos/shop/cart/pulls/7", "expired", None, 401, models.BasicError),
    ("/repos/shop/cart/pulls/404", "ghs_writer", None, 404, models.BasicError),
    ("/repos/shop/other/pulls", "ghs_writer", None, 404, models.BasicError),
    ("/repos/shop/cart/check-runs", "ghs_reader", CHECK, 403, models.BasicError),
    ("/repos/shop/cart/check-runs/404", "ghs_writer", None, 404, models.BasicError),
    ("/repos/shop/cart/issues/7/comments", "ghs_reader", {"body": "hello"}, 403, models.BasicError),
    ("/repos/shop/cart/issues/9/comments", "ghs_writer", {"body": "hello"}, 403, models.BasicError),
    ("/repos/shop/cart/issues/7/comments", "ghs_writer", {"body": ""}, 422, models.ValidationError),
    ("/repos/shop/cart/issues/7/comments", "ghs_writer", {"body": "x" * 65_537}, 422, models.ValidationError),
]


@pytest.mark.parametrize(("path", "token", "model"), ANSWERS)
def test_an_answer_has_the_described_shape(github: GitHub, path: str, token: str, model: type[BaseModel]) -> None:
    status, shape = ask(github, path, token)
    assert status == 200
    model.model_validate(shape)
    assert undescribed(shape, model) == set()


@pytest.mark.parametrize(("path", "model", "count"), LISTS)
def test_a_list_has_the_described_shape(github: GitHub, path: str, model: type[BaseModel], count: int) -> None:
    status, shape = ask(github, path)
    assert status == 200
    assert len(TypeAdapter(list[model]).validate_python(shape)) == count  # type: ignore[valid-type]  # made at run time
    assert [undescribed(row, model) for row in shape] == [set()] * count


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_has_the_described_shape(github: GitHub, refusal: tuple[str, str, Any, int, type[BaseModel]]) -> None:
    path, token, body, status, model = refusal
    answered, shape = ask(github, path, token, body)
    assert answered == status
    model.model_validate(shape)
    assert undescribed(shape, model) <= {"status"}, "GitHub sends it with every error, and describes it with some"
    assert (shape["status"], bool(shape["message"])) == (str(status), True)


def test_a_comment_that_was_written_has_the_described_shape(github: GitHub) -> None:
    created, new = ask(github, "/repos/shop/cart/issues/7/comments", body={"body": "hello"})
    edited, same = ask(github, f"/repos/shop/cart/issues/comments/{new['id']}", body={"body": "again"}, method="PATCH")
    assert (created, edited) == (201, 200)
    assert [models.IssueComment.model_validate(shape).body for shape in (new, same)] == ["hello", "again"]


def test_what_covgate_sends_is_accepted_by_the_description(github: GitHub) -> None:
    place = Place("github", repository="shop/cart", api_url=github.url, pull_request=PullRequest(7, BASE, HEAD))
    forge = GitHubForge(place, "ghs_writer")
    posted = [forge.post_comment(f"<!-- covgate:default -->\n{text}", "<!-- covgate:default -->") for text in "ab"]
    assert [answer.state for answer in posted] == ["created", "edited"]
    post, patch = (request for request in github.state.requests if request.method != "GET")
    accepted = models.ReposOwnerRepoIssuesIssueNumberCommentsPostBody
    assert (accepted.model_validate(post.body).body, undescribed(post.body, accepted)) == (post.body["body"], set())
    changed = models.ReposOwnerRepoIssuesCommentsCommentIdPatchBody
    assert (changed.model_validate(patch.body).body, undescribed(patch.body, changed)) == (patch.body["body"], set())
    listed = next(request for request in github.state.requests if request.method == "GET")
    assert 1 <= int(listed.query["per_page"]) <= 100


def test_a_check_run_that_was_made_has_the_described_shape(github: GitHub) -> None:
    created, new = ask(github, "/repos/shop/cart/check-runs", body=CHECK)
    update = {"output": {"title": "Passed", "summary": "all"}}
    edited, same = ask(github, f"/repos/shop/cart/check-runs/{new['id']}", body=update, method="PATCH")
    assert (created, edited) == (201, 200)
    assert [models.CheckRun.model_validate(shape).name for shape in (new, same)] == ["covgate verdict"] * 2


def test_what_covgate_sends_for_a_check_run_is_accepted_by_the_description(github: GitHub) -> None:
    place = Place("github", repository="shop/cart", api_url=github.url, pull_request=PullRequest(7, BASE, HEAD))
    remarks = tuple(LineRemark("src/a.py", n + 1, n + 2, "Not tested: f", "never runs") for n in range(70))
    answer = GitHubForge(replace(place, run_url="https://github.com/shop/cart/actions/runs/1"), WRITER).post_check(
        CheckRun("covgate verdict", "neutral", "Nothing to measure", "### …", remarks)
    )
    assert answer.state == "created"
    post, patch = (request.body for request in github.state.requests)
    sent: list[tuple[Any, type[BaseModel]]] = [
        (post, models.ReposOwnerRepoCheckRunsPostBodyOneof0),
        (patch, models.ReposOwnerRepoCheckRunsCheckRunIdPatchBodyAnyof1),
    ]
    for body, accepted in sent:
        accepted.model_validate(body)
        assert undescribed(body, accepted) == set()
        output = models.ReposOwnerRepoCheckRunsPostBodyPropOutput
        assert undescribed(body["output"], output) == set()
        row = models.ReposOwnerRepoCheckRunsPostBodyPropOutputPropAnnotationsItems
        assert [undescribed(annotation, row) for annotation in body["output"]["annotations"]] == [set()] * len(
            body["output"]["annotations"]
        )
