"""`read_given` on files on disk, with a fake of the suite's Python."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, LeftOut, Origin, PathMapping, Snapshot
from covgate.model.suite import NOT_RUN, Ending
from covgate.ports import Measurement, SuiteOrder
from covgate.shell.given_data import read_given
from covgate.shell.suite.probing import ExportRequest

SOURCE = "import os\n\n\ndef total(items):\n    if items:\n        return sum(items)\n    return 0\n"
STATEMENTS = [1, 4, 5, 6, 7]


@dataclass
class SuitePython:
    """The suite's Python as far as `read_given` asks it, with files all of whose lines with text are statements."""

    root: Path
    measured: Mapping[str, FileCoverage] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()
    asked: list[ExportRequest] = field(default_factory=list)
    described: list[Mapping[str, bytes] | None] = field(default_factory=list)

    def paths(self, data_files: Sequence[str], base_files: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
        self.described.append(base_files)
        return tuple(self.measured) if data_files else ()

    def export(self, wanted: ExportRequest) -> Snapshot:
        self.asked.append(wanted)
        found = self.measured.values() if wanted.data_files else ()
        missing = [path for path in wanted.changed if path not in {file.path for file in found}]
        return Snapshot(
            files=tuple(found),
            origin=Origin("coverage.py", "7.17.3", "CPython 3.14.0"),
            unmeasured=self.analyse([path for path in missing if path not in self.omitted]),
            left_out=tuple(LeftOut(path, "omitted") for path in missing if path in self.omitted),
            mapped=tuple(PathMapping(given, path) for given, path in wanted.remap.items()),
        )

    def analyse(self, paths: Sequence[str]) -> tuple[FileCoverage, ...]:
        return tuple(FileCoverage(path, self._statements(path), NO_LINES, sha256="known") for path in paths)

    def _statements(self, path: str) -> LineSet:
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        return LineSet.of(number for number, line in enumerate(lines, start=1) if line.strip())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for path in ("src/shop/cart.py", "src/shop/tax.py"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(SOURCE, encoding="utf-8")
    return root


def coverage_json(executed: Sequence[int], missing: Sequence[int], path: str = "src/shop/cart.py") -> str:
    summary = {"num_statements": len({*executed, *missing})}
    entry = {"executed_lines": list(executed), "missing_lines": list(missing), "summary": summary}
    return json.dumps({"meta": {"version": "7.17.3", "branch_coverage": False}, "files": {path: entry}})


def lcov(path: str, *lines: tuple[int, int]) -> str:
    return f"SF:{path}\n" + "".join(f"DA:{line},{hits}\n" for line, hits in lines) + "end_of_record\n"


def written(root: Path, name: str, content: str | bytes) -> str:
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def read(root: Path, *data: str, changed: Sequence[str] = (), probe: SuitePython | None = None) -> Measurement:
    tree = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    order = SuiteOrder(changed=tuple(changed))
    return read_given(data, order, root=str(root), probe=probe or SuitePython(root), python_files=tree)


def test_a_json_report_is_a_snapshot(root: Path) -> None:
    measurement = read(root, written(root, "coverage.json", coverage_json([1, 4, 5, 6], [7])))
    assert [(file.path, file.line) for file in measurement.snapshot.files] == [("src/shop/cart.py", Ratio(4, 5))]
    assert measurement.snapshot.origin == Origin("coverage.py", "7.17.3", has_branches=False)
    assert measurement.result is NOT_RUN


def test_reports_of_shards_are_united(root: Path) -> None:
    written(root, "out/unit/coverage.json", coverage_json([1, 4], [5, 6, 7]))
    written(root, "out/integration/coverage.json", coverage_json([1, 5], [4, 6, 7]))
    (file,) = read(root, "out").snapshot.files
    assert str(file.executed) == "1, 4–5"


@pytest.mark.parametrize("given", ["out/*.json", "out/**/coverage*.json", "out", "./out/../out/coverage.json"])
def test_a_report_is_found_by_glob_directory_or_name(root: Path, given: str) -> None:
    written(root, "out/coverage.json", coverage_json([1], STATEMENTS[1:]))
    assert read(root, given).snapshot.line == Ratio(1, 5)


def test_a_file_named_twice_is_read_once(root: Path) -> None:
    written(root, "out/junit.xml", '<testsuite><testcase name="a" time="2"/></testsuite>')
    written(root, "out/coverage.json", coverage_json([1], STATEMENTS[1:]))
    assert read(root, "out", "out/*.xml", "out/junit.xml").result.seconds == 2.0


def test_a_directory_s_configuration_is_no_data(root: Path) -> None:
    written(root, ".coveragerc", "[run]\n")
    written(root, "coverage.json", coverage_json([1], STATEMENTS[1:]))
    assert read(root, ".").snapshot.line == Ratio(1, 5)


def test_paths_of_another_machine_are_mapped_and_shown(root: Path) -> None:
    report = lcov("/home/runner/work/shop/src/shop/cart.py", *((line, 1) for line in STATEMENTS))
    snapshot = read(root, written(root, "lcov.info", report)).snapshot
    assert snapshot.mapped == (PathMapping("/home/runner/work/shop/src/shop/cart.py", "src/shop/cart.py"),)


def test_data_files_paths_of_another_machine_are_remapped_by_the_probe(root: Path) -> None:
    cart = FileCoverage("src/shop/cart.py", LineSet.of(STATEMENTS), LineSet.of([1]))
    probe = SuitePython(root, measured={"/app/src/shop/cart.py": cart})
    data = written(root, "unit.data", b"SQLite format 3\x00")
    snapshot = read(root, data, probe=probe).snapshot
    assert probe.asked[0].remap == {"/app/src/shop/cart.py": "src/shop/cart.py"}
    assert probe.asked[0].data_files == (str(root / "unit.data"),)
    assert snapshot.mapped == (PathMapping("/app/src/shop/cart.py", "src/shop/cart.py"),)
    assert snapshot.origin.python == "CPython 3.14.0"


def test_data_files_and_reports_are_united(root: Path) -> None:
    cart = FileCoverage("src/shop/cart.py", LineSet.of(STATEMENTS), LineSet.of([1]))
    probe = SuitePython(root, measured={"src/shop/cart.py": cart})
    data = written(root, "unit.data", b"SQLite format 3\x00")
    report = written(root, "lcov.info", lcov("src/shop/cart.py", *((line, int(line == 7)) for line in STATEMENTS)))
    snapshot = read(root, data, report, probe=probe).snapshot
    assert str(snapshot.files[0].executed) == "1, 7"
    assert snapshot.origin.tool == "coverage.py + LCOV"


def test_a_changed_file_is_completed_from_its_source(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 4], [5, 6, 7]))
    assert read(root, report, changed=["src/shop/cart.py"]).snapshot.files[0].sha256 == "known"


def test_a_changed_file_that_no_report_knows_is_unmeasured(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 4], [5, 6, 7]))
    probe = SuitePython(root)
    snapshot = read(root, report, changed=["src/shop/cart.py", "src/shop/tax.py"], probe=probe).snapshot
    assert [file.path for file in snapshot.unmeasured] == ["src/shop/tax.py"]
    assert probe.asked[0].default_source == ("src/shop",)


def test_a_changed_file_that_is_omitted_is_left_out_unless_a_report_measured_it(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 4], [5, 6, 7]))
    probe = SuitePython(root, omitted=frozenset({"src/shop/cart.py", "src/shop/tax.py"}))
    snapshot = read(root, report, changed=["src/shop/cart.py", "src/shop/tax.py"], probe=probe).snapshot
    assert [left.path for left in snapshot.left_out] == ["src/shop/tax.py"]


def test_files_that_git_ignores_count_where_they_lie_on_disk(root: Path) -> None:
    (root / "src/shop/_version.py").write_text("version = '1'\n", encoding="utf-8")
    report = written(root, "lcov.info", lcov("src/shop/_version.py", (1, 1)))
    measurement = read_given(
        [report], SuiteOrder(), root=str(root), probe=SuitePython(root), python_files=["src/shop/cart.py"]
    )
    assert measurement.snapshot.line == Ratio(1, 1)


def test_test_results_beside_coverage_end_the_suite(root: Path) -> None:
    coverage = written(root, "coverage.json", coverage_json([1], STATEMENTS[1:]))
    passed = written(root, "junit-unit.xml", '<testsuite><testcase name="a"/></testsuite>')
    failed = written(root, "junit-all.xml", '<testsuite><testcase name="b"><failure/></testcase></testsuite>')
    assert read(root, coverage, passed).result.ending is Ending.PASSED
    result = read(root, coverage, passed, failed).result
    assert result.ending is Ending.FAILED
    assert [case.name for case in result.cases] == ["a", "b"]


def test_a_test_that_fails_in_one_job_failed(root: Path) -> None:
    coverage = written(root, "coverage.json", coverage_json([1], STATEMENTS[1:]))
    failed = written(root, "junit-1.xml", '<testsuite><testcase name="a"><failure/></testcase></testsuite>')
    passed = written(root, "junit-2.xml", '<testsuite><testcase name="a"/></testsuite>')
    assert read(root, coverage, failed, passed).result.ending is Ending.FAILED


def test_a_report_that_counts_a_blank_line_of_a_changed_file_is_older(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 2, 3, 4, 5], []))
    with pytest.raises(MeasurementError, match=r"older than the source of src/shop/cart\.py") as caught:
        read(root, report, changed=["src/shop/cart.py"])
    assert caught.value.where == "coverage.json"
    assert "Measure again" in caught.value.hint


def test_a_report_that_counts_beyond_the_end_of_an_unchanged_file_is_told(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 99], []))
    assert "other versions of files that did not change here: src/shop/cart.py" in read(root, report).snapshot.notes[0]


def test_statements_that_a_report_does_not_know_are_told(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1, 4, 5], []))
    snapshot = read(root, report, changed=["src/shop/cart.py"]).snapshot
    assert snapshot.line == Ratio(3, 5)
    assert "does not know the statements of src/shop/cart.py at 6–7" in snapshot.notes[0]


def test_reports_of_another_repository_are_an_error_with_examples(root: Path) -> None:
    report = written(root, "coverage.json", coverage_json([1], [], path="/app/lib/other.py"))
    with pytest.raises(MeasurementError, match="none of the files") as caught:
        read(root, report)
    assert "/app/lib/other.py" in caught.value.where
    assert "src/shop/cart.py" in caught.value.hint


def test_a_report_without_files_is_an_error(root: Path) -> None:
    with pytest.raises(MeasurementError, match="hold no file at all"):
        read(root, written(root, "coverage.json", '{"meta": {}, "files": {}}'))


def test_test_results_alone_are_no_coverage(root: Path) -> None:
    with pytest.raises(MeasurementError, match="without coverage"):
        read(root, written(root, "junit.xml", "<testsuite/>"))


def test_files_of_others_among_ours_are_left_out_and_told(root: Path) -> None:
    report = lcov("src/shop/cart.py", (1, 1)) + lcov("/usr/lib/python3/json/decoder.py", (1, 1))
    snapshot = read(root, written(root, "lcov.info", report)).snapshot
    assert [file.path for file in snapshot.files] == ["src/shop/cart.py"]
    assert "/usr/lib/python3/json/decoder.py" in snapshot.notes[0]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nowhere.json", "no such file"),
        ("nowhere/*.json", "no file matches"),
        ("empty", "holds no coverage data"),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error_that_knows_hidden_files(root: Path, given: str, words: str) -> None:
    (root / "empty").mkdir()
    with pytest.raises(MeasurementError, match=words) as caught:
        read(root, given)
    assert caught.value.where == given
    assert "upload-artifact" in caught.value.hint


def test_an_empty_file_in_a_directory_is_no_shard_to_do_without(root: Path) -> None:
    written(root, "out/coverage.json", coverage_json([1], STATEMENTS[1:]))
    written(root, "out/.coverage.unit", b"")
    with pytest.raises(MeasurementError, match="empty") as caught:
        read(root, "out")
    assert caught.value.where == "out/.coverage.unit"


def test_a_pipe_is_refused_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "coverage.xml")
    with pytest.raises(MeasurementError, match="no regular file"):
        read(root, "coverage.xml")


def test_a_link_out_of_the_repository_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_text(coverage_json([1], []), encoding="utf-8")
    (root / "coverage.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(MeasurementError, match="link to another place"):
        read(root, "coverage.json")


def test_a_link_within_the_repository_is_followed(root: Path) -> None:
    written(root, "out/coverage-unit.json", coverage_json([1], STATEMENTS[1:]))
    (root / "coverage.json").symlink_to("out/coverage-unit.json")
    assert read(root, "coverage.json").snapshot.line == Ratio(1, 5)


def test_a_file_outside_the_repository_may_be_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "coverage.json").write_text(coverage_json([1], STATEMENTS[1:]), encoding="utf-8")
    assert read(root, str(tmp_path / "coverage.json")).snapshot.line == Ratio(1, 5)


def test_a_file_beyond_all_sense_is_refused_by_its_size(root: Path) -> None:
    with (root / "coverage.xml").open("wb") as file:
        file.write(b"<coverage>")
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(MeasurementError, match="larger than 256 MiB"):
        read(root, "coverage.xml")
