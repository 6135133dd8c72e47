"""What becomes of a snapshot that cannot be stored: words for the reader, and never an error."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.doubles.git_server import GitServer
from tests.unit.shell.data_branch.stores import BRANCH, Scene, Server, Waits, pages, pushed, stored

from covgate.model.comparison import Known, Missing
from covgate.model.history import HistoryLine
from covgate.ports import Kept
from covgate.shell.data_branch import Remote
from covgate.shell.git import FetchCredentials


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    with GitServer(tmp_path, frozenset({"writer"}), frozenset({"reader"})) as served:
        yield served


def remote(server: GitServer, token: str = "") -> Remote:
    """The repository over HTTP, with a token or without one."""
    return Remote(f"{server.url}/remote.git", FetchCredentials(server.url, token) if token else None)


def hook(scene: Scene, name: str, script: str) -> None:
    """Has the server run a script for each push."""
    file = scene.remote.root / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def refused(kept: Kept) -> str:
    """Why it was."""
    assert kept.state == "refused", kept
    return kept.words


def test_a_token_that_may_write_stores_and_everybody_reads(scene: Scene, server: GitServer) -> None:
    sha = scene.shas()[0]
    assert scene.keep(stored(sha), remote=remote(server, "writer")).state == "written"
    for token in ("", "reader", "writer"):
        assert isinstance(scene.find(remote=remote(server, token)), Known)


def test_a_private_repository_is_read_with_a_token_that_can_only_read(scene: Scene, server: GitServer) -> None:
    scene.keep(stored(scene.shas()[0]))
    server.public = False
    assert isinstance(scene.find(remote=remote(server, "reader")), Known)
    reason = scene.find(remote=remote(server))
    assert isinstance(reason, Missing)
    assert reason.reason.startswith(f"`{BRANCH}` cannot be read: could not read Username")


def test_a_token_that_can_only_read_is_told_the_permission_and_asked_once(scene: Scene, server: GitServer) -> None:
    waits = Waits()
    sha = scene.shas()[0]
    words = refused(scene.keep(stored(sha), remote=remote(server, "reader"), patience=waits.patience()))
    assert words == (
        f"The snapshot of `{sha[:7]}` was not stored on `{BRANCH}`: the token may not write (Write access to repository"
        " not granted). Give this job the permission `contents: write`, in the default branch's workflow only."
    )
    assert (server.refused, waits.waits) == (["403 git-receive-pack"], [])


def test_a_rule_of_the_repository_is_told_as_one(scene: Scene) -> None:
    hook(
        scene, "pre-receive", "echo 'GH013: Repository rule violations found for refs/heads/covgate-data.' >&2; exit 1"
    )
    words = refused(scene.keep(stored(scene.shas()[0])))
    assert "forbids it (GH013: Repository rule violations found for refs/heads/covgate-data). Let" in words
    assert words.endswith("or name another one as `baseline.branch`.")


def test_a_server_that_is_down_is_tried_four_times_with_pauses_that_grow(scene: Scene, server: GitServer) -> None:
    server.refuse = 503
    waits = Waits()
    words = refused(scene.keep(stored(scene.shas()[0]), remote=remote(server, "writer"), patience=waits.patience()))
    assert "503" in words
    assert len(server.refused) == 4
    assert [round(wait, 3) for wait in waits.waits] == [0.156, 0.312, 0.625]


def test_a_server_that_comes_back_in_time_gets_the_snapshot(scene: Scene, server: GitServer) -> None:
    server.refuse = 503
    waits = Waits()

    def wait(seconds: float) -> None:
        waits.wait(seconds)
        server.refuse = 0

    patience = waits.patience()
    patience = type(patience)(patience.seconds, patience.clock, wait, patience.chance)
    assert scene.keep(stored(scene.shas()[0]), remote=remote(server, "writer"), patience=patience).state == "written"


def test_a_run_that_always_loses_gives_up_when_its_time_is_up_and_tells_why(scene: Scene) -> None:
    """The server lets somebody else write between every look and every push."""
    other, sha = scene.shas()[1], scene.shas()[0]
    scene.keep(stored(other))
    one, two = (scene.remote.git("commit-tree", f"{BRANCH}^{{tree}}", "-m", words) for words in ("one", "two"))
    move = f"env -u GIT_QUARANTINE_PATH git update-ref refs/heads/{BRANCH}"
    hook(scene, "pre-receive", f"if [ $(git rev-parse {BRANCH}) = {one} ]; then {move} {two}; else {move} {one}; fi")
    waits = Waits()
    words = refused(scene.keep(stored(sha), patience=waits.patience(30)))
    assert "it took longer than 30 seconds, and the last attempt ended with " in words
    assert len(waits.waits) > 4
    assert max(waits.waits) <= 8
    assert set(scene.remote.snapshots()) == {other}


def test_a_push_whose_answer_was_lost_is_found_to_have_arrived(scene: Scene) -> None:
    hook(scene, "post-receive", "kill -9 $PPID")
    sha = scene.shas()[0]
    assert scene.keep(stored(sha)).state == "unchanged"
    assert set(scene.remote.snapshots()) == {sha}


def test_a_bug_in_the_pages_costs_the_snapshot_and_nothing_else(scene: Scene) -> None:
    def broken(history: tuple[HistoryLine, ...]) -> Mapping[str, str]:
        raise KeyError(len(history))

    sha = scene.shas()[0]
    words = refused(scene.branch(pushed(sha)).keep(stored(sha), broken))
    assert "covgate has a bug (KeyError: 1)" in words
    assert isinstance(scene.find(), Missing)


def test_a_machine_without_git_is_told(scene: Scene) -> None:
    words = refused(scene.keep(stored(scene.shas()[0]), environment={"PATH": str(scene.folder)}))
    assert "git is not installed" in words


def test_the_pauses_of_two_runs_are_not_the_same() -> None:
    waits = Waits()
    chances = iter((0.0, 1.0))
    for _ in range(2):
        patience = waits.patience()
        type(patience)(60.0, patience.clock, patience.wait, lambda: next(chances)).begin().pause(3)
    assert waits.waits == [0.5, 2.0]


def test_the_pages_are_made_of_the_history_that_the_new_line_is_part_of(scene: Scene) -> None:
    seen: list[tuple[str, ...]] = []

    def noted(history: tuple[HistoryLine, ...]) -> Mapping[str, str]:
        seen.append(tuple(line.sha for line in history))
        return pages(history)

    first, second = scene.shas()[:2]
    for minute, sha in enumerate((second, first)):
        scene.branch(pushed(sha)).keep(stored(sha, minute=minute), noted)
    assert seen == [(second,), (second, first)]


def test_a_repository_of_the_longer_hashes_works_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    server = Server(folder / "remote.git", "sha256")
    scene = Scene.around(server, folder, "sha256")
    sha = scene.shas()[0]
    assert (len(sha), scene.keep(stored(sha)).state) == (64, "written")
    assert isinstance(scene.find(), Known)
