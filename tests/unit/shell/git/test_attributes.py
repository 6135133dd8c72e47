"""What `.gitattributes` says, of the base and of nobody else."""

import pytest
from tests.unit.shell.git.project import Project

from covgate.compare import diff_coverage
from covgate.errors import ComparisonError
from covgate.model.lines import LineSet
from covgate.model.snapshot import FileCoverage, Origin, Snapshot

ATTRIBUTES = """\
api_gen.py linguist-generated
lib/** linguist-vendored
plain.py -linguist-generated
both.py linguist-generated=true linguist-vendored=true
no.py linguist-generated=false
"""


def test_marks_are_those_of_the_commit(project: Project) -> None:
    base = project.commit_file(".gitattributes", ATTRIBUTES)
    project.commit_file(".gitattributes", "*.py linguist-generated\n")
    paths = ["api_gen.py", "sub/api_gen.py", "lib/a.py", "plain.py", "both.py", "no.py", "lib/odd\nname.py"]
    assert project.repository().attributes(base, paths) == {
        "api_gen.py": "generated",
        "sub/api_gen.py": "generated",
        "lib/a.py": "vendored",
        "lib/odd\nname.py": "vendored",
        "both.py": "generated",
    }


def test_attributes_of_directories_count(project: Project) -> None:
    base = project.commit_file("proto/.gitattributes", "* linguist-generated\n")
    assert project.repository().attributes(base, ["proto/a.py", "a.py"]) == {"proto/a.py": "generated"}


def test_no_path_asks_nothing(project: Project) -> None:
    assert project.repository().attributes("no such commit", []) == {}


def test_a_commit_that_is_not_there_is_told(project: Project) -> None:
    project.commit()
    with pytest.raises(ComparisonError):
        project.repository().attributes("0" * 40, ["a.py"])


def test_the_repositorys_index_stays_as_it_is(project: Project) -> None:
    base = project.commit_file("a.py")
    project.write("b.py")
    project.git("add", "b.py")
    project.repository().attributes(base, ["a.py"])
    assert project.git("diff", "--cached", "--name-only") == "b.py"


def test_generated_files_are_left_out_of_the_change_and_told(project: Project) -> None:
    project.write(".gitattributes", "*_gen.py linguist-generated\n")
    base = project.commit_file("api_gen.py", "x = 1\n")
    project.write("api_gen.py", "x = 2\n")
    project.commit_file("a.py", "y = 1\n")
    diff = project.change(base)
    coverage = diff_coverage(measured("a.py", "api_gen.py"), diff)
    assert [file.path for file in coverage.files] == ["a.py"]
    assert [(left.path, left.unknown) for left in coverage.left_out] == [("api_gen.py", False)]
    assert "marks it as generated" in coverage.left_out[0].reason


def test_a_change_of_generated_files_alone_has_nothing_to_measure_and_says_why(project: Project) -> None:
    project.write(".gitattributes", "*_gen.py linguist-generated\n")
    base = project.commit_file("api_gen.py", "x = 1\n")
    project.commit_file("api_gen.py", "x = 2\n")
    coverage = diff_coverage(measured("api_gen.py"), project.change(base))
    assert coverage.files == ()
    assert "generated" in coverage.reason


def test_a_change_cannot_mark_its_own_files(project: Project) -> None:
    base = project.commit_file("a.py", "x = 1\n")
    project.write(".gitattributes", "*.py linguist-generated\n")
    project.commit_file("a.py", "x = 2\n")
    coverage = diff_coverage(measured("a.py"), project.change(base))
    assert [file.path for file in coverage.files] == ["a.py"]


def test_code_that_is_moved_to_a_generated_name_still_counts(project: Project) -> None:
    lines = "".join(f"x{number} = {number}\n" for number in range(20))
    project.write(".gitattributes", "*_gen.py linguist-generated\n")
    base = project.commit_file("a.py", lines)
    project.git("mv", "a.py", "a_gen.py")
    project.commit_file("a_gen.py", lines + "y = 1\n")
    coverage = diff_coverage(measured("a_gen.py", lines=21), project.change(base))
    assert [(file.path, file.line.total) for file in coverage.files] == [("a_gen.py", 1)]


def measured(*paths: str, lines: int = 1) -> Snapshot:
    """Files whose every line is a statement that never ran."""
    statements = LineSet.of(range(1, lines + 1))
    return Snapshot(tuple(FileCoverage(path, statements, LineSet()) for path in sorted(paths)), Origin("coverage.py"))
