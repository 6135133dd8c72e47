"""Which snapshot a base is given, and what is said where it has none."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.shell.data_branch.stores import BRANCH, PASSED, REF, Scene, Waits, lines, merge_group, snapshot, stored
from tests.unit.shell.git.project import Project

from covgate.model.comparison import Known, Missing
from covgate.model.diff import ChangeKind
from covgate.shell.data_branch import DataBranch, Remote


def known(baseline: object) -> Known:
    """The snapshot that was found."""
    assert isinstance(baseline, Known), baseline
    return baseline


def missing(baseline: object) -> str:
    """Why none was found."""
    assert isinstance(baseline, Missing), baseline
    return baseline.reason


def objects(port: DataBranch) -> dict[str, str]:
    """All that was fetched: kinds by names. To ask for one object would fetch it."""
    listed = port.bare._git.ask("cat-file", "--batch-check", "--batch-all-objects").decode().splitlines()
    return {name: kind for name, kind, _ in (line.split() for line in listed)}


def test_the_base_s_own_snapshot_is_found_with_all_that_belongs_to_it(scene: Scene) -> None:
    sha = scene.shas()[0]
    scene.keep(stored(sha, 3))
    found = known(scene.find())
    assert found == Known(snapshot(3), sha, "data branch", 0, None, PASSED, "0.1.0")


def test_the_nearest_ancestor_is_found_with_what_changed_since(scene: Scene) -> None:
    shas = scene.shas()
    lines(scene, (shas[4], shas[3]))
    scene.clone.write("a.py", "x = 99\n")
    found = known(scene.find())
    assert (found.sha, found.behind) == (shas[3], 3)
    (change,) = found.since or ()
    assert (change.path, change.kind, list(change.added)) == ("a.py", ChangeKind.MODIFIED, [1])


def test_no_branch_is_told_with_what_makes_it(scene: Scene) -> None:
    assert missing(scene.find()) == (f"there is no branch `{BRANCH}` yet: the first run on the default branch makes it")


def test_no_snapshot_of_the_base_s_history_is_told(scene: Scene) -> None:
    scene.keep(stored("f" * 40))
    assert "nor of any of the 250 commits before it" in missing(scene.find())


def test_a_snapshot_of_a_later_commit_is_nobody_s_base(scene: Scene) -> None:
    newest, older = scene.shas()[:2]
    scene.keep(stored(newest))
    assert f"no snapshot of {older[:7]}" in missing(scene.find(base=older))


def test_a_remote_that_cannot_be_reached_is_told_with_git_s_words(scene: Scene) -> None:
    reason = missing(scene.find(remote=Remote(f"file://{scene.folder}/gone")))
    assert reason.startswith(f"`{BRANCH}` cannot be read: ")
    assert "gone" in reason


def test_a_transport_that_runs_a_command_is_refused(scene: Scene, tmp_path: Path) -> None:
    reason = missing(scene.find(remote=Remote(f"ext::sh -c touch% {tmp_path}/ran")))
    assert "transport 'ext' not allowed" in reason
    assert not (tmp_path / "ran").exists()


def test_a_corrupt_snapshot_is_passed_over_for_the_next_nearest_and_told(scene: Scene) -> None:
    newest, older = scene.shas()[:2]
    lines(scene, (older, newest))
    scene.remote.put({f"snapshots/{newest}.json.gz": b"not what it was"})
    found = known(scene.find())
    assert (found.sha, found.behind) == (older, 1)
    (remark,) = found.remarks
    assert remark.startswith(f"The snapshot of `{newest[:7]}` was passed over: the stored snapshot is damaged")


def test_a_newer_schema_is_a_reason(scene: Scene) -> None:
    sha = scene.shas()[0]
    scene.keep(stored(sha))
    text = scene.remote.snapshots()[sha] | {"covgate_snapshot": 2}
    scene.remote.put_snapshot(sha, text)
    assert "was written by a newer covgate: its schema is 2" in missing(scene.find())


def test_a_snapshot_under_another_commit_s_name_is_passed_over(scene: Scene) -> None:
    newest, older = scene.shas()[:2]
    scene.keep(stored(older))
    scene.remote.put({f"snapshots/{newest}.json.gz": scene.remote.content(f"snapshots/{older}.json.gz")})
    found = known(scene.find())
    assert (found.sha, "is of something else" in found.remarks[0]) == (older, True)


def test_a_branch_without_a_readable_history_still_has_its_snapshots(scene: Scene) -> None:
    older = scene.shas()[1]
    scene.keep(stored(older))
    scene.remote.put({"history.jsonl": b"\xff\xfe not a line\n"})
    assert (known(scene.find()).sha, scene.branch().history()) == (older, ())


@pytest.mark.parametrize("depth", [1, 2])
def test_a_shallow_clone_asks_the_remote_for_the_commits_between(scene: Scene, depth: int) -> None:
    shas = scene.shas()
    scene.keep(stored(shas[3]))
    clone = Project.clone(scene.remote, scene.folder / "shallow", f"--depth={depth}", "--branch=main")
    found = known(scene.find(clone))
    assert (found.sha, found.behind) == (shas[3], 3)
    assert [change.path for change in found.since or ()] == ["a.py"]


def test_a_shallow_clone_needs_no_commits_where_the_history_knows_the_parents(scene: Scene) -> None:
    shas = scene.shas()
    scene.keep(stored(shas[2]))
    for newer in (1, 0):
        scene.keep(stored(shas[newer], parents=(shas[newer + 1],), minute=9 - newer))
        scene.remote.drop(f"snapshots/{shas[newer]}.json.gz")
    clone = Project.clone(scene.remote, scene.folder / "shallow", "--depth=1", "--branch=main")
    port = scene.branch(clone=clone)
    assert known(port.find(clone.change())).behind == 2
    assert shas[1] not in objects(port)


def test_commits_behind_are_counted_through_merges_as_git_counts_them(scene: Scene) -> None:
    first = scene.shas()[0]
    scene.keep(stored(first))
    clone = scene.clone
    clone.git("checkout", "--quiet", "-b", "topic")
    for number in range(3):
        clone.commit_file("b.py", f"y = {number}\n")
    clone.git("checkout", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-ff", "--message", "Merge", "topic")
    clone.git("push", "--quiet", "origin", "main")
    assert known(scene.find()).behind == 4
    shallow = Project.clone(scene.remote, scene.folder / "shallow", "--depth=1", "--branch=main")
    assert known(scene.find(shallow)).behind == 4


def test_more_than_250_commits_behind_is_too_far(tmp_path: Path) -> None:
    scene = Scene.made(tmp_path, commits=1)
    first = scene.shas()[0]
    tree = scene.clone.git("rev-parse", "HEAD^{tree}")
    for _ in range(251):
        scene.clone.git("update-ref", "HEAD", scene.clone.git("commit-tree", tree, "-p", "HEAD", "-m", "one more"))
    scene.clone.git("push", "--quiet", "origin", "main")
    scene.keep(stored(first))
    assert "250 commits" in missing(scene.find())
    assert known(scene.find(base="main^")).behind == 250


def test_a_base_that_was_pushed_away_by_force_has_its_ancestors(scene: Scene) -> None:
    shas = scene.shas()
    scene.keep(stored(shas[1]))
    scene.clone.git("push", "--quiet", "--force", "origin", f"{shas[1]}:refs/heads/main")
    assert (known(scene.find(base=shas[0])).sha, known(scene.find(base=shas[0])).behind) == (shas[1], 1)


def test_a_base_on_another_branch_has_the_ancestors_that_it_shares(scene: Scene) -> None:
    shas = scene.shas()
    lines(scene, (shas[2], shas[0]))
    scene.clone.git("checkout", "--quiet", "-b", "release", shas[1])
    release = scene.clone.commit_file("b.py")
    assert (known(scene.find(base=release)).sha, known(scene.find(base=release)).behind) == (shas[2], 2)


def test_a_merge_queue_s_snapshot_serves_once_its_commit_is_on_the_branch(scene: Scene) -> None:
    sha = scene.shas()[0]
    scene.keep(replace(stored(sha), queued=True), place=merge_group(sha))
    assert known(scene.find()).sha == sha


def test_an_ancestor_that_cannot_be_had_is_told(scene: Scene) -> None:
    shas = scene.shas()
    scene.keep(stored(shas[1], parents=()))
    clone = Project.clone(scene.remote, scene.folder / "shallow", "--depth=1", "--branch=main")
    clone.git("remote", "set-url", "origin", f"file://{scene.folder}/gone")
    reason = missing(scene.find(clone))
    words = f"is of a commit that is not here: The commit {shas[1][:12]} could not be fetched: "
    assert reason.startswith(f"the nearest snapshot on `{BRANCH}` {words}")


def test_the_history_is_that_of_before_the_suite_in_its_order(scene: Scene) -> None:
    shas = scene.shas()
    lines(scene, shas[::-1])
    port = scene.branch()
    port.find(scene.clone.change())
    scene.keep(stored("f" * 40, minute=99))
    assert [line.sha for line in port.history()] == shas[::-1]
    assert [line.line.covered for line in port.history()] == [0, 1, 2, 3, 0]


def test_nothing_of_the_branch_is_fetched_but_what_is_read(scene: Scene) -> None:
    shas = scene.shas()
    lines(scene, shas[::-1])
    port = scene.branch()
    known(port.find(scene.clone.change()))
    blobs = [name for name, kind in objects(port).items() if kind == "blob"]
    wanted = [f"{REF}:history.jsonl", f"{REF}:snapshots/{shas[0]}.json.gz"]
    assert sorted(blobs) == sorted(scene.remote.git("rev-parse", *wanted).split())


def test_a_server_that_leaves_nothing_out_serves_as_well(scene: Scene) -> None:
    scene.remote.git("config", "uploadpack.allowFilter", "false")
    shas = scene.shas()
    scene.keep(stored(shas[2]))
    clone = Project.clone(scene.remote, scene.folder / "shallow", "--depth=1", "--branch=main")
    assert known(scene.find(clone)).behind == 2
    assert scene.keep(stored(shas[0])).state == "written"
    assert set(scene.remote.snapshots()) == {shas[0], shas[2]}


def test_people_are_told_before_the_remote_is_asked(scene: Scene) -> None:
    told: list[str] = []
    port = scene.branch(remote=Remote(f"file://{scene.folder}/gone"))
    port.progress = told.append
    port.find(scene.clone.change())
    assert told == ["Looking for a snapshot of the base"]


def test_the_time_is_up_when_it_is_up(scene: Scene) -> None:
    scene.keep(stored(scene.shas()[0]))
    reason = missing(scene.find(patience=Waits().patience(seconds=0)))
    assert reason == f"`{BRANCH}` cannot be read: it took longer than 0 seconds"
