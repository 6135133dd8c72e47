"""`covgate run` on suites that end badly, and what is left of each run in the output folder."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest
from tests.scenario.shop import REFUND, TEST_REFUND, Ended, Shop, shop

CHANGE = {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND}


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    """The shop with a refund that is one statement short."""
    project = shop(tmp_path / "shop")
    project.add(CHANGE)
    return project


def run_with(project: Shop, test: str, *options: str) -> Ended:
    """A run with one more test."""
    project.add({"tests/test_z.py": dedent(test).lstrip()})
    return project.run(*options)


def test_a_failing_suite_ends_with_3_and_its_report_is_marked_as_such(project: Shop) -> None:
    ended = run_with(project, "def test_wrong():\n    assert 1 == 2\n")
    assert (ended.code, ended.report["verdict"], ended.report["suite"]["ending"]) == (3, "error", "failed")
    assert "✗ The suite failed: 1 of 4 tests" in ended.out
    assert "The numbers below are those of a failing run" in ended.out
    assert 'tests/test_z.py::test_wrong: "assert 1 == 2"' in ended.out
    assert "Numbers of the failing run" in ended.comment
    assert ended.report["diff"]["line"]["percent"] == "75.00"


@pytest.mark.parametrize(
    ("test", "options", "ending", "words"),
    [
        ("import os\ndef test_x():\n    os.kill(os.getpid(), 9)\n", [], "killed", "was killed (SIGKILL)"),
        ("import os\ndef test_x():\n    os._exit(7)\n", [], "crashed", "ended with exit code 7"),
        ("import nothing_like_it\n", [], "crashed", "could not be collected"),
        (
            "import threading\ndef test_x():\n    threading.Event().wait()\n",
            ["--timeout", "3s"],
            "timeout",
            "was stopped after 3 seconds",
        ),
    ],
)
def test_each_bad_end_has_its_own_words(project: Shop, test: str, options: list[str], ending: str, words: str) -> None:
    ended = run_with(project, test, *options)
    assert (ended.code, ended.report["suite"]["ending"]) == (3, ending)
    assert words in " ".join(ended.out.split())


def test_no_tests_at_all_is_no_passing_suite(project: Shop) -> None:
    for path in ("tests/test_cart.py", "tests/test_refund.py"):
        (project.root / path).unlink()
    ended = project.run()
    assert (ended.code, ended.report["suite"]["ending"]) == (3, "no tests")
    assert "No tests were found" in ended.out


def test_the_coverage_itself_is_kept_and_can_be_read_again(project: Shop) -> None:
    first = project.run()
    assert "coverage.data" in first.files
    kept = (project.out / "coverage.data").read_bytes()
    again = project.covgate("report", "--data", ".covgate/coverage.data", "--python", sys.executable)
    assert again.code == first.code == 1
    assert again.report["diff"] == first.report["diff"]
    assert again.report["total"] == first.report["total"]
    assert (project.out / "coverage.data").read_bytes() == kept


def test_the_coverage_of_several_processes_is_kept_in_one(project: Shop) -> None:
    spawn = f"""
        import subprocess


        def test_in_a_process_of_its_own():
            subprocess.run([{sys.executable!r}, "-c", "from shop.refund import refund; refund(1, True)"], check=True)
    """
    first = run_with(project, spawn)
    assert first.code == 0
    again = project.covgate("report", "--data", ".covgate/coverage.data", "--python", sys.executable)
    assert (again.code, again.report["total"]) == (0, first.report["total"])


def test_coverage_is_kept_where_reading_it_goes_wrong(project: Shop) -> None:
    spoil = """
        def test_that_spoils_its_own_source():
            with open("shop/refund.py", "a") as file:
                file.write("# rewritten\\n")
    """
    ended = run_with(project, spoil)
    assert (ended.code, "rewritten while the suite ran" in ended.err) == (4, True)
    assert ended.files == [".gitignore", "coverage.data"]


def test_what_was_kept_is_told_where_the_suite_measured_nothing_of_the_project(project: Shop) -> None:
    project.add({".coveragerc": "[run]\nsource = nothing_of_that_name\n"})
    ended = project.run()
    assert ended.code == 4
    assert "nothing was measured of nothing_of_that_name" in ended.err
    assert "No gate was evaluated." in ended.err


def test_reports_of_the_run_before_do_not_stand_for_one_that_has_none(project: Shop) -> None:
    assert project.run().code == 1
    ended = project.run("--base", "nowhere")
    assert ended.code == 5
    assert ended.files == [".gitignore", "coverage.data"]


def test_coverage_of_the_run_before_does_not_stand_for_one_that_measured_nothing(project: Shop) -> None:
    assert project.run().code == 1
    ended = run_with(project, "import os\nos._exit(9)\n")
    assert ended.code == 3
    assert "coverage.data" not in ended.files


def test_files_of_others_in_the_output_folder_stay(project: Shop, tmp_path: Path) -> None:
    notes = tmp_path / "reports/summary.md"
    notes.parent.mkdir()
    notes.write_text("mine", encoding="utf-8")
    assert project.run("--out", str(notes.parent), "--base", "nowhere").code == 5
    assert notes.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in notes.parent.iterdir()) == ["summary.md"]
