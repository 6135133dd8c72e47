"""The comment of a pull request from a fork: posted by a second run that believes nothing the first one left."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import Fault, Pull
from tests.golden.faces import FACES, HOSTILE
from tests.scenario.fork import BASE, BOT, COMMENTS, FORK, HEAD, NAME, OTHER, SecondRun, double, report, workflow_run

from covgate.errors import PublishingError
from covgate.model.place import Place, WorkflowRun
from covgate.model.report import Links
from covgate.render.formats import comment, summary
from covgate.shell.publishing.publication import FORK_NOTE
from covgate.shell.publishing.pulls import GitHubPullRequests

LINKS = Links(f"https://github.example/{NAME}/blob/{HEAD}", f"https://github.example/{NAME}/actions/runs/4711")


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


@pytest.fixture
def second(tmp_path: Path, github: GitHub) -> SecondRun:
    return SecondRun(github, tmp_path)


def pulls(github: GitHub) -> dict[int, Pull]:
    return github.state.repositories[NAME].pulls


def writes(github: GitHub) -> list[str]:
    return [line for line in github.sent() if not line.startswith("GET")]


@pytest.mark.parametrize("face", sorted(set(FACES) - {"local"}))
def test_the_comment_is_the_one_that_the_first_run_would_have_posted_with_a_note_on_whose_word_it_is(
    second: SecondRun, face: str
) -> None:
    second.leave(report(face))
    assert second.run() == 0
    first = FACES[face]()
    assert second.comments[7] == comment.render(replace(first, links=LINKS, notes=(*first.notes, FORK_NOTE))).strip()


def test_a_fork_proposes_no_patch_of_the_settings(second: SecondRun) -> None:
    assert "```diff" in summary.render(FACES["floor_left_behind"]())
    second.leave(report("floor_left_behind"))
    assert second.run() == 0
    assert "```diff" not in second.summary


def test_it_is_found_in_three_requests_and_left_alone_where_it_says_so_already(second: SecondRun) -> None:
    second.leave(report())
    second.run()
    assert second.github.sent() == [f"GET /repos/{NAME}/pulls", f"GET {COMMENTS}", f"POST {COMMENTS}"]
    second.run()
    assert writes(second.github) == []
    second.leave(report("passed"))
    second.run()
    assert [line.split()[0] for line in writes(second.github)] == ["PATCH"]


def test_a_failed_gate_does_not_fail_the_run_that_tells_of_it(second: SecondRun) -> None:
    second.leave(report("failed"))
    assert second.run() == 0
    outputs = (second.folder / "outputs").read_text()
    assert "failed" in outputs
    assert "issuecomment" in outputs
    assert "What to test next" in second.summary


def test_a_pull_request_of_the_repository_itself_gets_the_very_comment_of_its_own_run(second: SecondRun) -> None:
    pulls(second.github)[7].head_repository = NAME
    own = replace(FACES["failed"](), links=LINKS)
    second.github.state.add_comment(NAME, 7, BOT, comment.render(own))
    second.tell(workflow_run(head_repository={"full_name": NAME}))
    second.leave(report())
    assert second.run() == 0
    assert writes(second.github) == []


def test_the_command_line_does_the_same_in_a_step(second: SecondRun) -> None:
    second.leave(report())
    second.variables["GITHUB_TOKEN"] = "ghs_writer"
    out = str(second.folder / "out")
    assert second.run("publish", "--from", str(second.artifact), "--repo", str(second.workspace), "--out", out) == 0
    assert "2 statements short" in second.comments[7]
    assert (second.folder / "out" / "comment.md").read_text(encoding="utf-8").strip() == second.comments[7]


def test_on_a_terminal_the_report_is_checked_and_shown(second: SecondRun, capfd: pytest.CaptureFixture[str]) -> None:
    second.leave(report())
    arguments = ("publish", "--from", str(second.artifact), "--repo", str(second.workspace))
    assert second.covgate(*arguments, GITHUB_ACTIONS="") == 0
    assert "2 statements short" in capfd.readouterr().out
    assert second.github.sent() == []


def test_asked_not_to_comment_it_does_not(second: SecondRun) -> None:
    second.leave(report())
    assert second.run(comment="never") == 0
    assert second.comments == {}


def test_no_check_run_is_made_of_a_strangers_word(second: SecondRun, capfd: pytest.CaptureFixture[str]) -> None:
    second.leave(report("passed"))
    assert second.run(check_run="true") == 0
    assert [line for line in second.github.sent() if "check-runs" in line] == []
    assert "no check run is made for another run" in capfd.readouterr().out


# What does not bind.


def test_two_pull_requests_of_one_branch_get_each_their_own_report(second: SecondRun) -> None:
    pulls(second.github)[8] = Pull(8, OTHER, HEAD, base_ref="stable", head_repository=FORK)
    second.leave(report("failed", number=7))
    second.run()
    second.leave(report("passed", number=8))
    second.run()
    assert ["❌" in second.comments[7], "✅" in second.comments[8]] == [True, True]


def test_a_branch_of_the_same_name_in_another_fork_is_another_s(second: SecondRun) -> None:
    pulls(second.github)[7].head_repository = "other/cart"
    second.leave(report())
    assert second.run() == 0
    assert second.comments == {}


def close(pull: Pull) -> None:
    pull.state = "closed"


def push(pull: Pull) -> None:
    pull.head_sha = OTHER


def delete_fork(pull: Pull) -> None:
    pull.head_repository = ""


@pytest.mark.parametrize("happened", [close, push, delete_fork])
def test_what_happened_to_the_pull_request_since_is_told_and_nothing_is_posted(
    second: SecondRun, capfd: pytest.CaptureFixture[str], happened: Callable[[Pull], None]
) -> None:
    happened(pulls(second.github)[7])
    second.leave(report())
    assert second.run() == 0
    assert "other run" in capfd.readouterr().out
    (second.workspace / ".covgate.yml").write_text("publish: {required: true}\n")
    assert second.run() == 6
    assert second.comments == {}


def test_a_run_for_a_push_has_nothing_to_publish(second: SecondRun) -> None:
    second.tell(workflow_run(event="push"))
    second.leave(report())
    assert second.run() == 0
    assert second.github.sent() == []


@pytest.mark.parametrize(
    "event", [{"action": "opened"}, workflow_run(head_sha="main"), workflow_run(id=0)], ids=["none", "sha", "id"]
)
def test_without_another_run_there_is_nothing_to_publish_from(
    second: SecondRun, event: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    second.tell(event)
    second.leave(report())
    assert second.run() == 2
    assert "on: workflow_run" in " ".join(capfd.readouterr().err.split())


def test_a_github_that_refuses_to_list_pull_requests_is_told_and_posted_nothing(
    second: SecondRun, capfd: pytest.CaptureFixture[str]
) -> None:
    second.leave(report())
    second.github.state.faults.append(Fault("status", "GET", "/pulls", status=403, message="no", times=0))
    assert second.run() == 0
    assert "the pull request cannot be found: GitHub answered 403" in capfd.readouterr().out
    (second.workspace / ".covgate.yml").write_text("publish: {required: true}\n")
    assert second.run() == 6
    assert second.comments == {}


FAULTS = ["html", "empty", "object", "truncated", "cut", "closed", "status"]
RUN = WorkflowRun("pull_request", "success", HEAD, "change", FORK)


def listed(github: GitHub) -> list[int]:
    """Numbers of the pull requests found, by one who does not wait."""
    place = Place("github", repository=NAME, api_url=github.url)
    found = GitHubPullRequests(place, "ghs_writer", pause=lambda _: None).of_branch(RUN)
    return [one.pull.number for one in found]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_list_of_pull_requests_that_is_spoilt_once_is_asked_for_again(github: GitHub, kind: str) -> None:
    github.state.faults.append(Fault(kind, "GET", "/pulls"))
    assert listed(github) == [7]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_list_of_pull_requests_that_stays_spoilt_is_no_list(github: GitHub, kind: str) -> None:
    github.state.faults.append(Fault(kind, "GET", "/pulls", times=0))
    with pytest.raises(PublishingError, match="the pull request cannot be found"):
        listed(github)
    assert len(github.sent()) <= 16


def test_a_token_that_may_not_write_is_told_with_the_permission(
    second: SecondRun, capfd: pytest.CaptureFixture[str]
) -> None:
    second.leave(report())
    assert second.run(github_token="read") == 0
    assert "pull-requests: write" in capfd.readouterr().out
    assert second.comments == {}


# Forged artifacts.


def forged(**other: Any) -> bytes:
    return json.dumps(report() | other).encode()


FORGED: dict[str, tuple[Any, str]] = {
    "another pull request's number": (report(number=8), "it says that it belongs to #8"),
    "another commit": (report(head_sha=OTHER), "it was made for the commit ccccccc"),
    "no pull request": (forged(pull_request=None), "it was made for no pull request"),
    "html": (b"<!DOCTYPE html><h1>hello</h1>", "it is no JSON"),
    "a comment": ("### ✅ All is well".encode(), "it is no JSON"),
    "nothing": (b"", "it is no JSON"),
    "deep nesting": (b'{"schema": 1, "notes": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "it is no JSON"),
    "not a number": (json.dumps(report() | {"statements_short": float("nan")}).encode(), "it is no JSON"),
    "a huge number": (forged(statements_short=10**400), "statements_short"),
    "a newer version": (forged(schema=2), "of a newer covgate"),
    "paths that lead out": (
        json.dumps(report()).replace("src/shop/cart.py", "../../../../settings").encode(),
        "no path within the repository",
    ),
    "a kinder verdict": (forged(verdict="passed"), "the verdict does not follow"),
    "a kinder number": (forged(statements_short=1), "it contradicts itself"),
    "100 MB": (b" " * 100_000_000, "it is larger than 20 MB"),
    "too many rows": (forged(notes=["x"] * 20_000), "at most 10000 items"),
    "commands in a key": (forged(files={"a/../b\n::error::x\r##[error]y": {}}), "files"),
    "a comment too long": (
        forged(
            rules=[
                rule | {"ratio": None, "measured": None, "reason": "x" * 500, "subject": f"s{number}"}
                for number, rule in enumerate(report()["rules"][:1] * 1000)
            ]
        ),
        "its comment would be too long",
    ),
}


@pytest.mark.parametrize(("content", "words"), FORGED.values(), ids=FORGED)
def test_a_forged_report_is_refused_and_said_to_be(
    second: SecondRun, content: Any, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    pulls(second.github)[8] = Pull(8, BASE, OTHER, head_repository="victim/cart")
    second.github.state.add_comment(NAME, 7, BOT, "<!-- covgate:default -->\n### ✅ an older answer")
    second.leave(content)
    assert second.run() == 4
    said = capfd.readouterr()
    assert words in " ".join(said.err.split())
    assert [line for line in said.err.splitlines() if line.lstrip().startswith("::") or "##[" in line] == []
    assert [line for line in said.out.splitlines() if "##[" in line] == []
    assert set(second.comments) == {7}
    assert second.comments[7].startswith("<!-- covgate:default -->\n### ⚠️ No verdict: the report is refused")
    assert f"{NAME}/actions/runs/4711" in second.comments[7]
    assert "the report is refused" in second.summary


def test_of_two_pull_requests_none_is_told_of_a_forged_report(second: SecondRun) -> None:
    pulls(second.github)[8] = Pull(8, OTHER, HEAD, base_ref="stable", head_repository=FORK)
    second.leave(b"{}")
    assert second.run() == 4
    assert second.comments == {}


def link(at: Path, target: str) -> None:
    (at / "report.json").symlink_to(target)


def pipe(at: Path, _: str) -> None:
    os.mkfifo(at / "report.json")


def folder(at: Path, _: str) -> None:
    (at / "report.json").mkdir()


@pytest.mark.parametrize("make", [link, pipe, folder])
def test_what_is_no_regular_file_is_not_read(second: SecondRun, make: Callable[[Path, str], None]) -> None:
    elsewhere = second.folder / "secret.json"
    elsewhere.write_text(json.dumps(report()))
    make(second.artifact, str(elsewhere))
    assert second.run() == 4
    assert "No verdict: the report is refused" in second.comments[7]


def test_a_folder_that_is_a_link_is_not_entered(second: SecondRun) -> None:
    second.leave(report())
    real = second.artifact.rename(second.folder / "real")
    second.artifact.symlink_to(real)
    assert second.run() == 4


def test_nothing_else_in_the_artifact_is_read_or_posted(second: SecondRun) -> None:
    second.leave(report())
    (second.artifact / "comment.md").write_text("<!-- covgate:default -->\nI am the gate")
    (second.artifact / ".covgate.yml").write_text("publish: {author: stranger, required: true}\ngaps: {top: 0}\n")
    assert second.run() == 0
    assert "I am the gate" not in second.comments[7]
    assert "2 statements short" in second.comments[7]


@pytest.mark.parametrize(("data", "out"), [(".", ""), ("..", ""), ("covgate-report", "covgate-report/out"), ("", "")])
def test_an_artifact_that_lies_over_other_files_is_not_taken(second: SecondRun, data: str, out: str) -> None:
    second.leave(report())
    (second.workspace / "report.json").write_text(json.dumps(report()))
    assert second.run(data=data, out=out) == 2
    assert second.comments == {}


def test_a_run_that_left_no_report_has_no_verdict(second: SecondRun) -> None:
    second.github.state.add_comment(NAME, 7, BOT, "<!-- covgate:default -->\n### ✅ an older answer")
    second.artifact.rmdir()
    assert second.run() == 4
    assert "No verdict: the other run left no report" in second.comments[7]


def test_markup_in_names_is_shown_as_text(second: SecondRun) -> None:
    second.leave(report("hostile"))
    assert second.run() == 0
    assert HOSTILE not in second.comments[7]
    assert "<img" not in second.comments[7]
    assert "@everyone" not in second.comments[7]


def test_links_lead_to_this_repository_whatever_the_report_says(second: SecondRun) -> None:
    second.leave(report() | {"links": {"blob": "https://evil.example"}, "run": "https://evil.example"})
    assert second.run() == 0
    assert "evil.example" not in second.comments[7]
    assert f"{LINKS.blob}/src/shop/cart.py#L44-L45" in second.comments[7]
