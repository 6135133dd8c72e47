"""Whole runs on a runner, for the pull requests and servers that people really have."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.doubles.github import GitHub
from tests.scenario.events import payload
from tests.scenario.runner import NAME, TOKEN, Job, double, job
from tests.scenario.shop import REFUND, TEST_REFUND, Ended, covgate

CHANGE = {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND}
CERTIFICATES = Path(__file__).parents[1] / "samples/tls"


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


def run(played: Job, environment: Mapping[str, str]) -> Ended:
    """`covgate run` as a step of the workflow, with these variables in place of the usual ones."""
    given = {**played.environment, "GITHUB_TOKEN": TOKEN, **environment}
    place = ("--repo", str(played.project.root), "--python", sys.executable)
    return covgate("run", *place, environment=given, folder=played.project.out)


def real_event(played: Job, name: str, **changes: Any) -> None:
    """A real payload in place of the short one, about the same commits."""
    path = played.folder / "event.json"
    short = json.loads(path.read_bytes())
    event = payload(name)
    for side in ("base", "head"):
        event["pull_request"][side] |= short["pull_request"][side]
    event["pull_request"] |= {"number": 7, **changes}
    event["repository"] |= short["repository"]
    path.write_text(json.dumps(event), encoding="utf-8")


def test_a_change_of_documents_alone_ends_green_with_a_verdict_that_says_why(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, {"README.md": "# The shop\n"})
    ended = played.run(check_run="true")
    assert (ended.code, ended.report["verdict"]) == (0, "passed")
    diff_rules = [rule for rule in ended.report["rules"] if rule["id"].startswith("diff.")]
    assert {rule["status"] for rule in diff_rules} == {"not_applicable"}
    (body,) = played.comments
    assert "Nothing to measure in this change" in body
    assert [check.conclusion for check in github.state.repositories[NAME].checks] == ["neutral"]


def test_a_draft_is_gated_like_any_pull_request(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    real_event(played, "pull_request.converted_to_draft")
    assert (played.run().code, len(played.comments)) == (1, 1)


def test_dependabots_pull_request_keeps_its_verdict_without_a_comment(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, {"requirements.txt": "requests==2\n"})
    real_event(played, "pull_request.opened", user={"login": "dependabot[bot]", "type": "Bot"})
    ended = played.run(github_token="ghs_reader")
    assert (ended.code, played.comments) == (0, [])
    assert "the job needs `permissions: pull-requests: write`" in ended.out
    assert "Nothing to measure in this change" in played.summary.read_text(encoding="utf-8")


def test_a_rerun_sends_nothing_that_stands_already(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    real_event(played, "pull_request.synchronize")
    played.run()
    github.sent()
    assert run(played, {"GITHUB_RUN_ATTEMPT": "2"}).code == 1
    assert github.sent() == [f"GET /repos/{NAME}/issues/7/comments"]


def test_a_commit_on_top_of_the_pull_requests_is_told_in_its_comment(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    played.project.add({"shop/generated.py": "X = 1\n"})
    assert played.run().code == 5
    (body,) = played.comments
    assert "is neither the head of pull request 7" in body


def pushed(played: Job) -> Ended:
    """The same change, as the push to its branch sees it."""
    head = played.project.git("rev-parse", "change")
    played.project.git("checkout", "--quiet", "change")
    event = {"ref": "refs/heads/change", "repository": {"full_name": NAME, "default_branch": "main"}}
    (played.folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
    return run(played, {"GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/change", "GITHUB_SHA": head})


def test_a_push_comments_on_the_pull_request_that_it_belongs_to(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    known = github.state.repositories[NAME].pulls[7]
    known.head_sha, known.base_sha = (played.project.git("rev-parse", name) for name in ("change", "main"))
    assert pushed(played).code == 1
    (body,) = played.comments
    assert f"https://github.example/{NAME}/blob/{known.head_sha}/shop/refund.py" in body


def test_a_push_without_a_pull_request_is_gated_all_the_same(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    ended = pushed(played)
    assert (ended.code, played.comments) == (1, [])
    assert "belongs to no pull request" in ended.out


def test_an_enterprise_server_is_asked_and_linked_by_its_own_addresses(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, CHANGE)
    own = {"GITHUB_API_URL": github.enterprise_url, "GITHUB_SERVER_URL": "https://ghe.example.com/"}
    assert run(played, {**own, "GITHUB_RUN_ID": "9"}).code == 1
    (body,) = played.comments
    assert f"https://ghe.example.com/{NAME}/blob/" in body
    assert f"https://ghe.example.com/{NAME}/actions/runs/9" in body
    assert "https://github." not in body


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_an_authority_of_ones_own_is_named_in_the_environment(tmp_path: Path, github: GitHub, variable: str) -> None:
    with GitHub(github.state, certificate=CERTIFICATES / "server.pem") as guarded:
        played = job(tmp_path, guarded, {"README.md": "# The shop\n"})
        ended = run(played, {})
        assert (ended.code, played.comments) == (0, [])
        assert "a certificate that is not trusted here" in ended.out
        assert run(played, {variable: str(CERTIFICATES / "authority.pem")}).code == 0
        assert len(played.comments) == 1
