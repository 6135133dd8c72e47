"""What changed since a commit that is not the change's base, and what commits came before one."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.unit.shell.git.project import RUNNER, Project

from covgate.errors import ComparisonError
from covgate.model.diff import ChangeKind
from covgate.shell.git.history import commits_in, time_in


def test_what_changed_since_a_commit_holds_what_is_on_disk_too(project: Project) -> None:
    first = project.commit_file("a.py", "x = 1\ny = 2\n")
    project.commit_file("b.py")
    project.write("a.py", "x = 1\ny = 3\n")
    project.write("c.py")
    changes = {change.path: (change.kind, list(change.added)) for change in project.repository().changes_since(first)}
    assert changes == {
        "a.py": (ChangeKind.MODIFIED, [2]),
        "b.py": (ChangeKind.ADDED, [1]),
        "c.py": (ChangeKind.ADDED, [1]),
    }


def test_a_commit_that_a_shallow_clone_has_not_got_is_fetched(project: Project, tmp_path: Path) -> None:
    first = project.commit_file("a.py", "x = 1\n")
    project.commit_file("a.py", "x = 2\n")
    project.commit_file("a.py", "x = 3\n")
    clone = Project.clone(project, tmp_path / "clone", "--depth=1")
    (change,) = clone.repository(RUNNER).changes_since(first)
    assert (change.path, list(change.added)) == ("a.py", [1])


def test_a_commit_that_nobody_has_is_told(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    clone = Project.clone(project, tmp_path / "clone", "--depth=1")
    with pytest.raises(ComparisonError, match="ffffffffffff could not be fetched"):
        clone.repository(RUNNER).changes_since("f" * 40)


def test_commits_before_one_are_told_with_their_parents_also_where_a_shallow_clone_ends(
    project: Project, tmp_path: Path
) -> None:
    shas = [project.commit_file("a.py", f"x = {number}\n") for number in range(4)]
    whole = {sha: tuple(shas[number - 1 : number]) for number, sha in enumerate(shas) if number}
    assert project.repository().commits_before(shas[3], 10) == {**whole, shas[0]: ()}
    assert set(project.repository().commits_before(shas[3], 2)) == set(shas[2:])
    clone = Project.clone(project, tmp_path / "clone", "--depth=2")
    assert clone.repository().commits_before(shas[3], 10) == {shas[3]: (shas[2],), shas[2]: (shas[1],)}


def test_before_an_unknown_commit_there_is_nothing(project: Project) -> None:
    project.commit_file("a.py")
    assert project.repository().commits_before("f" * 40, 10) == {}


def test_what_git_has_not_got_is_passed_over_among_commits() -> None:
    text = b"tree 12\nparent ab\nparent cd\nauthor A\n\nparent no\n"
    batch = b"%s missing\n%s commit %d\n%s\n%s tree 3\nabc\n" % (b"f" * 40, b"a" * 40, len(text), text, b"b" * 40)
    assert commits_in(batch) == {"a" * 40: ("ab", "cd")}


def test_the_head_tells_its_parents_and_its_time(project: Project) -> None:
    first = project.commit_file("a.py")
    project.commit_file("b.py")
    head = project.change(first).head
    assert head.parents == (first,)
    assert head.time is not None
    assert head.time.isoformat() == project.git("log", "-1", "--format=%cI").replace("Z", "+00:00")


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("committer A <a> 1767225600 +0000", datetime(2026, 1, 1, tzinfo=UTC)),
        ("committer A <a> 1767225600 -0330", datetime(2025, 12, 31, 20, 30, tzinfo=timezone(-timedelta(minutes=210)))),
        ("committer > 5 <a> 1767225600 +0545", datetime(2026, 1, 1, 5, 45, tzinfo=timezone(timedelta(minutes=345)))),
        ("committer A <a> 99999999999999999 +0000", None),
        ("committer A <a> 1767225600 +9900", None),
        ("committer A <a> soon", None),
        ("committer A <a> 1 ", None),
        ("author A <a> 1767225600 +0000", None),
    ],
)
def test_a_commit_s_time_is_its_committer_s_where_a_calendar_has_it(line: str, time: datetime | None) -> None:
    told = time_in(f"tree 12\n{line}\n\ncommitter X <x> 1 +0000\n".encode())
    assert (told, told and told.utcoffset()) == (time, time and time.utcoffset())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://github.example/acme/shop", "https://github.example/acme/shop"),
        ("git@github.example:acme/shop.git", "git@github.example:acme/shop.git"),
        ("/srv/git/shop.git", "/srv/git/shop.git"),
    ],
)
def test_the_remote_is_told_as_it_was_given(project: Project, given: str, told: str) -> None:
    project.git("remote", "add", "origin", given)
    assert project.repository().remote_url() == told


def test_a_path_is_told_from_the_root_and_no_remote_is_none(project: Project) -> None:
    assert project.repository().remote_url() == ""
    project.git("remote", "add", "origin", "../shop.git")
    assert project.repository().remote_url() == f"{project.root}/../shop.git"
