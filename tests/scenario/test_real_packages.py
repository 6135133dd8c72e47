"""covgate on releases of real packages: what it says is what coverage.py and diff-cover say, to the digit.

Downloads the releases once, then runs each suite twice: under covgate, and plainly under coverage.py.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.scenario.real_packages import truth
from tests.scenario.real_packages.packages import PACKAGES, PYTEST
from tests.scenario.real_packages.releases import Project, make_project, run, succeed
from tests.scenario.real_packages.truth import Truth

KINDS = {"src layout", "flat layout", "subprocesses", "unittest", "rename", "plugin"}


@dataclass(frozen=True, slots=True)
class Run:
    """covgate's run of a package's suite, and the truth about it."""

    project: Project
    truth: Truth
    report: dict[str, Any]
    exit_code: int
    output: str
    left_behind: str
    changed: dict[str, set[int]]

    def statements(self, path: str) -> set[int]:
        """First lines of a measured file's statements, by `coverage json`."""
        file = self.truth.report["files"][path]
        return set(file["missing_lines"]) | (set(file["executed_lines"]) - set(file["excluded_lines"]))

    def touched(self, path: str) -> set[int]:
        """First lines of a measured file's statements with a changed physical line, by the tokenizer."""
        ends = truth.logical_lines(self.project.repository / path)
        touched = {first for first, last in ends.items() if self.changed[path] & set(range(first, last + 1))}
        return touched & self.statements(path)

    def beyond(self, path: str) -> set[int]:
        """Those of `touched` whose first line did not change, only a continuation line: diff-cover cannot see them."""
        return self.touched(path) - self.changed[path]

    def measured_changes(self) -> list[str]:
        """Changed files that coverage measured."""
        return [path for path in self.changed if path in self.truth.report["files"]]


GROUPED = [pytest.param(package, id=package.name, marks=pytest.mark.xdist_group(package.name)) for package in PACKAGES]


@pytest.fixture(scope="module", params=GROUPED)
def measured(
    request: pytest.FixtureRequest,
    network: None,  # noqa: ARG001  # only that it is there
    tmp_path_factory: pytest.TempPathFactory,
) -> Run:
    folder = tmp_path_factory.mktemp("real")
    project = make_project(request.param, folder)
    done = covgate(project, folder / "out")
    left_behind = run("git", "status", "--porcelain", "--ignored", cwd=project.repository)
    report = json.loads((folder / "out/report.json").read_text())
    measured = truth.measure(project, folder)
    return Run(project, measured, report, done.returncode, done.stdout, left_behind, truth.changed_lines(project))


def covgate(project: Project, out: Path) -> subprocess.CompletedProcess[str]:
    """`covgate run` as a person would call it, on the change from the older to the newer release."""
    own = ["--command", project.package.command] if project.package.command != PYTEST else []
    where = ["--repo", str(project.repository), "--base", project.base_sha, "--python", str(project.python)]
    command = [sys.executable, "-m", "covgate", "run", *where, "--out", str(out), "--no-publish", *own]
    done = subprocess.run(command, env=project.environment, capture_output=True, text=True, check=False)
    succeed(done, codes=(0, 1))
    return done


def test_every_kind_of_repository_is_tried() -> None:
    assert set().union(*(package.kinds for package in PACKAGES)) >= KINDS


@pytest.mark.network
def test_the_totals_are_those_of_coverage_json(measured: Run) -> None:
    theirs = measured.truth.report["totals"]
    ours = measured.report["total"]
    assert ours["line"]["covered"] == theirs["covered_lines"]
    assert ours["line"]["total"] == theirs["num_statements"]
    assert ours["branch"]["covered"] == theirs["covered_branches"]
    assert ours["branch"]["total"] == theirs["num_branches"]
    assert float(ours["combined"]["percent"]) == pytest.approx(theirs["percent_covered"], abs=0.01)


@pytest.mark.network
def test_each_file_has_the_numbers_of_coverage_json(measured: Run) -> None:
    theirs = {path: numbers(file["summary"]) for path, file in measured.truth.report["files"].items()}
    assert {path: our_numbers(file) for path, file in measured.report["files"].items()} == theirs


def numbers(summary: dict[str, int]) -> tuple[int, ...]:
    """Statements, missing, branches, branches taken."""
    return tuple(summary[key] for key in ("num_statements", "missing_lines", "num_branches", "covered_branches"))


def our_numbers(file: dict[str, Any]) -> tuple[int, ...]:
    line, branch = file["line"], file["branch"]
    return line["total"], line["total"] - line["covered"], branch["total"], branch["covered"]


@pytest.mark.network
def test_each_file_misses_the_lines_that_coverage_json_misses(measured: Run) -> None:
    theirs = {path: file["missing_lines"] for path, file in measured.truth.report["files"].items()}
    assert {path: file["missed_lines"] for path, file in measured.report["files"].items()} == theirs


@pytest.mark.network
def test_the_change_misses_what_diff_cover_misses_and_changed_continuation_lines(measured: Run) -> None:
    ours = {path: set(file["missed_lines"]) for path, file in measured_part(measured).items()}
    theirs = {
        path: set(measured.truth.diff_cover.get(path, {}).get("violation_lines", ()))
        | measured.beyond(path) & set(measured.truth.report["files"][path]["missing_lines"])
        for path in ours
    }
    assert ours == theirs


@pytest.mark.network
def test_the_change_counts_what_diff_cover_counts_and_changed_continuation_lines(measured: Run) -> None:
    ours = {path: file["line"]["total"] for path, file in measured_part(measured).items()}
    theirs = {
        path: counted_by_diff_cover(measured.truth.diff_cover.get(path, {})) + len(measured.beyond(path))
        for path in measured.measured_changes()
    }
    assert ours == {path: count for path, count in theirs.items() if count}


def measured_part(measured: Run) -> dict[str, Any]:
    """The report's changed files without those that coverage never saw."""
    return {path: file for path, file in measured.report["diff"]["files"].items() if not file["unmeasured"]}


def counted_by_diff_cover(file: dict[str, Any]) -> int:
    return len(file.get("violation_lines", ())) + len(file.get("covered_lines", ()))


@pytest.mark.network
def test_each_line_that_diff_cover_cannot_see_begins_a_statement_that_the_change_continues(measured: Run) -> None:
    ours = {path: set(file["continuation_lines"]) for path, file in measured_part(measured).items()}
    assert ours == {path: measured.beyond(path) for path in ours}


@pytest.mark.network
def test_the_changes_branches_are_those_out_of_changed_statements(measured: Run) -> None:
    ours = {
        path: (file["branch"]["covered"], file["branch"]["total"]) for path, file in measured_part(measured).items()
    }
    assert ours == {path: branches_out_of(measured, path) for path in ours}


def branches_out_of(measured: Run, path: str) -> tuple[int, int]:
    """Branches taken and all branches of `coverage json` that leave a changed statement."""
    file = measured.truth.report["files"][path]
    touched = measured.touched(path)
    taken = sum(line in touched for line, _ in file["executed_branches"])
    return taken, taken + sum(line in touched for line, _ in file["missing_branches"])


@pytest.mark.network
def test_changed_files_that_coverage_never_saw_are_missed_whole(measured: Run) -> None:
    unseen = {path: file for path, file in measured.report["diff"]["files"].items() if file["unmeasured"]}
    assert sorted(unseen) == sorted(measured.project.package.unmeasured)
    assert not set(unseen) & set(measured.truth.report["files"])
    assert all(file["line"]["covered"] == 0 < file["line"]["total"] for file in unseen.values())


@pytest.mark.network
def test_moved_files_are_compared_with_what_they_were(measured: Run) -> None:
    kinds = {path: file["kind"] for path, file in measured.report["diff"]["files"].items()}
    moved = [path for path, kind in kinds.items() if kind == "renamed"]
    assert sorted(moved) == sorted(measured.project.package.renamed)


@pytest.mark.network
def test_what_only_a_subprocess_runs_is_covered(measured: Run) -> None:
    covered = {
        path: measured.report["files"][path]["line"]["covered"] for path in measured.project.package.in_subprocesses
    }
    assert all(covered.values())


@pytest.mark.network
def test_the_repository_is_left_as_it_was(measured: Run) -> None:
    by_others = (".egg-info", ".pytest_cache", ".hypothesis")
    assert [line for line in measured.left_behind.splitlines() if not any(name in line for name in by_others)] == []
