"""How often files changed, in real repositories."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.unit.shell.git.project import TERMINAL, Project

from covgate.model.activity import FileActivity
from covgate.shell.git import GitRepository

HEAD_DAY = datetime(2021, 6, 30, 12, tzinfo=UTC)  # long ago: days are counted from the head, not from today


class Dated(Project):
    """A repository whose commits are made so many days before the head, by whom it is told."""

    days_ago = 0
    author = "a@example.org"

    @property
    def environment(self) -> dict[str, str]:
        when = (HEAD_DAY - timedelta(days=self.days_ago)).isoformat()
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        return {**super().environment, **dates, "GIT_AUTHOR_EMAIL": self.author}

    def change_file(self, path: str, days_ago: int, author: str = "a@example.org") -> None:
        self.days_ago, self.author = days_ago, author
        file = self.root / path
        self.commit_file(path, (file.read_text(encoding="utf-8") if file.exists() else "") + f"x = {days_ago}\n" * 3)


@pytest.fixture
def dated(tmp_path: Path) -> Dated:
    return Dated(tmp_path / "project")


def test_commits_are_counted_back_from_the_heads_own_date(dated: Dated) -> None:
    for days_ago in (500, 364, 91, 89, 0):
        dated.change_file("a.py", days_ago)
    activity = dated.repository().activity()
    assert activity.unknown == ""
    assert activity.until == date(2021, 6, 30)
    assert activity.files == {"a.py": FileActivity(commits_90=2, commits_365=4, authors=1, last=date(2021, 6, 30))}


def test_people_are_told_apart_as_the_mailmap_says(dated: Dated) -> None:
    dated.write(".mailmap", "Ann <ann@example.org> <ann@old.example.org>\n")
    for days_ago, author in (
        (3, "ann@old.example.org"),
        (2, "ann@example.org"),
        (1, "ANN@example.org"),
        (0, "bob@b.org"),
    ):
        dated.change_file("a.py", days_ago, author)
    assert dated.repository().activity().files["a.py"].authors == 2


def test_a_renamed_file_keeps_its_history_under_its_new_name(dated: Dated) -> None:
    dated.change_file("old name.py", 20)
    dated.change_file("old name.py", 10)
    dated.git("mv", "old name.py", "middle.py")
    dated.change_file("b.py", 5)
    dated.git("mv", "middle.py", "new\nname.py")
    dated.change_file("b.py", 0)
    files = dated.repository().activity().files
    assert set(files) == {"new\nname.py", "b.py"}
    assert files["new\nname.py"].commits_365 == 4


def test_a_new_file_under_an_old_name_does_not_take_over_what_moved_away(dated: Dated) -> None:
    dated.change_file("a.py", 20)
    dated.git("mv", "a.py", "b.py")
    dated.commit("moved")
    dated.change_file("a.py", 0)
    files = dated.repository().activity().files
    assert (files["a.py"].commits_365, files["b.py"].commits_365) == (1, 2)


def test_merges_are_nobodys_change(dated: Dated) -> None:
    dated.change_file("a.py", 9)
    dated.git("checkout", "--quiet", "-b", "topic")
    dated.change_file("b.py", 8)
    dated.git("checkout", "--quiet", "main")
    dated.change_file("a.py", 7)
    dated.git("merge", "--quiet", "--no-ff", "--message", "merged", "topic")
    files = dated.repository().activity().files
    assert {path: one.commits_365 for path, one in files.items()} == {"a.py": 2, "b.py": 1}


def test_a_clone_that_ends_within_the_year_is_noticed(dated: Dated, tmp_path: Path) -> None:
    for days_ago in (30, 20, 10):
        dated.change_file("a.py", days_ago)
    shallow = Project.clone(dated, tmp_path / "shallow", "--depth=2")
    activity = shallow.repository().activity()
    assert not activity.files
    assert "shallow" in activity.unknown
    assert "fetch-depth: 0" in activity.unknown


def test_nobody_makes_a_clone_look_cut_off_by_the_name_of_an_author_or_a_branch(dated: Dated) -> None:
    dated.change_file("a.py", 1, author="ann@\x02grafted")
    dated.change_file("a.py", 0)
    dated.git("branch", "grafted-roses")
    activity = dated.repository().activity()
    assert (activity.unknown, activity.files["a.py"].authors) == ("", 2)


def test_a_clone_that_ends_before_the_year_is_whole_for_this(dated: Dated, tmp_path: Path) -> None:
    for days_ago in (900, 800, 10):
        dated.change_file("a.py", days_ago)
    shallow = Project.clone(dated, tmp_path / "shallow", "--depth=2")
    activity = shallow.repository().activity()
    assert activity.unknown == ""
    assert activity.files["a.py"].commits_365 == 1


def test_names_that_look_like_git_s_own_output_are_names(dated: Dated) -> None:
    names = ["\x01 1 \x02.py", "M\t.py", "R100.py", "\n.py"]
    for name in names:
        dated.write(name)
    dated.change_file("plain.py", 0)
    assert set(dated.repository().activity().files) == {*names, "plain.py"}


def test_history_is_read_in_one_call_of_git_log(dated: Dated, tmp_path: Path) -> None:
    for days_ago in range(20, 0, -1):
        dated.change_file(f"module_{days_ago % 7}.py", days_ago)
    calls = counted_git(tmp_path / "bin", dated.environment["PATH"])
    repository = GitRepository(
        dated.root, {**dated.environment, "PATH": f"{tmp_path / 'bin'}:{dated.environment['PATH']}"}, TERMINAL
    )
    assert len(repository.activity().files) == 7
    assert [line for line in calls.read_text(encoding="utf-8").splitlines() if " log " in line] != []
    assert sum(" log " in line for line in calls.read_text(encoding="utf-8").splitlines()) == 1
    assert len(calls.read_text(encoding="utf-8").splitlines()) == 2  # the head's date, and the log


def counted_git(directory: Path, path: str) -> Path:
    """A git that writes down each call in front of the real one; returns where."""
    real = next(folder for folder in path.split(os.pathsep) if (Path(folder) / "git").exists())
    directory.mkdir()
    calls = directory / "calls"
    wrapper = directory / "git"
    wrapper.write_text(f'#!/bin/sh\necho "git $*" >> "{calls}"\nexec "{real}/git" "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    return calls


def test_a_repository_that_cannot_be_read_is_told_and_is_no_error(tmp_path: Path) -> None:
    empty = Project(tmp_path / "empty")
    assert "not known" in empty.repository().activity().unknown
