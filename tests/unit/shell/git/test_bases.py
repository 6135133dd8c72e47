"""Which commit a change is measured against, and what is said where none can be found."""

from pathlib import Path

import pytest
from tests.unit.shell.git.project import TERMINAL, Project

from covgate.errors import ComparisonError
from covgate.model.diff import Base
from covgate.model.place import Place, PullRequest


def pull_request(base_sha: str, head_sha: str, base_ref: str = "main", event: str = "pull_request") -> Place:
    return Place("github", event, default_branch="main", pull_request=PullRequest(7, base_sha, head_sha, base_ref))


def branched(project: Project, commits: int = 1) -> tuple[str, str, str]:
    """A branch `topic` off main, and main moved on since: the fork's sha, main's tip, and the topic's."""
    fork = project.commit_file("a.py", "x = 1\n")
    project.git("checkout", "--quiet", "-b", "topic")
    for number in range(commits):
        project.commit_file("topic.py", f"x = {number}\n")
    topic = project.git("rev-parse", "HEAD")
    project.git("checkout", "--quiet", "main")
    tip = project.commit_file("main.py")
    project.git("checkout", "--quiet", "topic")
    return fork, tip, topic


def merged(project: Project) -> str:
    """The merge commit that a forge makes for the pull request, checked out as a workflow does."""
    project.git("checkout", "--quiet", "--detach", "main")
    project.git("merge", "--quiet", "--no-ff", "--message", "merge", "topic")
    project.git("update-ref", "refs/pull/7/merge", "HEAD")
    return project.git("rev-parse", "HEAD")


def test_the_base_of_a_branch_is_where_it_left_the_default_branch(project: Project) -> None:
    fork, _, _ = branched(project)
    diff = project.change()
    assert diff.base == Base(fork, "merge base")
    assert [file.path for file in diff.files] == ["topic.py"]


def test_on_the_default_branch_the_change_is_the_working_trees(project: Project) -> None:
    tip = project.commit_file("a.py", "x = 1\n")
    project.write("a.py", "x = 2\n")
    diff = project.change()
    assert (diff.base, diff.head.sha) == (Base(tip, "merge base"), tip)
    assert [file.path for file in diff.files] == ["a.py"]


def test_base_equal_to_head_is_an_empty_change(project: Project) -> None:
    tip = project.commit_file("a.py")
    assert (project.change().base.sha, project.change().files) == (tip, ())


def test_a_given_revision_is_taken_and_said_so(project: Project) -> None:
    first = project.commit_file("a.py")
    project.git("tag", "v1")
    project.commit_file("b.py")
    assert project.change("v1").base == Base(first, "given")
    assert project.change("HEAD^").base == Base(first, "given")


def test_what_happened_on_a_given_branch_since_is_not_the_changes(project: Project) -> None:
    fork, _, _ = branched(project)
    diff = project.change("main")
    assert (diff.base, [file.path for file in diff.files]) == (Base(fork, "given"), ["topic.py"])


def test_the_remotes_default_branch_comes_before_a_stale_local_one(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    clone = Project.clone(project, tmp_path / "clone")
    tip = project.commit_file("b.py")
    clone.git("fetch", "--quiet")
    clone.git("checkout", "--quiet", "-b", "topic", "origin/main")
    clone.commit_file("c.py")
    assert clone.change().base.sha == tip


def test_a_single_branch_of_any_name_is_its_own_default(project: Project) -> None:
    tip = project.commit_file("a.py")
    project.git("branch", "--move", "trunk")
    assert project.change().base.sha == tip


def test_the_repositorys_own_setting_names_the_default_branch(project: Project) -> None:
    tip = project.commit_file("a.py")
    project.git("branch", "--move", "trunk")
    project.git("config", "init.defaultBranch", "trunk")
    project.git("checkout", "--quiet", "-b", "topic")
    project.commit_file("b.py")
    assert project.change().base == Base(tip, "merge base")


def test_a_merge_commits_first_parent_is_the_base(project: Project) -> None:
    fork, tip, topic = branched(project)
    merged(project)
    diff = project.change(place=pull_request(fork, topic))
    assert diff.base == Base(tip, "merge parent")
    assert [file.path for file in diff.files] == ["topic.py"]


def test_a_merge_commit_checked_out_at_depth_1_fetches_its_parent(project: Project, tmp_path: Path) -> None:
    fork, tip, topic = branched(project)
    merge = merged(project)
    clone = Project(tmp_path / "clone")
    clone.git("remote", "add", "origin", f"file://{project.root}")
    clone.git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", f"+{merge}:refs/remotes/pull/7/merge")
    clone.git("checkout", "--quiet", "refs/remotes/pull/7/merge")
    diff = clone.change(place=pull_request(fork, topic))
    assert (diff.base, diff.head.sha) == (Base(tip, "merge parent"), merge)
    assert [file.path for file in diff.files] == ["topic.py"]


def test_a_pull_requests_own_commit_is_compared_from_where_it_left_its_base(project: Project) -> None:
    fork, tip, topic = branched(project)
    assert project.change(place=pull_request(tip, topic)).base == Base(fork, "merge base")


def test_a_merge_of_the_base_into_the_topic_is_no_forges_merge(project: Project) -> None:
    _, tip, _ = branched(project)
    project.git("merge", "--quiet", "--no-ff", "--message", "update", "main")
    topic = project.git("rev-parse", "HEAD")
    assert project.change(place=pull_request(tip, topic)).base == Base(tip, "merge base")


def test_a_merge_queues_commit_is_compared_with_its_first_parent(project: Project) -> None:
    _, tip, _ = branched(project)
    merged(project)
    place = Place("github", "merge_group", default_branch="main")
    assert project.change(place=place).base == Base(tip, "merge parent")


def test_a_merge_on_a_terminal_is_a_commit_like_any_other(project: Project) -> None:
    branched(project)
    tip = merged(project)
    project.git("branch", "--force", "main", tip)
    assert project.change(place=TERMINAL).base == Base(tip, "merge base")


@pytest.mark.parametrize("commits", [1, 60])
def test_a_shallow_clone_is_deepened_until_the_branches_meet(project: Project, tmp_path: Path, commits: int) -> None:
    fork, tip, topic = branched(project, commits)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    diff = clone.change(place=pull_request(tip, topic))
    assert diff.base == Base(fork, "merge base")
    assert [file.path for file in diff.files] == ["topic.py"]


def test_a_shallow_push_fetches_the_default_branch(project: Project, tmp_path: Path) -> None:
    fork, _, _ = branched(project)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    assert clone.change(place=Place("github", "push", default_branch="main")).base == Base(fork, "merge base")


def test_the_remote_is_asked_for_its_default_branch(project: Project, tmp_path: Path) -> None:
    fork, _, _ = branched(project)
    project.git("branch", "--move", "main", "trunk")
    project.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    assert clone.change(place=Place("github", "push")).base == Base(fork, "merge base")


@pytest.mark.parametrize("wanted", ["main", "{tip}"])
def test_a_given_base_that_is_not_here_is_fetched(project: Project, tmp_path: Path, wanted: str) -> None:
    fork, tip, _ = branched(project)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    assert clone.change(wanted.format(tip=tip)).base == Base(fork, "given")


def test_a_complete_clone_is_never_made_shallow(project: Project, tmp_path: Path) -> None:
    clone = Project.clone(project, tmp_path / "clone") if project.commit_file("a.py") else project
    project.git("checkout", "--quiet", "-b", "later")
    project.commit_file("b.py")
    clone.change("later")
    assert clone.git("rev-parse", "--is-shallow-repository") == "false"


def test_a_base_pushed_away_by_force_gives_way_to_its_branch(project: Project, tmp_path: Path) -> None:
    fork, _, topic = branched(project)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    assert clone.change(place=pull_request("e" * 40, topic)).base == Base(fork, "merge base")


def failure(project: Project, base: str = "", place: Place = TERMINAL) -> ComparisonError:
    with pytest.raises(ComparisonError) as raised:
        project.change(base, place)
    return raised.value


def test_a_base_pushed_away_with_its_branch_says_so(project: Project, tmp_path: Path) -> None:
    _, _, topic = branched(project)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    error = failure(clone, place=pull_request("e" * 40, topic, base_ref="gone"))
    assert "pull request's base eeeeeeeeeeee is not in this clone" in str(error)
    assert "pushed away by force" in str(error)
    assert "fetch-depth: 0" in error.hint


def test_an_unknown_base_suggests_the_nearest_names(project: Project) -> None:
    project.commit_file("a.py")
    project.git("branch", "release-1.2")
    error = failure(project, "relase-1.2")
    assert str(error) == "There is no commit `relase-1.2` to compare with."
    assert error.hint.startswith("Did you mean `release-1.2`?")


@pytest.mark.parametrize("wanted", ["--output=x", "HEAD^{tree}", "a..b", ":/a.py"])
def test_a_base_that_is_no_revision_is_an_unknown_base(project: Project, wanted: str) -> None:
    project.commit_file("README")
    assert "There is no commit" in str(failure(project, wanted))


def test_an_empty_repository_says_so(project: Project) -> None:
    assert "has no commit yet" in str(failure(project))


def test_unrelated_histories_say_so(project: Project) -> None:
    project.commit_file("a.py")
    project.git("checkout", "--quiet", "--orphan", "other")
    project.commit_file("b.py")
    assert "have no common history" in str(failure(project))


def test_a_shallow_clone_without_its_remote_says_what_is_missing(project: Project, tmp_path: Path) -> None:
    _, tip, topic = branched(project)
    clone = Project.clone(project, tmp_path / "clone", "--depth=1", "--branch=topic")
    clone.git("fetch", "--quiet", "--depth=1", "origin", "main")
    clone.git("remote", "set-url", "origin", str(tmp_path / "gone"))
    error = failure(clone, place=pull_request(tip, topic))
    assert f"the history between the base branch ({tip[:12]}) and the head ({topic[:12]})" in str(error)
    assert "fetch-depth: 0" in error.hint


def test_a_merge_parent_that_cannot_be_fetched_says_so(project: Project, tmp_path: Path) -> None:
    fork, tip, topic = branched(project)
    merged(project)
    clone = Project(tmp_path / "clone")
    clone.git("fetch", "--quiet", "--depth=1", f"file://{project.root}", "refs/pull/7/merge")
    clone.git("checkout", "--quiet", "FETCH_HEAD")
    error = failure(clone, place=pull_request(fork, topic))
    assert f"The merge commit's first parent, {tip[:12]}, is not in this clone" in str(error)
    assert "fetch-depth: 0" in error.hint


def test_several_branches_and_no_default_ask_for_a_base(project: Project) -> None:
    project.commit_file("a.py")
    project.git("branch", "--move", "trunk")
    project.git("branch", "other")
    assert "--base" in failure(project).hint
