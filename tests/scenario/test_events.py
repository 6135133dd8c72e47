"""Every event that starts a run: which pull request it is for, and which commit its change is measured against."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import Fault
from tests.scenario.events import (
    NAME,
    NUMBER,
    Checkout,
    Forge,
    double,
    merge_group_event,
    new_forge,
    payload,
    pull_request_event,
    push_event,
)

from covgate.errors import ComparisonError
from covgate.model.place import PullRequest
from covgate.shell.forge.place import refusal

TOPIC = ["topic.py"]
DEPTHS = [0, 1, 2]
each_depth = pytest.mark.parametrize("depth", DEPTHS)


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


@pytest.fixture
def forge(tmp_path: Path, github: GitHub) -> Forge:
    return new_forge(tmp_path, github)


def opened(forge: Forge, folder: Path, sha: str = "", name: str = "pull_request.synchronize") -> Checkout:
    """A pull request's run; the merge commit is checked out unless a `sha` is."""
    ref = f"refs/pull/{NUMBER}/merge"
    return Checkout(forge, folder, "pull_request", pull_request_event(forge, name), sha or forge.merge, ref)


@each_depth
@pytest.mark.parametrize(
    "name",
    ["pull_request.opened", "pull_request.synchronize", "pull_request.converted_to_draft", "pull_request.closed"],
)
def test_a_merge_ref_is_compared_with_what_it_was_merged_into(
    forge: Forge, tmp_path: Path, depth: int, name: str
) -> None:
    run = opened(forge, tmp_path, name=name).fetch(depth)
    assert run.compared() == (forge.main, "merge parent", TOPIC)
    assert run.place.pull_request == PullRequest(NUMBER, forge.main, forge.topic, base_ref="main")
    assert forge.github.sent() == [], "git alone knows"


@each_depth
def test_a_head_ref_is_compared_from_where_it_left_its_base(forge: Forge, tmp_path: Path, depth: int) -> None:
    forge.knows(forge.main, forge.topic, forge.fork)
    run = opened(forge, tmp_path, forge.topic).fetch(depth, forge.topic)
    assert run.compared() == (forge.fork, "merge base", TOPIC)
    asked = f"GET /repos/{NAME}/compare/{forge.main}...{forge.topic}"
    assert forge.github.sent() == ([asked] if depth else []), "GitHub is asked only where the clone cannot say"


def commits(run: Checkout) -> int:
    return len(run.project.git("rev-list", "--all").split())


def test_a_merge_base_that_github_knows_saves_the_history(tmp_path: Path, github: GitHub) -> None:
    forge = new_forge(tmp_path, github)
    forge.knows(forge.main, forge.topic, forge.fork)
    run = opened(forge, tmp_path, forge.topic).fetch(1, forge.topic)
    assert run.compared()[0] == forge.fork
    assert commits(run) == 1, "the base is an object, and no history came with it"


@pytest.mark.parametrize("answer", ["refused", "nonsense", "unknown commit", "no token"])
def test_where_github_cannot_say_history_is_fetched(forge: Forge, tmp_path: Path, answer: str) -> None:
    if answer == "refused":
        forge.github.state.faults.append(Fault("status", "GET", "/compare/", status=403, times=0))
    elif answer == "no token":
        forge.github.state.tokens.clear()
    else:
        forge.knows(forge.main, forge.topic, "e" * 40 if answer == "unknown commit" else "--upload-pack=x")
    run = opened(forge, tmp_path, forge.topic).fetch(1, forge.topic)
    assert run.compared() == (forge.fork, "merge base", TOPIC)


def test_a_head_of_one_commit_on_an_unmoved_base_needs_no_question(tmp_path: Path, github: GitHub) -> None:
    forge = new_forge(tmp_path, github)
    forge.remote.git("checkout", "--quiet", "-B", "topic", "main")
    forge.topic = forge.remote.commit_file("topic.py")
    run = opened(forge, tmp_path, forge.topic).fetch(1, forge.topic)
    assert run.compared() == (forge.main, "merge base", TOPIC)
    assert forge.github.sent() == []


@each_depth
def test_a_base_that_moved_after_the_event_is_the_one_in_the_merge(forge: Forge, tmp_path: Path, depth: int) -> None:
    event = pull_request_event(forge)
    old = forge.main
    forge.move_main("even_later.py")
    run = Checkout(forge, tmp_path, "pull_request", event, forge.merge).fetch(depth)
    assert run.compared() == (forge.main, "merge parent", TOPIC)
    assert run.place.pull_request == PullRequest(NUMBER, old, forge.topic, base_ref="main")


@pytest.mark.parametrize("depth", [1, 2])
def test_a_base_that_was_pushed_away_gives_way_to_its_branch(forge: Forge, tmp_path: Path, depth: int) -> None:
    event = pull_request_event(forge)
    event["pull_request"]["base"]["sha"] = "e" * 40
    run = Checkout(forge, tmp_path, "pull_request", event, forge.topic).fetch(depth, forge.topic)
    assert run.compared() == (forge.fork, "merge base", TOPIC)


def test_a_rerun_measures_the_same_commits(forge: Forge, tmp_path: Path) -> None:
    run = opened(forge, tmp_path)
    forge.move_main("even_later.py")
    run.more["GITHUB_RUN_ATTEMPT"] = "2"
    parent = forge.remote.git("rev-parse", f"{run.sha}^1")
    assert run.fetch(1).compared() == (parent, "merge parent", TOPIC)


@pytest.mark.parametrize("where", ["another branch", "a commit on top", "a merge of an older head", "the base"])
def test_a_tree_that_is_not_the_pull_requests_is_refused(forge: Forge, tmp_path: Path, where: str) -> None:
    event = pull_request_event(forge)
    sha = forge.fork if where == "another branch" else forge.main if where == "the base" else forge.merge
    if where == "a merge of an older head":
        event["pull_request"]["head"]["sha"] = "d" * 40
    run = Checkout(forge, tmp_path, "pull_request", event, sha).fetch(0)
    if where == "a commit on top":
        run.project.commit_file("generated.py")
    with pytest.raises(
        ComparisonError, match=r"is neither the head of pull request 2 \(.*\) nor a merge of it"
    ) as told:
        run.change()
    assert "actions/checkout" in told.value.hint


def test_with_a_base_of_ones_own_any_tree_is_compared(forge: Forge, tmp_path: Path) -> None:
    run = opened(forge, tmp_path).fetch(0)
    run.project.commit_file("generated.py")
    files = run.project.repository(run.place).change(forge.main).files
    assert [file.path for file in files] == ["generated.py", *TOPIC]


def queued(forge: Forge, how: str) -> str:
    """What a merge queue checks: a merge, one squashed commit, or the commits moved on top."""
    if how == "merge":
        return forge.merged()
    forge.remote.git("checkout", "--quiet", "--detach", "main" if how == "squash" else "topic")
    if how == "squash":
        forge.remote.git("merge", "--quiet", "--squash", "topic")
        return forge.remote.commit("topic")
    forge.remote.git("rebase", "--quiet", "main")
    return forge.remote.git("rev-parse", "HEAD")


@each_depth
@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_a_merge_queues_commit_is_compared_with_what_it_is_built_upon(
    forge: Forge, tmp_path: Path, depth: int, how: str
) -> None:
    sha = queued(forge, how)
    forge.remote.git("update-ref", "refs/heads/gh-readonly-queue/main/pr-104", sha)
    forge.knows(forge.main, sha, forge.main)
    run = Checkout(forge, tmp_path, "merge_group", merge_group_event(forge, sha), sha).fetch(depth)
    assert run.compared() == (forge.main, "merge base", TOPIC)
    assert run.place.pull_request == PullRequest(104, forge.main, sha, base_ref="main")
    assert len(forge.github.sent()) == (how == "rebase" and depth > 0)


def pushed(forge: Forge, folder: Path, sha: str, branch: str = "topic", **event: str) -> Checkout:
    return Checkout(forge, folder, "push", push_event(sha, branch, **event), sha, f"refs/heads/{branch}")


@each_depth
def test_a_push_finds_its_pull_request(forge: Forge, tmp_path: Path, depth: int) -> None:
    forge.pull()
    forge.knows(forge.main, forge.topic, forge.fork)
    run = pushed(forge, tmp_path, forge.topic).fetch(depth)
    assert run.place.pull_request == PullRequest(NUMBER, forge.main, forge.topic, base_ref="main")
    assert forge.github.sent() == [f"GET /repos/{NAME}/commits/{forge.topic}/pulls"]
    assert run.compared() == (forge.fork, "merge base", TOPIC)


def test_a_push_is_compared_with_the_branch_that_its_pull_request_goes_into(forge: Forge, tmp_path: Path) -> None:
    forge.remote.git("checkout", "--quiet", "-b", "release", "topic~1")
    release = forge.remote.git("rev-parse", "HEAD")
    forge.pull(base_ref="release", base_sha=release)
    run = pushed(forge, tmp_path, forge.topic).fetch(1)
    assert run.compared() == (release, "merge base", TOPIC)


@pytest.mark.parametrize("not_ours", ["closed", "of an older commit", "of another repository", "none"])
def test_a_push_without_an_open_pull_request_has_no_comment(forge: Forge, tmp_path: Path, not_ours: str) -> None:
    if not_ours != "none":
        known = forge.pull()
        known.state = "closed" if not_ours == "closed" else "open"
    if not_ours == "of an older commit":
        forge.pull(head_sha=forge.fork)
    run = pushed(forge, tmp_path, forge.topic)
    if not_ours == "of another repository":
        run.more["GITHUB_REPOSITORY"] = "Codertocat/Other"
        forge.github.state.repositories["Codertocat/Other"] = forge.repository
    run.fetch(1)
    assert (run.place.pull_request, run.place.note) == (None, "")
    assert run.compared() == (forge.fork, "merge base", TOPIC)


def test_of_two_pull_requests_the_one_into_the_default_branch_is_commented(forge: Forge, tmp_path: Path) -> None:
    forge.pull(1, base_ref="release")
    forge.pull(3)
    found = pushed(forge, tmp_path, forge.topic).place.pull_request
    assert found is not None
    assert found.number == 3


def test_a_first_push_to_a_branch_is_compared_from_where_it_left_the_default_branch(
    forge: Forge, tmp_path: Path
) -> None:
    assert pushed(forge, tmp_path, forge.topic).fetch(1).compared() == (forge.fork, "merge base", TOPIC)


@each_depth
def test_a_push_to_the_default_branch_is_nobodys_pull_request(forge: Forge, tmp_path: Path, depth: int) -> None:
    forge.pull(head_sha=forge.main)
    run = pushed(forge, tmp_path, forge.main, "main", before=forge.fork).fetch(depth)
    assert run.place.pull_request is None
    assert run.compared() == (forge.main, "merge base", [])
    assert forge.github.sent() == []


def test_a_push_whose_pull_request_cannot_be_asked_for_says_so(forge: Forge, tmp_path: Path) -> None:
    forge.pull()
    forge.github.state.faults.append(Fault("status", "GET", "/pulls", status=403, times=0))
    run = pushed(forge, tmp_path, forge.topic).fetch(0)
    assert run.place.pull_request is None
    assert "could not be asked for this push's pull request" in run.place.note
    assert run.compared() == (forge.fork, "merge base", TOPIC)


@each_depth
@pytest.mark.parametrize(("event", "sample"), [("schedule", "schedule"), ("workflow_dispatch", "workflow_dispatch")])
def test_a_run_of_the_default_branch_has_an_empty_change(
    forge: Forge, tmp_path: Path, depth: int, event: str, sample: str
) -> None:
    content = payload(sample)
    content["repository"]["default_branch"] = "main"
    run = Checkout(forge, tmp_path, event, content, forge.main, "refs/heads/main").fetch(depth)
    assert (run.place.pull_request, run.place.note) == (None, "")
    assert run.compared() == (forge.main, "merge base", [])


def test_a_run_by_hand_of_a_branch_is_compared_from_where_it_left_the_default_branch(
    forge: Forge, tmp_path: Path
) -> None:
    content = payload("workflow_dispatch")
    content["repository"]["default_branch"] = "main"
    run = Checkout(forge, tmp_path, "workflow_dispatch", content, forge.topic).fetch(1)
    assert (run.place.pull_request, run.compared()) == (None, (forge.fork, "merge base", TOPIC))


def test_a_tag_is_compared_from_where_it_left_the_default_branch(forge: Forge, tmp_path: Path) -> None:
    content = payload("push.tag_created")
    content["repository"]["default_branch"] = "main"
    run = Checkout(forge, tmp_path, "push", content, forge.topic, "refs/tags/v1").fetch(1)
    assert (run.place.pull_request, forge.github.sent()) == (None, [])
    assert run.compared() == (forge.fork, "merge base", TOPIC)


@pytest.mark.parametrize(
    ("event", "sample"),
    [("pull_request_target", "pull_request.opened"), ("workflow_run", "workflow_run.completed")],
)
def test_a_suite_is_refused_beside_secrets(forge: Forge, tmp_path: Path, event: str, sample: str) -> None:
    reason = refusal(Checkout(forge, tmp_path, event, payload(sample), forge.main).place)
    assert f"not run on `{event}`" in reason
    assert "`mode: publish`" in reason
