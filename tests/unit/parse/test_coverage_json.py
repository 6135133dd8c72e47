import json
from typing import Any

import pytest

from covgate.errors import MeasurementError
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage
from covgate.parse.formats.coverage_json import FORMAT


def entry(executed: list[Any], missing: list[Any], **more: Any) -> dict[str, Any]:
    summary = {"num_statements": len({*executed, *missing}), **more.pop("summary", {})}
    return {"executed_lines": executed, "missing_lines": missing, "summary": summary, **more}


def read(files: dict[str, Any], *, branches: bool = True) -> tuple[FileCoverage, ...]:
    assert FORMAT.parse
    document = {"meta": {"format": 3, "version": "7.17.3", "branch_coverage": branches}, "files": files}
    return FORMAT.parse(json.dumps(document).encode(), "coverage.json").files


def test_excluded_lines_that_ran_are_no_statements() -> None:
    (file,) = read({"a.py": entry([1, 2, 3], [4], excluded_lines=[2, 3])})
    assert (str(file.statements), str(file.excluded)) == ("1, 4", "2–3")


def test_a_way_into_an_excluded_line_is_no_branch() -> None:
    arcs = {"executed_branches": [[1, 2], [1, 4]], "missing_branches": [[4, 5], [4, 6]]}
    (file,) = read({"a.py": entry([1, 2, 4], [5, 6], excluded_lines=[2], summary={"num_branches": 2}, **arcs)})
    assert [branch.line for branch in file.branches if branch.missed] == [4]
    assert file.branch.missed == 2


def test_ways_that_no_list_names_are_counted_where_nothing_is_missed() -> None:
    arcs = {"executed_branches": [[1, 2]], "missing_branches": [[5, 6], [5, 8]]}
    (file,) = read({"a.py": entry([1, 2], [5, 6, 8], summary={"num_branches": 4}, **arcs)})
    assert [(branch.line, branch.exits, len(branch.missed)) for branch in file.branches] == [(1, 2, 0), (5, 2, 2)]


def test_a_summary_that_counts_absurdly_many_branches_is_not_believed() -> None:
    arcs = {"executed_branches": [[1, 2], [1, 3]], "missing_branches": []}
    (file,) = read({"a.py": entry([1, 2, 3], [], summary={"num_branches": 9_000_000}, **arcs)})
    assert file.branch == Ratio(2, 2)


@pytest.mark.parametrize(
    ("line", "words"),
    [(0, "greater"), (-3, "greater"), (10**9, "less"), (True, "int"), ("7", "int"), (1.5, "int"), (None, "int")],
)
def test_what_is_no_line_number_is_refused_by_name_of_its_key(line: object, words: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        read({"a.py": entry([line], [])})
    assert "files → a.py → executed_lines → 0" in caught.value.what
    assert words in caught.value.what


@pytest.mark.parametrize(
    "content",
    [
        b'{"meta": {}, "files": {"a.py": {"executed_lines": [1',
        b'{"meta": {}, "files": ' + b"[" * 100_000,
        b'{"files": {"a.py": {"executed_lines": [NaN], "missing_lines": [], "summary": {"num_statements": 1}}}}',
        b'{"meta": {}, "files": {"a.py": {"executed_lines": [' + b"9" * 5000 + b'], "missing_lines": []}}}',
        b'{"meta": [], "files": []}',
        b'{"meta": {"version": "7"}}',
        b'\xff\xfe{"meta"',
    ],
    ids=["cut short", "deeply nested", "NaN", "huge number", "lists", "no files", "not UTF-8"],
)
def test_a_damaged_document_is_an_error_that_names_the_file(content: bytes) -> None:
    assert FORMAT.parse
    with pytest.raises(MeasurementError) as caught:
        FORMAT.parse(content, "out/coverage.json")
    assert caught.value.where == "out/coverage.json"
    assert caught.value.hint
