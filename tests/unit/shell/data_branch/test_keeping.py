"""What lies on the data branch after runs have stored their snapshots there."""

import gzip
from dataclasses import replace

import pytest
from tests.unit.shell.data_branch.stores import BRANCH, Scene, lines, merge_group, pages, pushed, stored

from covgate.model.comparison import Known, Missing
from covgate.model.place import Place, PullRequest
from covgate.model.suite import Ending
from covgate.parse.stored_snapshot import stored_from


def test_the_first_run_makes_the_branch_with_one_commit(scene: Scene) -> None:
    sha = scene.shas()[0]
    kept = scene.keep(stored(sha))
    assert (kept.state, kept.words) == ("written", f"The snapshot of `{sha[:7]}` was stored on `{BRANCH}`.")
    assert scene.remote.names == ["README.md", "history.jsonl", f"snapshots/{sha}.json.gz"]
    assert scene.remote.commits == 1


def test_what_was_stored_is_read_as_it_was(scene: Scene) -> None:
    sha = scene.shas()[0]
    scene.keep(stored(sha, 3))
    assert stored_from(scene.remote.content(f"snapshots/{sha}.json.gz"), "") == stored(sha, 3)


def test_each_run_adds_a_snapshot_and_a_line_and_the_branch_stays_one_commit(scene: Scene) -> None:
    oldest_first = scene.shas()[::-1]
    lines(scene, oldest_first)
    assert [line["sha"] for line in scene.remote.history] == oldest_first
    assert set(scene.remote.snapshots()) == set(oldest_first)
    assert (scene.remote.commits, scene.remote.content("README.md")) == (1, b"5 commits\n")


def test_a_line_stands_where_its_commit_s_time_puts_it(scene: Scene) -> None:
    newest, older, oldest = scene.shas()[:3]
    for sha, minute in ((newest, 9), (oldest, 1), (older, 5)):
        scene.keep(stored(sha, minute=minute))
    assert [line["sha"] for line in scene.remote.history] == [oldest, older, newest]


def test_a_run_repeated_with_the_same_numbers_changes_nothing(scene: Scene) -> None:
    one = stored(scene.shas()[0])
    scene.keep(one)
    before = scene.remote.git("rev-parse", BRANCH)
    slower = replace(one, suite=replace(one.suite, seconds=99.0))
    assert scene.keep(slower).state == "unchanged"
    assert scene.remote.git("rev-parse", BRANCH) == before


def test_a_run_repeated_with_other_numbers_replaces_its_own(scene: Scene) -> None:
    first, second = scene.shas()[:2]
    lines(scene, (first, second))
    assert scene.keep(stored(first, 4)).state == "written"
    assert [(line["sha"], line["line"]) for line in scene.remote.history] == [(first, [4, 4]), (second, [1, 4])]


def test_only_the_newest_fifty_snapshots_are_kept_and_every_line(scene: Scene) -> None:
    shas = [f"{number:040x}" for number in range(1, 54)]
    lines(scene, shas)
    assert sorted(scene.remote.snapshots()) == shas[-50:]
    assert [line["sha"] for line in scene.remote.history] == shas


def test_a_commit_older_than_the_fifty_newest_adds_its_line_alone(scene: Scene) -> None:
    shas = [f"{number:040x}" for number in range(1, 52)]
    lines(scene, shas[1:])
    oldest = stored(shas[0], minute=-1)
    assert scene.keep(oldest).state == "written"
    assert (sorted(scene.remote.snapshots()), scene.remote.history[0]["sha"]) == (shas[1:], shas[0])
    again = scene.keep(oldest)
    assert again.state == "unchanged"
    assert "is older than the 50 that are kept on" in again.words


def test_what_others_put_at_the_top_of_the_branch_stays(scene: Scene) -> None:
    first, second = scene.shas()[:2]
    scene.keep(stored(first))
    scene.remote.put({"CNAME": "coverage.example", "docs/a.md": "words"})
    scene.keep(stored(second))
    assert {"CNAME", "docs/a.md"} < set(scene.remote.names)
    assert (scene.remote.commits, set(scene.remote.snapshots())) == (1, {first, second})


def test_a_branch_that_holds_something_else_is_never_replaced(scene: Scene) -> None:
    scene.remote.put({"src/a.py": "x = 1\n"}, BRANCH)
    kept = scene.keep(stored(scene.shas()[0]))
    assert kept.state == "refused"
    assert "holds something else than covgate's data" in kept.words
    assert scene.remote.names == ["src/a.py"]
    assert scene.find() == Missing(f"the branch `{BRANCH}` holds something else than covgate's data")


def test_the_default_branch_itself_is_never_replaced(scene: Scene) -> None:
    scene.remote.put({"history.jsonl": ""}, "main")
    before = scene.remote.git("rev-parse", "main")
    kept = scene.keep(stored(scene.shas()[0]), name="main")
    assert (kept.state, scene.remote.git("rev-parse", "main")) == ("refused", before)


def test_a_name_that_git_does_not_allow_is_told(scene: Scene) -> None:
    kept = scene.keep(stored(scene.shas()[0]), name="a..b")
    assert (kept.state, "Git allows no branch of this name" in kept.words) == ("refused", True)


def test_a_damaged_line_of_the_history_is_passed_over_and_gone_with_the_next_run(scene: Scene) -> None:
    first, second = scene.shas()[:2]
    scene.keep(stored(first))
    text = scene.remote.content("history.jsonl")
    scene.remote.put({"history.jsonl": b"{half a li\n" + text})
    assert scene.keep(stored(second)).state == "written"
    assert {line["sha"] for line in scene.remote.history} == {first, second}


def test_a_line_of_a_newer_covgate_stays(scene: Scene) -> None:
    first, second = scene.shas()[:2]
    newer = f'{{"schema":2,"sha":"{first}","something":"new"}}\n'
    scene.remote.put({"history.jsonl": newer})
    scene.keep(stored(second))
    assert [(line["schema"], line["sha"]) for line in scene.remote.history] == [(2, first), (1, second)]


def test_a_damaged_snapshot_is_repaired_by_running_its_commit_again(scene: Scene) -> None:
    sha = scene.shas()[0]
    scene.keep(stored(sha))
    scene.remote.put({f"snapshots/{sha}.json.gz": b"half"})
    assert scene.keep(stored(sha)).state == "written"
    assert gzip.decompress(scene.remote.content(f"snapshots/{sha}.json.gz"))


def test_a_merge_queue_s_snapshot_is_replaced_by_the_default_branch_s_and_never_the_other_way(scene: Scene) -> None:
    sha = scene.shas()[0]
    queued = replace(stored(sha), queued=True)
    assert scene.keep(queued, place=merge_group(sha)).state == "written"
    assert [line["queued"] for line in scene.remote.history] == [True]
    assert scene.keep(stored(sha)).state == "written"
    for late in (queued, replace(queued, snapshot=stored(sha, 4).snapshot)):
        assert scene.keep(late, place=merge_group(sha)).state == "unchanged"
    assert [line["queued"] for line in scene.remote.history] == [False]


FORK = PullRequest(7, "b" * 40, "c" * 40, base_ref="main", fork=True)
SHA = "a" * 40


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), "on GitHub only"),
        (Place("github", "pull_request", default_branch="main", sha=SHA, pull_request=FORK), "default branch only"),
        (pushed(SHA, branch="topic"), "default branch only"),
        (pushed(SHA, branch=""), "default branch only"),
        (Place("github", "workflow_dispatch", default_branch="main", sha=SHA, branch="topic"), "default branch only"),
        (Place("github", "workflow_run", default_branch="main", sha=SHA, branch="main"), "default branch only"),
        (Place("github", "pull_request_target", default_branch="main", sha=SHA, branch="main"), "default branch only"),
        (merge_group(SHA, into="release"), "default branch only"),
        (Place("github", "push", sha=SHA, branch="main"), "does not tell the default branch"),
        (pushed("d" * 40), "another commit was checked out"),
    ],
)
def test_nobody_but_the_default_branch_s_runs_may_store(scene: Scene, place: Place, words: str) -> None:
    kept = scene.keep(stored(SHA), place=place)
    assert (kept.state, words in kept.words) == ("skipped", True)
    assert scene.remote.git("for-each-ref", f"refs/heads/{BRANCH}") == ""


@pytest.mark.parametrize("ending", [Ending.FAILED, Ending.CRASHED, Ending.KILLED, Ending.TIMEOUT, Ending.NO_TESTS])
def test_a_suite_that_did_not_end_well_is_nobody_s_baseline(scene: Scene, ending: Ending) -> None:
    one = stored(scene.shas()[0])
    kept = scene.keep(replace(one, suite=replace(one.suite, ending=ending)))
    assert (kept.state, kept.words) == ("skipped", "The snapshot was not kept: the suite did not end well.")


def test_edits_on_top_of_the_commit_are_nobody_s_baseline(scene: Scene) -> None:
    assert scene.keep(stored(scene.shas()[0], dirty=True)).state == "skipped"


@pytest.mark.parametrize("event", ["push", "schedule", "workflow_dispatch"])
def test_every_event_of_the_default_branch_stores(scene: Scene, event: str) -> None:
    sha = scene.shas()[0]
    assert scene.keep(stored(sha), place=replace(pushed(sha), event=event)).state == "written"


def test_what_was_read_before_is_no_trap_for_what_is_written_after(scene: Scene) -> None:
    """The suite may take an hour, in which others store."""
    first, second = scene.shas()[:2]
    port = scene.branch(pushed(first))
    assert isinstance(port.find(scene.clone.change()), Missing)
    scene.keep(stored(second))
    assert port.keep(stored(first), pages).state == "written"
    assert set(scene.remote.snapshots()) == {first, second}
    assert isinstance(scene.find(base=first), Known)
