"""Coverage data that Git tracks are not a run's own."""

import os
from pathlib import Path

import pytest
from tests.unit.shell.git.project import RUNNER, TERMINAL, Project

from covgate.errors import MeasurementError
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.data_paths import NothingThereError, find_data
from covgate.shell.shards import gather

REPORT = '{"meta": {"format": 3}, "files": {"a.py": {}}, "totals": {}}'


def report(project: Project, path: str, words: str = REPORT) -> Path:
    """A report of coverage's in the tree on disk."""
    return project.write(path, words)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def base(project: Project) -> str:
    return project.commit_file("a.py")


def names(project: Project, *data: str, committed: Committed) -> list[str]:
    return [file.where for file in find_data(data, project.root, committed).files]


@pytest.mark.parametrize("data", ["out", "out/*.json", "**/coverage*.json", "."])
def test_reports_that_a_change_commits_are_left_out_where_nobody_named_them(
    project: Project, base: str, data: str
) -> None:
    report(project, "out/coverage-forged.json")
    project.commit()
    report(project, "out/coverage.json")
    found = find_data([data], project.root, project.repository(RUNNER).committed(base))
    assert [file.where for file in found.files] == ["out/coverage.json"]
    assert [note for note in found.notes if "out/coverage-forged.json" in note] == list(found.notes) != []


def test_they_are_left_out_though_a_step_wrote_them_anew(project: Project, base: str) -> None:
    report(project, "out/coverage.json")
    project.commit()
    report(project, "out/coverage.json", REPORT + " ")
    committed = project.repository(RUNNER).committed(base)
    with pytest.raises(NothingThereError, match="Git tracks all coverage data there"):
        names(project, "out", committed=committed)


def test_a_committed_report_does_not_hide_those_of_the_directories_beside_it(project: Project, base: str) -> None:
    report(project, "out/coverage.json")
    project.commit()
    report(project, "out/unit/coverage.json")
    committed = project.repository(RUNNER).committed(base)
    assert names(project, "out", committed=committed) == ["out/unit/coverage.json"]


def test_a_directory_that_is_a_link_to_committed_reports_gives_none(project: Project, base: str) -> None:
    report(project, "docs/coverage.json")
    (project.root / "out").symlink_to("docs")
    project.commit()
    with pytest.raises(NothingThereError):
        names(project, "out", committed=project.repository(RUNNER).committed(base))


def test_what_a_submodule_brings_is_committed_too(project: Project, base: str, tmp_path: Path) -> None:
    other = Project(tmp_path / "other")
    other.commit_file("coverage.json", REPORT)
    project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "out")
    project.commit()
    with pytest.raises(NothingThereError):
        names(project, "out", committed=project.repository(RUNNER).committed(base))


def test_a_named_file_that_the_change_brings_is_refused_even_when_a_step_added_to_it(
    project: Project, base: str
) -> None:
    report(project, "coverage.json")
    project.commit()
    committed = project.repository(RUNNER).committed(base)
    for words in (REPORT, REPORT + " "):
        report(project, "coverage.json", words)
        with pytest.raises(MeasurementError, match="this change brings the coverage data along"):
            names(project, "coverage.json", committed=committed)


def test_a_named_file_that_nothing_has_written_since_it_was_committed_is_refused(project: Project) -> None:
    base = project.commit_file("coverage.json", REPORT)
    project.commit_file("a.py")
    with pytest.raises(MeasurementError, match="nothing was measured"):
        names(project, "coverage.json", committed=project.repository(RUNNER).committed(base))


def test_a_named_file_that_was_written_anew_counts_with_a_remark(project: Project) -> None:
    base = project.commit_file("coverage.json", REPORT)
    project.commit_file("a.py")
    report(project, "coverage.json", REPORT + " ")
    found = find_data(["coverage.json"], project.root, project.repository(RUNNER).committed(base))
    assert ([file.where for file in found.files], len(found.notes)) == (["coverage.json"], 1)
    assert found.notes[0].startswith("coverage.json is tracked by Git")


def test_what_lies_outside_the_repository_is_nobody_s_commit(project: Project, base: str, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/coverage.json").write_text(REPORT, encoding="utf-8")
    committed = project.repository(RUNNER).committed(base)
    assert len(names(project, str(tmp_path / "reports"), committed=committed)) == 1


def test_odd_names_are_known_as_they_are(project: Project, base: str) -> None:
    report(project, "out/coverage-\nä.json")
    (project.root / os.fsdecode(b"out/coverage-\xff.json")).write_text(REPORT, encoding="utf-8")
    project.commit()
    with pytest.raises(NothingThereError):
        names(project, "out", committed=project.repository(RUNNER).committed(base))


def test_on_a_terminal_everything_counts(project: Project, base: str) -> None:
    report(project, "out/coverage.json")
    project.commit()
    assert project.repository(TERMINAL).committed(base) == NOTHING_COMMITTED
    assert names(project, "out", "out/coverage.json", committed=NOTHING_COMMITTED) == ["out/coverage.json"]


def test_a_half_of_a_shard_that_was_committed_is_no_half(project: Project, base: str) -> None:
    project.write("out/coverage.unit.data", b"SQLite format 3\0")
    project.commit()
    report(project, "coverage.json")
    committed = project.repository(RUNNER).committed(base)
    assert [file.where for file in gather(["coverage.json"], project.root, committed=committed).files] == [
        "coverage.json"
    ]
