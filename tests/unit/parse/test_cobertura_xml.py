import pytest

from covgate.errors import MeasurementError
from covgate.model.ratio import Ratio
from covgate.parse.formats.cobertura_xml import FORMAT
from covgate.parse.input_format import ForeignReport


def read(lines: str, *, head: str = "", name: str = "a.py", more: str = "") -> ForeignReport:
    assert FORMAT.parse
    one = f'<class name="a" filename="{name}"><methods/><lines>{lines}</lines></class>'
    document = f"{head}<coverage><packages><package><classes>{one}{more}</classes></package></packages></coverage>"
    return FORMAT.parse(document.encode(), "coverage.xml")


def test_classes_of_one_file_are_one_file() -> None:
    lines = '<line number="1" hits="3"/><line number="9" hits="0"/>'
    inner = f'<class name="b" filename="a.py"><lines>{lines}</lines></class>'
    (file,) = read('<line number="1" hits="0"/><line number="2" hits="1"/>', more=inner).files
    assert (str(file.statements), str(file.executed)) == ("1–2, 9", "1–2")


def test_lines_that_stand_in_methods_only_are_counted() -> None:
    method = '<methods><method><lines><line number="4" hits="1"/></lines></method></methods>'
    files = {file.path: file.line for file in read("", more=f'<class filename="b.py">{method}</class>').files}
    assert files["b.py"] == Ratio(1, 1)


def test_missed_ways_are_named_where_coverage_names_them() -> None:
    line = '<line number="7" hits="1" branch="true" condition-coverage="33% (1/3)" missing-branches="9,exit"/>'
    (branch,) = read(line).files[0].branches
    assert (branch.exits, [arc.to for arc in branch.missed]) == (3, [9, -7])


def test_more_named_ways_than_counted_are_cut_to_the_count() -> None:
    line = '<line number="7" hits="1" branch="true" condition-coverage="50% (1/2)" missing-branches="9,10,11"/>'
    (file,) = read(line).files
    assert file.branch == Ratio(1, 2)


def test_a_branch_without_counts_counts_nothing() -> None:
    assert not read('<line number="7" hits="1" branch="true" condition-coverage="50%"/>').has_branches


def test_a_document_type_without_an_inner_subset_is_taken() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://example.org/coverage-04.dtd">'
    assert read('<line number="1" hits="1"/>', head=head).files[0].line == Ratio(1, 1)


BILLION = '<!DOCTYPE coverage [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE coverage [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE coverage [<!ENTITY % a SYSTEM "http://example.org/x"> %a;]>'
DEFAULTS = '<!DOCTYPE coverage [<!ATTLIST line hits CDATA "1">]>'


@pytest.mark.parametrize("head", [BILLION, EXTERNAL, PARAMETER, DEFAULTS], ids=["bomb", "file", "% name", "defaults"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_inside_the_document_are_refused(head: str, encoding: str) -> None:
    assert FORMAT.parse
    with pytest.raises(MeasurementError, match="declares entities or a document type"):
        FORMAT.parse(f"{head}<coverage/>".encode(encoding), "coverage.xml")


@pytest.mark.parametrize(
    "line",
    [
        '<line number="0" hits="1"/>',
        '<line number="-1" hits="1"/>',
        '<line number="99999999999999999999" hits="1"/>',
        '<line number="&#1633;" hits="1"/>',
        '<line hits="1"/>',
        '<line number="1" hits="NaN"/>',
        '<line number="1"/>',
        '<line number="1" hits="1" branch="true" condition-coverage="150% (3/2)"/>',
        '<line number="1" hits="1" branch="true" condition-coverage="0% (0/99999999)"/>',
        '<line number="1" hits="1" branch="true" condition-coverage="0% (0/2)" missing-branches="x"/>',
    ],
)
def test_numbers_that_cannot_be_are_errors(line: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        read(line)
    assert "coverage.xml" in caught.value.where


def test_a_huge_count_of_executions_is_a_line_that_ran() -> None:
    assert read(f'<line number="1" hits="{"9" * 6000}"/>').files[0].line == Ratio(1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"<coverage><packages><package>",
        b"<coverage>" + b"<a>" * 50_000,
        b"<coverage>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</coverage",
        b"<other><coverage/></other>",
        b'<?xml version="1.0" encoding="no-such"?><coverage/>',
        b"<coverage>\x00</coverage>",
        b"<coverage><packages><package><classes><class/></classes></package></packages></coverage>",
    ],
    ids=["cut short", "deep and open", "deep and cut", "other root", "encoding", "control character", "no file name"],
)
def test_a_damaged_document_is_an_error_that_names_the_file(content: bytes) -> None:
    assert FORMAT.parse
    with pytest.raises(MeasurementError) as caught:
        FORMAT.parse(content, "out/coverage.xml")
    assert caught.value.where == "out/coverage.xml"


def test_clover_is_not_taken_for_cobertura() -> None:
    assert not FORMAT.recognises("clover.xml", b'<?xml version="1.0"?><coverage generated="1"><project timestamp="1">')
