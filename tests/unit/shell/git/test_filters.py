"""Files that a filter of Git's stands before: git-lfs, git-crypt, and whatever a configuration names."""

from pathlib import Path

import pytest
from tests.unit.shell.git.project import RUNNER, TERMINAL, Project

from covgate.model.diff import ChangeKind
from covgate.model.lines import NO_LINES, LineSet

NAMES = ["lfs", "a.b", "a=b", "ä", "Mixed.Case", "a]b", 'a"b']
EDITED = "x = 2\n"


def program(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """A filter that says that it ran, and that it was run."""
    marker, script = tmp_path / f"{name}-ran", tmp_path / name
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    return script, marker


def put_behind(project: Project, script: Path, pattern: str, name: str = "lfs") -> None:
    """Configures a driver, and makes it needed for files of this pattern."""
    for key in ("clean", "smudge", "process"):
        project.git("config", f"filter.{name}.{key}", str(script))
    project.git("config", f"filter.{name}.required", "true")
    project.write(".git/info/attributes", f"{pattern} filter={name}\n")


def looks_modified(project: Project, path: str, content: bytes | None = None) -> None:
    """What is on disk is not what was committed, as where a filter made it of that; or its time is another one."""
    file = project.root / path
    file.write_bytes(file.read_bytes() + b"more\n" if content is None else content)


@pytest.mark.parametrize("name", NAMES)
def test_no_filter_is_run_on_a_runner_whatever_its_name(project: Project, tmp_path: Path, name: str) -> None:
    script, marker = program(tmp_path, "evil")
    base = project.commit_file("a.py")
    put_behind(project, script, "*.py", name)
    looks_modified(project, "a.py")
    project.repository(RUNNER).change(base)
    assert not marker.exists()


@pytest.mark.parametrize("through", ["include.path", "includeIf.gitdir:**.path", "includeIf.onbranch:main.path"])
def test_a_filter_of_an_included_configuration_is_not_run_either(
    project: Project, tmp_path: Path, through: str
) -> None:
    script, marker = program(tmp_path, "evil")
    base = project.commit_file("a.py")
    config = tmp_path / "included"
    config.write_text(f'[filter "lfs"]\nclean = {script}\nprocess = {script}\nrequired = true\n', encoding="utf-8")
    project.git("config", through, str(config))
    project.write(".git/info/attributes", "*.py filter=lfs\n")
    looks_modified(project, "a.py")
    project.repository(RUNNER).change(base)
    assert not marker.exists()


def test_a_filter_is_run_on_a_terminal_where_it_is_the_person_s_own(project: Project, tmp_path: Path) -> None:
    script, marker = program(tmp_path, "own")
    base = project.commit_file("a.txt")
    project.git("config", "filter.lfs.clean", str(script))
    project.write(".git/info/attributes", "*.txt filter=lfs\n")
    looks_modified(project, "a.txt")
    project.repository(TERMINAL).change(base)
    assert marker.exists()


@pytest.mark.parametrize("path", ["picture.png", "secrets.py", "odd\nname é.bin"])
def test_a_file_that_a_filter_wrote_on_a_runner_is_no_change(project: Project, tmp_path: Path, path: str) -> None:
    script, _ = program(tmp_path, "lfs")
    base = project.commit_file(path, "version https://git-lfs.github.com/spec/v1\n")
    put_behind(project, script, "*")
    looks_modified(project, path, b"what it stands for\n")
    diff = project.change(base, RUNNER)
    assert diff.files == ()
    assert not diff.head.dirty


def test_a_picture_that_git_lfs_of_the_host_wrote_is_no_change(project: Project) -> None:
    project.write(".gitattributes", "*.png filter=lfs diff=lfs merge=lfs -text\n")
    base = project.commit_file("picture.png", "version https://git-lfs.github.com/spec/v1\n")
    looks_modified(project, "picture.png", b"\x89PNG")
    diff = project.change(base, RUNNER)
    assert diff.files == ()
    assert not diff.head.dirty


def test_no_attribute_of_a_change_hides_an_edit_of_python(project: Project) -> None:
    project.write(".gitattributes", "*.py filter=lfs\n")
    base = project.commit_file("a.py", "x = 1\n")
    project.write("a.py", EDITED)
    diff = project.change(base, RUNNER)
    assert [(file.path, file.added) for file in diff.files] == [("a.py", LineSet.of([1]))]
    assert diff.head.dirty


def test_edits_beside_filtered_files_are_still_seen(project: Project, tmp_path: Path) -> None:
    script, _ = program(tmp_path, "lfs")
    project.write("a.py", "x = 1\n")
    base = project.commit_file("picture.png", "a pointer\n")
    put_behind(project, script, "*.png")
    looks_modified(project, "picture.png")
    project.write("a.py", EDITED)
    diff = project.change(base, RUNNER)
    assert [file.path for file in diff.files] == ["a.py"]
    assert diff.head.dirty


def test_a_filtered_file_that_is_gone_or_staged_is_a_change(project: Project, tmp_path: Path) -> None:
    script, _ = program(tmp_path, "lfs")
    project.write("gone.png", "a pointer\n")
    base = project.commit_file("staged.png", "another pointer\n")
    project.write("staged.png", "a newer pointer\n")
    project.git("add", "staged.png")
    (project.root / "gone.png").unlink()
    put_behind(project, script, "*.png")
    diff = project.change(base, RUNNER)
    assert {(file.path, file.kind) for file in diff.files} == {
        ("gone.png", ChangeKind.DELETED),
        ("staged.png", ChangeKind.MODIFIED),
    }


def test_all_of_a_changed_file_counts_where_a_filter_wrote_what_runs(project: Project, tmp_path: Path) -> None:
    script, _ = program(tmp_path, "lfs")
    base = project.commit_file("secrets.py", "cipher\n")
    project.commit_file("secrets.py", "another cipher\n")
    put_behind(project, script, "*.py")
    looks_modified(project, "secrets.py", b"a = 1\nb = 2\nc = 3\n")
    (file,) = project.change(base, RUNNER).files
    assert LineSet.of([1, 2, 3]) - file.added == NO_LINES
