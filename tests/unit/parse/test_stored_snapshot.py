"""A snapshot as a file: the same after reading, the same bytes for the same content, refused where it is damaged."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from covgate.errors import MeasurementError
from covgate.model.history import Stored
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Origin, PathMapping, Region, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse import stored_snapshot
from covgate.parse.stored_snapshot import MOST_TESTS, stored_bytes, stored_from

SAMPLE = Path(__file__).parents[2] / "samples/snapshots/schema-1.json.gz"
WHERE = "snapshots/3f.json.gz"
CART = FileCoverage(
    path="src/shop/cart ä.py",
    statements=LineSet.of([1, 2, 3, 5, 9]),
    executed=LineSet.of([1, 2, 9]),
    excluded=LineSet.of([12, 13]),
    spans=((5, 7),),
    branches=(Branch(3, 2, (MissedArc(3, 5, "`if coupon` never True"), MissedArc(3, -1, "never left"))),),
    regions=(Region("class", "Cart", 1, LineSet.of([1])), Region("function", "Cart.total", 2, LineSet.of([2, 3, 5]))),
    sha256="ab" * 32,
    reached_by=(("tests/test_cart.py", 3),),
)
STORED = Stored(
    sha="3f" * 20,
    parents=("1a" * 20, "2b" * 20),
    time=datetime(2026, 11, 20, 12, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    snapshot=Snapshot(
        files=(CART,),
        origin=Origin(
            "coverage.py",
            "7.17.3",
            "CPython 3.13.0",
            "ctrace",
            exclusions=(("exclude_list", ("# pragma: no cover", "if TYPE_CHECKING:")), ("run_omit", ("tests/*",))),
        ),
        unmeasured=(FileCoverage("src/new.py", LineSet.of([1]), LineSet()),),
        left_out=(LeftOut("src/old.py", "omitted by the configuration", unknown=True),),
        mapped=(PathMapping("/elsewhere/src/shop/cart.py", "src/shop/cart.py"),),
        notes=("a remark",),
    ),
    suite=SuiteResult(
        Ending.PASSED,
        "The suite passed.",
        "pytest -q",
        0,
        12.5,
        (
            TestCase("tests/test_cart.py::test_ünï[\U0001f600]", Outcome.PASSED, 0.25),
            TestCase("tests/test_cart.py::test_later", Outcome.SKIPPED, 0.0, "not yet"),
        ),
        counted=True,
    ),
    covgate="0.1.0",
    queued=True,
    dirty=True,
)


def packed(content: bytes) -> bytes:
    """Without the time, so that the tests have the same names in every process."""
    return gzip.compress(content, mtime=0)


def changed(**more: Any) -> bytes:
    """The file with other values at its top."""
    return packed(json.dumps(json.loads(gzip.decompress(stored_bytes(STORED))) | more).encode())


def refusal(content: bytes) -> str:
    """Why it is not read."""
    with pytest.raises(MeasurementError) as raised:
        stored_from(content, WHERE)
    assert raised.value.where.startswith(WHERE)
    return raised.value.what


def test_what_was_written_is_what_is_read() -> None:
    assert stored_from(stored_bytes(STORED), WHERE) == STORED


def test_the_same_snapshot_has_the_same_bytes_whenever_it_is_written() -> None:
    assert stored_bytes(STORED) == stored_bytes(replace(STORED))
    assert stored_bytes(STORED)[4:8] == b"\0\0\0\0", "gzip's header has no time"


def test_a_file_of_schema_1_stays_readable() -> None:
    """The file was written by covgate 0.1.0. It is never to be written anew."""
    assert stored_from(SAMPLE.read_bytes(), WHERE) == STORED


def test_keys_that_a_later_version_adds_are_passed_over() -> None:
    record = json.loads(gzip.decompress(stored_bytes(STORED)))
    record["weather"] = "fine"
    record["suite"]["retries"] = 2
    record["origin"]["machine"] = "arm64"
    record["files"][0]["blob"] = "12" * 20
    assert stored_from(packed(json.dumps(record).encode()), WHERE) == STORED


@pytest.mark.parametrize("key", ["unmeasured", "left_out", "mapped", "notes", "dirty"])
def test_what_a_run_of_the_default_branch_has_no_need_of_may_be_missing(key: str) -> None:
    record = json.loads(gzip.decompress(stored_bytes(STORED)))
    del record[key]
    assert stored_from(packed(json.dumps(record).encode()), WHERE).sha == STORED.sha


def test_a_newer_schema_is_told_as_one_whatever_else_it_holds() -> None:
    text = packed(b'{"covgate_snapshot": 2, "all": "new"}')
    assert refusal(text) == (
        "the stored snapshot was written by a newer covgate: its schema is 2, and this version reads 1"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cut off"),
        (b"half", "damaged"),
        (stored_bytes(STORED)[:-9], "cut off"),
        (packed(b"[]"), "not as expected"),
        (packed(b"{" * 100_000), "not as expected"),
        (packed(b"null"), "not as expected"),
        (changed(covgate_snapshot=0), "another covgate"),
        (changed(covgate_snapshot=True), "not as expected"),
        (changed(sha="HEAD"), "sha"),
        (changed(sha="../" * 13 + "a"), "sha"),
        (changed(parents=["main"]), "parents.0"),
        (changed(time="yesterday"), "yesterday"),
        (changed(time="2026-11-20T12:30:00"), "no offset"),
        (changed(suite={}), "suite"),
        (changed(files=[{"path": "../a.py"}]), "files.0"),
        (changed(left_out=[["/etc/passwd", "why", False]]), "left_out"),
    ],
)
def test_what_is_damaged_is_refused_and_told(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_file_that_says_more_ran_than_there_is_contradicts_itself() -> None:
    record = json.loads(gzip.decompress(stored_bytes(STORED)))
    record["files"][0]["executed"] = [[1, 99]]
    assert "more lines were run than there are statements" in refusal(packed(json.dumps(record).encode()))


@pytest.mark.parametrize("seconds", ["1e999", "-1", '"long"'])
def test_a_time_that_is_none_is_refused(seconds: str) -> None:
    text = gzip.decompress(stored_bytes(STORED)).replace(b'"seconds":12.5', b'"seconds":' + seconds.encode())
    assert "suite.seconds" in refusal(packed(text))


def test_a_bomb_is_not_blown_up() -> None:
    bomb = gzip.compress(b" " * (stored_snapshot.LARGEST_TEXT + 1), compresslevel=1)
    assert len(bomb) < stored_snapshot.LARGEST_FILE
    assert "unreasonably large" in refusal(bomb)


def test_a_file_too_large_to_look_at_is_refused_by_its_size() -> None:
    assert "unreasonably large" in refusal(b"\0" * (stored_snapshot.LARGEST_FILE + 1))


def test_of_very_many_tests_the_first_are_kept_and_the_rest_is_no_longer_counted() -> None:
    cases = tuple(TestCase(f"test_{number}", Outcome.PASSED) for number in range(MOST_TESTS + 1))
    read = stored_from(stored_bytes(replace(STORED, suite=replace(STORED.suite, cases=cases))), WHERE)
    assert (read.suite.cases, read.suite.counted) == (cases[:-1], False)


def test_long_names_and_messages_are_cut_and_half_characters_replaced() -> None:
    case = TestCase("test_" + "x" * 9000, Outcome.SKIPPED, 0.0, "why \udcff " + "y" * 9000)
    read = stored_from(stored_bytes(replace(STORED, suite=replace(STORED.suite, cases=(case,)))), WHERE)
    (cut,) = read.suite.cases
    assert (len(cut.name), len(cut.message), cut.message[:6]) == (2000, 500, "why ? ")


def test_a_time_at_the_end_of_the_calendar_is_refused_and_breaks_nothing() -> None:
    assert "not as expected" in refusal(
        changed(time=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))).isoformat())
    )
    assert stored_from(changed(time=datetime(1970, 1, 1, tzinfo=UTC).isoformat()), WHERE).time.year == 1970
