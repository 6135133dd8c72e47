"""Files at a commit and on disk."""

from pathlib import Path

import pytest
from tests.unit.shell.git.project import Project

from covgate.errors import ComparisonError
from covgate.ports import Repository
from covgate.shell.git import find_root


def test_the_root_is_found_from_any_directory_of_the_tree(project: Project) -> None:
    project.commit_file("src/pkg/a.py")
    assert find_root(project.root / "src" / "pkg", project.environment) == project.root


def test_a_root_with_an_odd_name_is_found(tmp_path: Path) -> None:
    odd = Project(tmp_path / "odd\nname ")
    assert find_root(odd.root, odd.environment) == odd.root


def test_a_directory_outside_any_repository_is_told_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="not a Git repository") as raised:
        find_root(tmp_path, {"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert "--repo" in raised.value.hint


def test_a_bare_repository_has_no_tree_to_measure(tmp_path: Path) -> None:
    bare = Project(tmp_path / "bare", bare=True)
    with pytest.raises(ComparisonError, match="not a Git repository"):
        find_root(bare.root, bare.environment)


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="no such directory"):
        find_root(tmp_path / "gone", {"PATH": "/usr/bin"})


def test_a_file_is_read_as_it_was_at_a_commit(project: Project) -> None:
    base = project.commit_file(".covgate.yml", "version: 1\n")
    project.commit_file(".covgate.yml", "version: 2\n")
    repository: Repository = project.repository()
    assert repository.read_at(base, ".covgate.yml") == b"version: 1\n"
    assert repository.read_head(".covgate.yml") == b"version: 2\n"


def test_what_was_not_there_is_none(project: Project) -> None:
    base = project.commit_file("dir/a.py")
    repository = project.repository()
    assert repository.read_at(base, "b.py") is None
    assert repository.read_at(base, "dir") is None
    assert repository.read_head("b.py") is None
    assert repository.read_head("dir") is None


def test_links_and_paths_out_of_the_repository_are_not_followed(project: Project) -> None:
    secret = project.root.parent / "secret.yml"
    secret.write_text("token", encoding="utf-8")
    (project.root / ".covgate.yml").symlink_to(secret)
    (project.root / "outside").symlink_to(project.root.parent)
    base = project.commit()
    repository = project.repository()
    assert repository.read_at(base, ".covgate.yml") is None
    for path in (".covgate.yml", "../secret.yml", "outside/secret.yml", str(secret)):
        assert repository.read_head(path) is None


def test_python_files_are_those_on_disk_that_are_not_ignored(project: Project) -> None:
    project.write(".gitignore", "build/\n")
    for path in ("b.py", "pkg/a.py", "gone.py", "notes.txt", "ä b.py"):
        project.write(path)
    project.commit()
    (project.root / "gone.py").unlink()
    (project.root / "link.py").symlink_to("b.py")
    project.write("new.pyw")
    project.write("build/made.py")
    assert project.repository().python_files() == ("b.py", "new.pyw", "pkg/a.py", "ä b.py")


def test_a_virtual_environment_that_is_not_ignored_is_nobodys_code(project: Project) -> None:
    project.commit_file("a.py")
    project.write(".venv/pyvenv.cfg", "home = /usr\n")
    project.write(".venv/lib/python3/site-packages/six.py")
    project.write(".venvs.py")
    assert [file.path for file in project.change().files] == [".venvs.py"]
    assert project.repository().python_files() == (".venvs.py", "a.py")
