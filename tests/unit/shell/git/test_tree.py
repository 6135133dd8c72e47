"""A commit's files, laid out apart from the repository."""

import stat
import subprocess
from pathlib import Path

import pytest
from tests.unit.shell.git.project import Project

from covgate.errors import ComparisonError
from covgate.shell.git.process import Git
from covgate.shell.git.tree import AT_ONCE, NOT_HERE, lay_out


def laid_out(project: Project, sha: str, into: Path, at_once: int = AT_ONCE) -> tuple[str, ...]:
    return lay_out(Git(project.root, project.environment), project.environment, sha, into, at_once)


def content(folder: Path) -> dict[str, bytes]:
    """Every file by its path, without Git's own."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_files_are_those_of_the_commit_and_not_those_on_disk(project: Project, tmp_path: Path) -> None:
    project.write("src/a.py", "x = 1\n")
    project.write("ä ö\n.txt", b"\xff\x00")
    base = project.commit()
    project.commit_file("src/a.py", "x = 2\n")
    project.write("new.py")
    assert laid_out(project, base, tmp_path / "base") == ()
    assert content(tmp_path / "base") == {"src/a.py": b"x = 1\n", "ä ö\n.txt": b"\xff\x00"}


def test_what_can_be_executed_still_can(project: Project, tmp_path: Path) -> None:
    project.write("run.sh", "#!/bin/sh\n").chmod(0o755)
    project.write("a.py")
    laid_out(project, project.commit(), tmp_path / "base")
    modes = {name: stat.S_IMODE((tmp_path / "base" / name).stat().st_mode) for name in ("run.sh", "a.py")}
    assert modes == {"run.sh": 0o755, "a.py": 0o644}


def test_no_filter_or_attribute_has_a_say(project: Project, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    project.git("config", "filter.evil.smudge", f"touch '{marker}'")
    project.git("config", "filter.evil.clean", "cat")
    project.write(".gitattributes", "*.py filter=evil\n*.txt eol=crlf\nhidden.py export-ignore\n")
    project.write("hidden.py")
    base = project.commit_file("a.txt", "one\n")
    laid_out(project, base, tmp_path / "base")
    found = content(tmp_path / "base")
    assert (found["a.txt"], found["hidden.py"]) == (b"one\n", b"x = 1\n")
    assert not marker.exists()


@pytest.mark.parametrize("target", ["/etc/passwd", "..", "../../outside", "inner/../../outside"])
def test_a_link_that_leads_out_is_left_out_and_told(project: Project, tmp_path: Path, target: str) -> None:
    project.write("a.py")
    (project.root / "link").symlink_to(target)
    missing = laid_out(project, project.commit(), tmp_path / "base")
    assert missing == ("1 link that leads out of it",)
    assert not (tmp_path / "base/link").is_symlink()


def test_a_link_within_stays_one(project: Project, tmp_path: Path) -> None:
    project.write("src/a.py", "x = 3\n")
    (project.root / "src/b.py").symlink_to("../src/a.py")
    assert laid_out(project, project.commit(), tmp_path / "base") == ()
    assert (tmp_path / "base/src/b.py").read_text(encoding="utf-8") == "x = 3\n"


def test_submodules_and_files_of_git_lfs_are_told(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "other")
    sha = other.commit_file("b.py")
    project.write("big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    project.git("add", "big.bin")
    for name in ("lib", "vendor/lib"):
        project.git("update-index", "--add", "--cacheinfo", f"160000,{sha},{name}")
    project.git("commit", "--quiet", "--message", "modules")
    base = project.git("rev-parse", "HEAD")
    assert laid_out(project, base, tmp_path / "base") == ("2 submodules", "1 file of Git LFS")
    assert list((tmp_path / "base/vendor/lib").iterdir()) == []


@pytest.mark.parametrize("name", [b"..", b".git", b".GIT"])
def test_a_name_that_no_checkout_would_write_is_refused(project: Project, tmp_path: Path, name: bytes) -> None:
    project.commit_file("a.py")
    blob = project.git("rev-parse", "HEAD:a.py")
    inner = made_tree(project, b"100644 evil.py\0" + bytes.fromhex(blob))
    outer = made_tree(project, b"40000 " + name + b"\0" + bytes.fromhex(inner))
    commit = project.git("commit-tree", "-m", "evil", outer)
    with pytest.raises(ComparisonError, match="no checkout would write"):
        laid_out(project, commit, tmp_path / "base")
    assert not (tmp_path / "evil.py").exists()


def made_tree(project: Project, content: bytes) -> str:
    """A tree object that Git itself would not make."""
    write = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    done = subprocess.run(
        write, cwd=project.root, env=project.environment, input=content, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def test_nothing_is_written_through_a_link(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    blob = bytes.fromhex(project.git("rev-parse", "HEAD:a.py"))
    (project.root / "x").symlink_to("inner")
    project.commit()
    link = bytes.fromhex(project.git("rev-parse", "HEAD:x"))
    inner = bytes.fromhex(made_tree(project, b"100644 a.py\0" + blob))
    outer = made_tree(project, b"120000 x\0" + link + b"40000 x\0" + inner)
    commit = project.git("commit-tree", "-m", "evil", outer)
    with pytest.raises(ComparisonError, match="cannot be written"):
        laid_out(project, commit, tmp_path / "base")


def test_it_is_a_repository_of_that_one_commit_with_objects_of_its_own(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    base = project.commit_file("b.py")
    laid_out(project, base, tmp_path / "base")
    project.root.rename(tmp_path / "gone")
    inner = Project.__new__(Project)
    inner.root = tmp_path / "base"
    assert inner.git("rev-parse", "HEAD") == base
    assert inner.git("status", "--porcelain") == ""
    assert inner.git("rev-list", "--count", "HEAD") == "1"


def test_a_clone_of_depth_1_is_enough(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py", "x = 1\n")
    base = project.commit_file("a.py", "x = 2\n")
    clone = Project.clone(project, tmp_path / "clone", "--depth=1")
    laid_out(clone, base, tmp_path / "base")
    assert content(tmp_path / "base") == {"a.py": b"x = 2\n"}


def test_files_of_any_number_and_size_come_in_batches(project: Project, tmp_path: Path) -> None:
    files = {f"f{number}.txt": b"x" * (number * 7) for number in range(20)}
    for name, text in files.items():
        project.write(name, text)
    base = project.commit()
    laid_out(project, base, tmp_path / "base", 50)
    assert content(tmp_path / "base") == files


def test_a_commit_that_this_clone_does_not_have_is_an_error(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    with pytest.raises(ComparisonError):
        laid_out(project, "0" * 40, tmp_path / "base")


def test_a_file_that_is_not_in_the_clone_is_an_error(project: Project, tmp_path: Path) -> None:
    base = project.commit_file("a.py")
    blob = project.git("rev-parse", "HEAD:a.py")
    (project.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(ComparisonError, match=NOT_HERE):
        laid_out(project, base, tmp_path / "base")


def test_nobody_else_reaches_what_was_laid_out_and_it_is_gone_when_the_repository_is_closed(project: Project) -> None:
    base = project.commit_file("a.py")
    repository = project.repository()
    laid = Path(repository.lay_out(base).path)
    assert (laid.name, (laid / "a.py").is_file()) == (project.root.name, True)
    assert stat.S_IMODE(laid.parent.stat().st_mode) == 0o700
    repository.close()
    assert not laid.parent.exists()


def test_a_repository_that_laid_nothing_out_is_closed_all_the_same(project: Project) -> None:
    project.repository().close()


@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_the_repository_hashes_as_the_first_does(tmp_path: Path, hashes: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", f"--object-format={hashes}", str(root)], check=True)
    project = Project(root)
    base = project.commit_file("a.py")
    laid_out(project, base, tmp_path / "base")
    assert (tmp_path / "base/.git/HEAD").read_text(encoding="ascii") == f"{base}\n"
    assert content(tmp_path / "base") == {"a.py": b"x = 1\n"}
