import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.errors import MeasurementError
from covgate.model.ratio import Ratio
from covgate.parse.formats.lcov import FORMAT
from covgate.parse.input_format import ForeignReport


def read(text: str) -> ForeignReport:
    assert FORMAT.parse
    return FORMAT.parse(text.encode(), "lcov.info")


def test_records_of_one_file_are_one_file() -> None:
    (file,) = read("SF:a.c\nDA:1,0\nDA:2,1\nend_of_record\nTN:other\nSF:a.c\nDA:1,4\nDA:3,0\nend_of_record\n").files
    assert (str(file.statements), str(file.executed)) == ("1–3", "1–2")


def test_ways_taken_in_either_record_are_taken() -> None:
    one = "SF:a.py\nDA:1,1\nBRDA:1,0,jump to line 2,1\nBRDA:1,0,jump to line 3,0\nend_of_record\n"
    other = "SF:a.py\nDA:1,1\nBRDA:1,0,jump to line 2,0\nBRDA:1,0,jump to line 3,1\nend_of_record\n"
    (file,) = read(one + other).files
    assert file.branch == Ratio(2, 2)


def test_a_dash_is_a_way_never_reached() -> None:
    (file,) = read("SF:a.c\nDA:4,0\nBRDA:4,0,0,-\nBRDA:4,0,1,-\nend_of_record\n").files
    assert file.branch == Ratio(0, 2)


def test_checksums_windows_line_ends_and_unknown_tags_are_passed_over() -> None:
    passed_over = ("VER:7", "FNL:0,1,9", "FNA:0,2,main", "MCDC:1,2,t,1,0,x")
    lines = ("# made by hand", "TN:", "SF:a.c", *passed_over, "DA:1,2,abc+/,==", "end_of_record", "")
    assert read("\r\n".join(lines)).files[0].line == Ratio(1, 1)


def test_exceptional_blocks_and_commas_in_expressions_are_taken() -> None:
    (file,) = read("SF:a.c\nDA:4,1\nBRDA:4,e0,f(a, b),1\nBRDA:4,e0,g(c, d),0\nend_of_record\n").files
    assert file.branch == Ratio(1, 2)


def test_a_way_out_of_the_function_is_negative_and_others_name_their_line() -> None:
    text = "SF:a.py\nDA:3,1\nBRDA:3,0,jump to line 5,0\nBRDA:3,0,return from function 'f',0\nend_of_record\n"
    assert [arc.to for arc in read(text).files[0].branches[0].missed] == [5, -3]


def test_a_description_is_never_shown_as_it_was_given() -> None:
    text = "SF:a.py\nDA:3,1\nBRDA:3,0,<img src=x> ::error::,0\nBRDA:3,0,jump to line 5,1\nend_of_record\n"
    assert "<" not in read(text).files[0].branches[0].missed[0].words


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("SF:a.c\nDA:1,1\n", "lcov.info"),
        ("SF:a.c\nDA:1,1\nSF:b.c\nend_of_record\n", "lcov.info:3"),
        ("SF:a.c\nDA:x,1\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\nDA:1\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\nDA:0,1\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\nDA:99999999999,1\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\nDA:1,nan\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\nBRDA:1,0\nend_of_record\n", "lcov.info:2"),
        ("SF:a.c\n<html>\nend_of_record\n", "lcov.info:2"),
    ],
)
def test_a_damaged_file_is_an_error_at_its_line(text: str, where: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        read(text)
    assert caught.value.where == where


LINES = st.dictionaries(st.integers(1, 60), st.integers(0, 5), max_size=12)
BRANCHES = st.dictionaries(st.integers(1, 60), st.lists(st.sampled_from("-01"), min_size=2, max_size=4), max_size=5)
FILES = st.dictionaries(st.from_regex(r"[a-z]{1,6}\.c", fullmatch=True), st.tuples(LINES, BRANCHES), max_size=4)


def rendered(files: dict[str, tuple[dict[int, int], dict[int, list[str]]]]) -> str:
    text = ""
    for path, (lines, branches) in files.items():
        text += f"TN:\nSF:{path}\n" + "".join(f"DA:{line},{hits}\n" for line, hits in lines.items())
        for line, ways in branches.items():
            text += "".join(f"BRDA:{line},0,{number},{taken}\n" for number, taken in enumerate(ways))
        text += f"BRF:{sum(map(len, branches.values()))}\nLF:{len(lines)}\nend_of_record\n"
    return text


@given(FILES)
@settings(max_examples=60)
def test_what_is_written_is_read(files: dict[str, tuple[dict[int, int], dict[int, list[str]]]]) -> None:
    report = read(rendered(files) or "TN:\n")
    found = {file.path: file for file in report.files}
    assert found.keys() == files.keys()
    for path, (lines, branches) in files.items():
        assert set(found[path].statements) == set(lines)
        assert set(found[path].executed) == {line for line, hits in lines.items() if hits}
        taken = sum(way == "1" for ways in branches.values() for way in ways)
        assert found[path].branch == Ratio(taken, sum(map(len, branches.values())))
    assert report.inexact == frozenset()
