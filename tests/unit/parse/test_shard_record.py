"""A shard's results, written and read again; and what is refused of those that somebody else wrote."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.errors import MeasurementError
from covgate.model.shard import SHARD_NAME, Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.shard_record import LONGEST_NAME, record_text, shard_from

SHA = "3f" * 20
CASES = (
    TestCase("tests/test_a.py::test_one", Outcome.PASSED, 0.25),
    TestCase("tests/test_a.py::test_two", Outcome.FAILED, 1.5, "assert 1 == 2"),
)
SUITE = SuiteResult(Ending.FAILED, "1 test of 2 failed.", "pytest", 1, 2.5, CASES, counted=True)
SHARD = Shard(
    name="unit",
    sha=SHA,
    suite=SUITE,
    origin=Origin("coverage.py", "7.17.3", "CPython 3.13.0", "ctrace"),
    data_sha256="ab" * 32,
    files=(("src/a.py", "cd" * 32), ("src/b.py", "")),
    dirty=True,
    covgate="0.1.0",
)
WHERE = "shards/results.unit.json"


def changed(**more: Any) -> bytes:
    return json.dumps({**json.loads(record_text(SHARD)), **more}).encode()


def test_what_was_written_is_what_is_read() -> None:
    assert shard_from(record_text(SHARD).encode(), WHERE) == SHARD


@given(
    st.lists(
        st.builds(
            TestCase,
            st.text(max_size=20),
            st.sampled_from(Outcome),
            st.floats(0, 1e6),
            st.text(max_size=20),
        ),
        max_size=5,
    )
)
def test_whatever_tests_are_called_is_read_as_it_was_written(cases: list[TestCase]) -> None:
    suite = SuiteResult(Ending.PASSED, "The suite passed.", "pytest", 0, 1.0, tuple(cases), counted=True)
    shard = Shard("unit", SHA, suite, SHARD.origin, SHARD.data_sha256)
    assert shard_from(record_text(shard).encode(), WHERE) == shard


def test_the_number_of_the_schema_comes_first_so_that_the_file_is_recognised_by_its_head() -> None:
    assert record_text(SHARD).split()[:3] == ["{", '"covgate_shard":', "1,"]


def test_other_keys_are_passed_over() -> None:
    assert shard_from(changed(later="a newer covgate says more"), WHERE) == SHARD


@pytest.mark.parametrize("schema", [2, 0, "1", None, True, [1]])
def test_another_schema_is_refused_with_the_advice_to_use_one_version(schema: object) -> None:
    with pytest.raises(MeasurementError, match="schema") as caught:
        shard_from(changed(covgate_shard=schema), WHERE)
    assert "one version of covgate" in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"covgate_shard": 1}', b"\xff\xfe", b"[" * 100_000, b'{"covgate_shard": 1, "shard": '],
    ids=["empty", "list", "cut", "keys missing", "no UTF-8", "deep", "cut later"],
)
def test_a_damaged_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(MeasurementError) as caught:
        shard_from(content, WHERE)
    assert caught.value.where == WHERE


@pytest.mark.parametrize(
    "more",
    [
        {"shard": "../../etc/passwd"},
        {"shard": ".hidden"},
        {"shard": "a\n"},
        {"shard": ""},
        {"shard": "x" * 65},
        {"data_sha256": "zz"},
        {"data_sha256": "AB" * 32},
        {"head": {"sha": "main", "dirty": False}},
        {"head": {"sha": SHA + "\n", "dirty": False}},
        {"sources": {"src/a.py": "not a digest"}},
        {"sources": ["src/a.py"]},
        {"suite": {"ending": "splendid"}},
        {"suite": {"ending": "passed", "seconds": -1}},
        {"suite": {"ending": "passed", "cases": [{"name": "t", "outcome": "passed", "seconds": float("inf")}]}},
        {"suite": {"ending": "passed", "seconds": float("nan")}},
        {"origin": {}},
    ],
)
def test_values_that_covgate_would_not_write_are_refused(more: dict[str, Any]) -> None:
    with pytest.raises(MeasurementError):
        shard_from(changed(**more), WHERE)


def test_names_of_tests_are_cut_to_what_a_report_can_hold() -> None:
    endless = {"name": "t" * 10_000, "outcome": "failed", "message": "m" * 10_000}
    (case,) = shard_from(changed(suite={"ending": "failed", "cases": [endless]}), WHERE).suite.cases
    assert len(case.name) == LONGEST_NAME
    assert len(case.message) < 1000


@pytest.mark.parametrize("name", ["unit", "3.12", "a-b_c.d", "1", "x" * 64])
def test_names_that_a_matrix_has_are_names_of_shards(name: str) -> None:
    assert SHARD_NAME.fullmatch(name)
