"""Every format, on files that the real tools wrote."""

from pathlib import Path

import pytest

from covgate.model.ratio import NOTHING, Ratio
from covgate.parse.input_format import ForeignReport, InputFormat
from covgate.parse.recognise import HEAD_BYTES, input_formats

SAMPLES = Path(__file__).parents[2] / "samples"
ALL = [(known, sample) for known in input_formats() for sample in known.samples]
READABLE = [pytest.param(known, sample, id=sample) for known, sample in ALL if known.parse]

LINES = Ratio(26, 40)
BRANCHES = Ratio(11, 16)
MISSED = {"cart.py": "18, 23, 32, 43–46", "report.py": "3, 7–9, 14–15, 17"}


def parsed(sample: str) -> ForeignReport:
    content = (SAMPLES / sample).read_bytes()
    known = next(known for known in input_formats() if known.recognises(sample, content[:HEAD_BYTES]))
    assert known.parse is not None
    return known.parse(content, sample)


@pytest.mark.parametrize(("known", "sample"), [pytest.param(*pair, id=pair[1]) for pair in ALL])
def test_a_sample_is_recognised_by_its_own_format_and_no_other(known: InputFormat, sample: str) -> None:
    head = (SAMPLES / sample).read_bytes()[:HEAD_BYTES]
    assert [other.id for other in input_formats() if other.recognises(sample, head)] == [known.id]


def test_every_captured_file_is_a_sample_of_a_format() -> None:
    captured = {path.name for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".md"}
    assert captured == {sample for _, sample in ALL}


@pytest.mark.parametrize(("known", "sample"), READABLE)
def test_a_sample_holds_files_or_test_results(known: InputFormat, sample: str) -> None:
    report = parsed(sample)
    assert bool(report.files) != bool(report.suite and report.suite.cases)
    assert report.tool, known.id


@pytest.mark.parametrize("sample", ["coverage-7.17.json", "coverage-7.17.xml", "coverage-7.17.info"])
def test_the_three_reports_of_one_run_count_the_same(sample: str) -> None:
    report = parsed(sample)
    assert sum((file.line for file in report.files), NOTHING) == LINES
    assert sum((file.branch for file in report.files), NOTHING) == BRANCHES
    missed = {file.path.rpartition("/")[2]: str(file.missed) for file in report.files if file.missed}
    assert missed == MISSED


@pytest.mark.parametrize("sample", ["coverage-7.17.json", "coverage-7.17.xml", "coverage-7.17.info"])
def test_the_three_reports_of_one_run_miss_the_same_ways(sample: str) -> None:
    arcs = [(arc.line, arc.to) for file in parsed(sample).files for branch in file.branches for arc in branch.missed]
    assert arcs == [(17, 18), (22, 23), (38, 37), (2, 3), (4, 9)]


@pytest.mark.parametrize("sample", ["coverage-7.17-lines.json", "coverage-7.17-lines.xml", "coverage-7.17-lines.info"])
def test_a_report_without_branches_says_so_and_counts_the_same_lines(sample: str) -> None:
    report = parsed(sample)
    assert not report.has_branches
    assert sum((file.line for file in report.files), NOTHING) == LINES
    assert not any(file.branches for file in report.files)


def test_an_old_json_report_counts_branches_as_its_summary_does() -> None:
    branches = {file.path: file.branch for file in parsed("coverage-7.2.json").files}
    assert branches["src/shop/cart.py"] == Ratio(9, 14)
    assert branches["src/shop/report.py"] == Ratio(4, 6)


def test_an_old_json_report_is_known_to_list_docstrings_as_lines() -> None:
    assert "src/shop/cart.py" in parsed("coverage-7.2.json").inexact
    assert parsed("coverage-7.17.json").inexact == frozenset()


def test_branches_that_an_old_report_does_not_place_are_left_out_and_told() -> None:
    for sample in ("coverage-5.5.json", "coverage-7.2.info"):
        report = parsed(sample)
        assert not report.has_branches
        assert "branches are left out" in report.notes[0]


def test_gcovr_counts_conditions_without_naming_them() -> None:
    (file,) = parsed("gcovr-8.8.xml").files
    assert (file.line, file.branch) == (Ratio(5, 8), Ratio(2, 4))
    assert [arc.to for branch in file.branches for arc in branch.missed] == [0, 0]
    assert parsed("gcovr-8.8.xml").tool == "gcovr"


def test_the_sources_of_a_cobertura_report_are_its_roots() -> None:
    assert parsed("coverage-7.17.xml").roots == ("src",)


def test_json_regions_are_functions_and_classes_with_their_lines() -> None:
    cart = next(file for file in parsed("coverage-7.17.json").files if file.path == "src/shop/cart.py")
    regions = {(region.kind, region.name): region for region in cart.regions}
    assert str(regions["function", "Cart.total"].lines) == "15–18, 21–24"
    assert regions["function", "Cart.total"].start == 14
    assert ("class", "Cart") in regions
