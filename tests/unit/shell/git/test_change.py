"""The change of real trees, in all the shapes that files come in."""

import os
import stat
import subprocess
from collections.abc import Callable

import pytest
from tests.unit.shell.git.project import RUNNER, Project

from covgate.errors import ComparisonError
from covgate.model.diff import ChangeKind, FileChange, Hunk
from covgate.model.lines import NO_LINES, LineSet

ODD_NAMES = [
    "with space.py",
    'quo"te.py',
    "back\\slash.py",
    "new\nline.py",
    "tab\t.py",
    "ä€😀.py",
    "x b/y.py",
    "a/b/ b/c.py",
    "-flag.py",
    ":(glob)*.py",
    "x\n@@ -1 +1 @@\n+++ b.py",
]


def test_added_and_rewritten_lines_are_the_heads(project: Project) -> None:
    base = project.commit_file("a.py", "a\nb\nc\n")
    project.commit_file("a.py", "a\nB\nc\nd\n")
    assert project.changed(base) == FileChange("a.py", ChangeKind.MODIFIED, (Hunk(2, 1, 2, 1), Hunk(3, 0, 4, 1)))


def test_a_missing_newline_at_the_end_shifts_no_line(project: Project) -> None:
    base = project.commit_file("a.py", b"a\nb\nc\nd")
    project.commit_file("a.py", b"A\nb\nc\nd\ne")
    assert project.changed(base).added == LineSet.of([1, 4, 5])


def test_a_file_after_one_without_a_newline_at_the_end_is_read_right(project: Project) -> None:
    project.write("a.py", b"x = 1")
    base = project.commit_file("b.py", b"one\ntwo\n")
    project.write("a.py", b"x = 2")
    project.commit_file("b.py", b"one\nTWO\n")
    assert [(file.path, file.added) for file in project.change(base).files] == [
        ("a.py", LineSet.of([1])),
        ("b.py", LineSet.of([2])),
    ]


def test_carriage_returns_and_form_feeds_are_no_line_ends(project: Project) -> None:
    base = project.commit_file("a.py", b"a\r\nb\x0c\x0b\x85\r\nc\r\n")
    project.commit_file("a.py", b"a\r\nb\x0c\x0b\x85\r\nC\r\n")
    assert project.changed(base).added == LineSet.of([3])


def test_a_file_converted_to_crlf_is_wholly_rewritten(project: Project) -> None:
    base = project.commit_file("a.py", b"a\nb\n")
    project.commit_file("a.py", b"a\r\nb\r\n")
    assert project.changed(base).added == LineSet.of([1, 2])


def test_content_that_looks_like_a_patch_is_content(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n-- a/other.py\n")
    fake = "x = 1\n++ b/other.py\n@@ -1 +1,99 @@\ndiff --git a/y.py b/y.py\n\\ No newline at end of file\n"
    project.commit_file("a.py", fake)
    assert project.changed(base) == FileChange("a.py", ChangeKind.MODIFIED, (Hunk(2, 1, 2, 4),))


def test_an_emptied_file_keeps_no_line(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\ny = 2\n")
    project.commit_file("a.py", "")
    assert project.changed(base) == FileChange("a.py", ChangeKind.MODIFIED, (Hunk(1, 2, 0, 0),))


def test_an_added_empty_file_has_no_lines(project: Project) -> None:
    base = project.commit_file("a.py")
    project.commit_file("pkg/__init__.py", "")
    assert project.changed(base) == FileChange("pkg/__init__.py", ChangeKind.ADDED)


def test_a_change_of_mode_only_has_no_lines(project: Project) -> None:
    base = project.commit_file("a.py")
    (project.root / "a.py").chmod(0o755)
    project.commit()
    assert project.changed(base) == FileChange("a.py", ChangeKind.MODIFIED)


def test_a_binary_file_has_no_lines(project: Project) -> None:
    base = project.commit_file("logo.png", b"\x89PNG\r\n\0\n@@ -1 +1 @@\n")
    project.commit_file("logo.png", b"\x89PNG\r\n\0\n@@ -1 +1 @@\n\0more\n")
    assert project.changed(base) == FileChange("logo.png", ChangeKind.MODIFIED, binary=True)


def test_a_nul_in_a_python_file_hides_nothing(project: Project) -> None:
    base = project.commit_file("a.py", b"x = 1\n")
    project.commit_file("a.py", b"x = 1\n# \0\ny = 2\n")
    assert project.changed(base).added == LineSet.of([2, 3])


def test_a_deleted_file_is_told_with_its_lines(project: Project) -> None:
    project.write("b.py")
    base = project.commit_file("a.py", "x = 1\ny = 2\n")
    project.git("rm", "--quiet", "a.py")
    project.commit()
    assert project.changed(base) == FileChange("a.py", ChangeKind.DELETED, (Hunk(1, 2, 0, 0),))


SOURCE = "".join(f"line_{number} = {number}\n" for number in range(1, 21))


def test_a_rename_without_edits_changes_no_line(project: Project) -> None:
    base = project.commit_file("old name.py", SOURCE)
    project.git("mv", "old name.py", "new name.py")
    project.commit()
    assert project.changed(base) == FileChange("new name.py", ChangeKind.RENAMED, old_path="old name.py")


def test_a_rename_with_edits_changes_only_those(project: Project) -> None:
    base = project.commit_file("old.py", SOURCE)
    project.git("mv", "old.py", "new.py")
    project.commit_file("new.py", SOURCE.replace("= 7\n", "= 77\n"))
    change = project.changed(base)
    assert (change.kind, change.old_path, change.added) == (ChangeKind.RENAMED, "old.py", LineSet.of([7]))


HOST_SETTINGS = {
    "diff.renames": "false",
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.external": "/bin/false",
    "diff.interHunkContext": "50",
    "diff.context": "9",
    "diff.orderFile": "order.txt",
    "diff.algorithm": "patience",
    "diff.submodule": "log",
    "diff.wordRegex": ".",
    "diff.relative": "true",
    "color.ui": "always",
    "core.quotePath": "true",
    "core.pager": "/bin/false",
}


def test_what_the_host_prefers_of_a_diff_changes_nothing(project: Project) -> None:
    base = project.commit_file("dir/old.py", SOURCE)
    project.git("mv", "dir/old.py", "dir/new.py")
    project.commit_file("dir/new.py", SOURCE.replace("= 3\n", "= 33\n").replace("= 7\n", "= 77\n"))
    expected = project.change(base)
    for key, value in HOST_SETTINGS.items():
        project.git("config", key, value)
    assert project.change(base) == expected
    assert expected.files[0].added == LineSet.of([3, 7])


@pytest.mark.parametrize("attribute", ["-diff", "binary", "diff=blind", "-text", "linguist-generated"])
def test_attributes_hide_no_line(project: Project, attribute: str) -> None:
    project.git("config", "diff.blind.textconv", "true")
    project.git("config", "diff.blind.command", "true")
    base = project.commit_file("a.py", "x = 1\n")
    project.write(".gitattributes", f"*.py {attribute}\n")
    project.commit_file("a.py", "x = 1\ny = 2\n")
    change = project.change(base).file("a.py")
    assert change is not None
    assert change.added == LineSet.of([2])


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_read_as_they_are(project: Project, name: str) -> None:
    base = project.commit_file(name, "x = 1\n")
    project.commit_file(name, "x = 1\ny = 2\n")
    assert project.changed(base) == FileChange(name, ChangeKind.MODIFIED, (Hunk(1, 0, 2, 1),))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_found_before_they_are_committed(project: Project, name: str) -> None:
    base = project.commit_file("a.py")
    project.write(name, "x = 1\n")
    assert project.changed(base).path == name


def test_names_that_are_not_utf8_survive(project: Project) -> None:
    base = project.commit_file("a.py")
    (project.root / os.fsdecode(b"caf\xe9.py")).write_text("x = 1\n", encoding="utf-8")
    untracked = project.changed(base)
    project.commit()
    assert project.changed(base) == untracked
    assert untracked.path.encode("utf-8", "surrogateescape") == b"caf\xe9.py"


def test_a_directory_named_like_a_prefix_blames_no_other_file(project: Project) -> None:
    project.write("c.py", "x = 1\n")
    base = project.commit_file("x b/c.py", "x = 1\n")
    project.commit_file("x b/c.py", "x = 2\n")
    assert project.changed(base).path == "x b/c.py"


def test_two_roots_with_one_file_name_are_told_apart(project: Project) -> None:
    project.write("one/util.py", "x = 1\n")
    base = project.commit_file("two/util.py", "x = 1\n")
    project.commit_file("two/util.py", "x = 2\n")
    assert project.changed(base).path == "two/util.py"


def test_a_symbolic_link_has_no_lines(project: Project) -> None:
    base = project.commit_file("a.py")
    (project.root / "link.py").symlink_to("a.py")
    project.commit()
    assert project.changed(base) == FileChange("link.py", ChangeKind.ADDED)


def test_a_link_that_became_a_file_is_wholly_added(project: Project) -> None:
    project.write("z.py", "x = 1\n")
    (project.root / "a.py").symlink_to("z.py")
    base = project.commit()
    (project.root / "a.py").unlink()
    project.write("z.py", "x = 2\n")
    project.commit_file("a.py", "x = 1\ny = 2\n")
    assert [(file.path, file.added) for file in project.change(base).files] == [
        ("a.py", LineSet.of([1, 2])),
        ("z.py", LineSet.of([1])),
    ]


def test_a_submodule_has_no_lines(project: Project) -> None:
    base = project.commit_file("a.py")
    project.git("update-index", "--add", "--cacheinfo", f"160000,{base},vendor.py")
    project.git("commit", "--quiet", "--message", "vendor")
    (project.root / "vendor.py").mkdir()
    assert project.change(base, RUNNER).files == (FileChange("vendor.py", ChangeKind.ADDED),)


def test_staged_unstaged_and_committed_edits_are_one_change(project: Project) -> None:
    base = project.commit_file("a.py", "a\nb\nc\nd\n")
    project.commit_file("a.py", "new\na\nb\nc\nd\n")
    project.write("a.py", "new\na\nB\nc\nd\n")
    project.git("add", "a.py")
    project.write("a.py", "new\nnewer\na\nB\nc\nD\n")
    diff = project.change(base)
    assert diff.files[0].added == LineSet.of([1, 2, 4, 6])
    assert diff.head.dirty


def test_a_staged_edit_that_was_taken_back_is_no_change(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.write("a.py", "x = 2\n")
    project.git("add", "a.py")
    project.write("a.py", "x = 1\n")
    assert project.change(base).files == ()


def test_new_python_files_count_before_they_are_added_to_git(project: Project) -> None:
    project.write(".gitignore", "ignored.py\n")
    base = project.commit_file("a.py")
    for name in ("new.py", "ignored.py", "notes.txt"):
        project.write(name)
    diff = project.change(base)
    assert [(file.path, file.kind, file.added) for file in diff.files] == [
        ("new.py", ChangeKind.ADDED, LineSet.of([1]))
    ]


def test_a_file_moved_without_telling_git_is_a_rename(project: Project) -> None:
    base = project.commit_file("old.py", SOURCE)
    (project.root / "old.py").rename(project.root / "new.py")
    assert project.changed(base) == FileChange("new.py", ChangeKind.RENAMED, old_path="old.py")


def test_files_that_earlier_steps_of_a_workflow_made_are_nobodys_change(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.write("generated.py")
    diff = project.change(base, RUNNER)
    assert (diff.files, diff.head.dirty) == ((), False)


def test_a_tracked_file_edited_on_a_runner_is_compared_as_it_is_measured(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.write("a.py", "v = 0\nx = 1\n")
    diff = project.change(base, RUNNER)
    assert (diff.files[0].added, diff.head.dirty) == (LineSet.of([1]), True)


def test_a_clean_tree_is_not_dirty(project: Project) -> None:
    base = project.commit_file("a.py")
    head = project.commit_file("b.py")
    diff = project.change(base)
    assert (diff.head.sha, diff.head.dirty, diff.base.sha) == (head, False, base)


def untouched(project: Project) -> dict[str, object]:
    """What of the repository covgate could have written to: bytes and times of the index, refs, the tree's state."""
    index = project.root / ".git" / "index"
    return {
        "index": (index.read_bytes(), index.stat().st_mtime_ns),
        "refs": project.git("for-each-ref"),
        "status": project.git("--no-optional-locks", "status", "--porcelain=v1"),
        "files": sorted(path.name for path in (project.root / ".git").iterdir()),
    }


def test_the_users_index_and_tree_are_never_touched(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.write("a.py", "x = 2\n")
    project.git("add", "a.py")
    project.write("a.py", "x = 3\n")
    project.write("new.py")
    before = untouched(project)
    project.change(base)
    assert untouched(project) == before


def test_unresolved_conflicts_are_told_with_the_file(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.git("checkout", "--quiet", "-b", "side")
    project.commit_file("a.py", "x = 2\n")
    project.git("checkout", "--quiet", "main")
    project.commit_file("a.py", "x = 3\n")
    with pytest.raises(subprocess.CalledProcessError):
        project.git("merge", "--quiet", "side")
    with pytest.raises(ComparisonError, match=r"a\.py: The file has unresolved conflicts"):
        project.change(base)


def run_by(project: Project, name: str) -> Callable[[], bool]:
    """A program for the repository's configuration; tells whether it was run."""
    script = project.root.parent / name
    script.write_text(f"#!/bin/sh\ntouch '{script}.ran'\nexit 1\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script.with_name(f"{name}.ran").exists


@pytest.mark.parametrize("key", ["core.fsmonitor", "diff.external", "core.pager", "core.editor", "diff.driver.command"])
def test_no_program_of_the_repositorys_configuration_is_run(project: Project, key: str) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.commit_file(".gitattributes", "*.py diff=driver\n")
    ran = run_by(project, "program")
    project.git("config", key, str(project.root.parent / "program"))
    project.write("a.py", "x = 2\n")
    project.write("new.py")
    assert len(project.change(base).files) == 3
    assert not ran()


def test_no_hook_is_run(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    ran = run_by(project, "post-index-change")
    (project.root / ".git" / "hooks").mkdir(exist_ok=True)
    (project.root / ".git" / "hooks" / "post-index-change").symlink_to(project.root.parent / "post-index-change")
    project.write("new.py")
    assert project.changed(base).path == "new.py"
    assert not ran()


def test_lines_of_nothing_are_no_lines(project: Project) -> None:
    base = project.commit_file("a.py")
    assert project.change(base).files == ()
    assert FileChange("a.py", ChangeKind.MODIFIED).added == NO_LINES
