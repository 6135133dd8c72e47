"""`covgate report --data` from outside: what coverage.py itself wrote, and what cannot be read."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario.shop import REFUND, TEST_REFUND, Ended, Shop, shop

TESTED = "from shop.refund import refund\n\n\ndef test_gift():\n    assert refund(3, True) == 0\n"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The shop with a refund that is one statement short, and all reports of its suite in `out`."""
    project = shop(tmp_path_factory.mktemp("made") / "shop", {".gitignore": ".covgate/\n__pycache__/\nout/\n"})
    project.add({"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND})
    write_reports(project)
    return project


def write_reports(project: Shop) -> None:
    """coverage.py's data and its reports, and pytest's own."""
    (project.root / "out").mkdir(exist_ok=True)
    coverage = [sys.executable, "-m", "coverage"]
    for arguments in (
        ["run", "--branch", "--source=shop", "-m", "pytest", "-q", "--junit-xml=out/junit.xml"],
        ["json", "-o", "out/coverage.json"],
        ["xml", "-o", "out/coverage.xml"],
        ["lcov", "-o", "out/lcov.info"],
    ):
        environment = {**project.environment, "COVERAGE_FILE": "out/unit.data"}
        subprocess.run([*coverage, *arguments], cwd=project.root, env=environment, check=True, capture_output=True)


def copied(measured: Shop, folder: Path) -> Shop:
    """The same repository once more, without its reports."""
    project = Shop.clone(measured, folder / "clone", "--branch", "change")
    project.git("branch", "main", "origin/main")
    project.git("remote", "remove", "origin")
    return project


def report(project: Shop, *data: str) -> Ended:
    return project.covgate("report", "--data", *data, "--python", sys.executable)


@pytest.mark.parametrize("name", ["unit.data", "coverage.json", "coverage.xml", "lcov.info"])
def test_every_format_gives_the_verdict_of_a_run(measured: Shop, name: str) -> None:
    ended = report(measured, f"out/{name}")
    assert (ended.code, ended.report["verdict"]) == (1, "failed")
    assert ended.report["diff"]["files"]["shop/refund.py"]["missed_lines"] == [3]
    assert ended.report["total"]["line"] == {"covered": 7, "total": 8, "percent": "87.50"}
    assert '"if gift" never True' in " ".join(ended.out.split())
    assert "test session starts" not in ended.out


def test_test_results_beside_coverage_are_told(measured: Shop) -> None:
    ended = report(measured, "out/unit.data", "out/junit.xml")
    assert (ended.code, ended.report["suite"]["passed"]) == (1, 3)
    assert "Tests: 3 passed" in ended.out


def test_test_results_that_failed_make_the_numbers_those_of_a_failing_run(measured: Shop) -> None:
    junit = (measured.root / "out/junit.xml").read_text(encoding="utf-8")
    failed = junit.replace('failures="0"', 'failures="1"').replace(
        " /></testsuite>", "><failure/></testcase></testsuite>"
    )
    measured.write("out/failed.xml", failed.replace("out/junit", "out/failed"))
    ended = report(measured, "out/unit.data", "out/failed.xml")
    assert (ended.code, ended.report["verdict"]) == (3, "error")


def test_several_data_files_are_one(measured: Shop, tmp_path: Path) -> None:
    project = copied(measured, tmp_path)
    project.add({"tests/test_gift.py": TESTED})
    write_reports(project)
    project.write("out/unit-1.data", (measured.root / "out/unit.data").read_bytes())
    ended = report(project, "out/*.data")
    assert (ended.code, ended.report["diff"]["line"]["percent"]) == (0, "100.00")


def test_a_folder_of_reports_is_read_whole(measured: Shop) -> None:
    assert report(measured, "out").report["diff"]["line"]["percent"] == "75.00"


def test_data_that_are_read_are_not_taken_away(measured: Shop) -> None:
    before = (measured.root / "out/unit.data").read_bytes()
    assert report(measured, "out/unit.data").code == 1
    assert (measured.root / "out/unit.data").read_bytes() == before


@pytest.mark.parametrize("name", ["unit.data", "coverage.json", "coverage.xml", "lcov.info"])
def test_data_that_are_older_than_a_changed_source_are_refused(measured: Shop, tmp_path: Path, name: str) -> None:
    project = copied(measured, tmp_path)
    project.write(f"out/{name}", (measured.root / "out" / name).read_bytes())
    text = (project.root / "shop/refund.py").read_text(encoding="utf-8")
    project.add({"shop/refund.py": f'"""Money back."""\n\n\n# about prices\n{text}'})
    ended = report(project, f"out/{name}")
    assert (ended.code, "is older than the source of shop/refund.py" in " ".join(ended.err.split())) == (4, True)
    assert "Measure again" in ended.err


BAD = {
    "words.data": b"hello",
    "empty.xml": b"",
    "half.data": b"SQLite format 3\0" + bytes(3000),
    "other.json": b"{}",
    "cut.json": b'{"meta": {"version": "7.6", "format": 3}, "files": {',
    "bomb.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><coverage line-rate="1"><packages>&a;</packages></coverage>',
    "packed.zip": b"PK\x03\x04",
}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("words.data", "no coverage data that covgate knows"),
        ("empty.xml", "the file is empty"),
        ("half.data", "is no data file of coverage.py"),
        ("other.json", "no coverage data that covgate knows"),
        ("cut.json", ""),
        ("bomb.xml", ""),
        ("packed.zip", "zip archive"),
        ("gone.data", "there is no such file"),
        ("gone/*.xml", "no file matches"),
        ("tests", "holds no coverage data"),
    ],
)
def test_data_that_cannot_be_read(measured: Shop, name: str, what: str) -> None:
    if name in BAD:
        measured.write(f"out/bad/{name}", BAD[name])
        name = f"out/bad/{name}"
    ended = report(measured, name)
    words = " ".join(ended.err.split())
    assert (ended.code, what in words, name in words) == (4, True, True), words
    assert words.endswith("No gate was evaluated.")
    assert "report.json" not in ended.files
    assert "Traceback" not in words


def test_data_of_another_project_are_not_full_coverage_of_this_one(measured: Shop) -> None:
    foreign = '<coverage><packages><package><classes><class filename="pkg/other.py"><lines><line number="1" hits="1"/>'
    foreign += "</lines></class></classes></package></packages></coverage>"
    measured.write("out/bad/foreign.xml", foreign)
    ended = report(measured, "out/bad/foreign.xml")
    assert (ended.code, "none of the files in the coverage data is one of this repository's" in ended.err) == (4, True)
    assert "pkg/other.py" in ended.err


def test_settings_of_coverage_that_the_change_moves_are_shown_for_given_data_too(
    measured: Shop, tmp_path: Path
) -> None:
    project = copied(measured, tmp_path)
    project.write("out/unit.data", (measured.root / "out/unit.data").read_bytes())
    project.add({".coveragerc": "[run]\nomit = shop/refund.py\n"})
    ended = report(project, "out/unit.data")
    assert [change["key"] for change in ended.report["exclusions"]["config"]] == ["omit"]
