"""The history's file: its lines in their order, each commit once, and nothing damaged."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from covgate.model.history import HistoryLine
from covgate.model.ratio import NOTHING, Ratio
from covgate.parse.history_lines import MOST_LINES, history_from, history_records, history_text, with_line

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def line(number: int, minute: int | None = None, covered: int = 1) -> HistoryLine:
    """A commit's line."""
    time = BEGIN + timedelta(minutes=number if minute is None else minute)
    ratio = Ratio(covered, 4)
    return HistoryLine(f"{number:040x}", (f"{number - 1:040x}",), time, ratio, ratio, ratio + ratio, 1.5)


def written(*lines: HistoryLine) -> bytes:
    """The file after these lines were added one by one."""
    content = b""
    for one in lines:
        content = history_text(with_line(history_records(content), one)).encode()
    return content


def test_what_was_written_is_what_is_read() -> None:
    bare = replace(line(3), parents=(), line=NOTHING, branch=NOTHING, combined=NOTHING, seconds=None, queued=True)
    lines = (line(1), line(2), bare)
    assert history_from(written(*lines)) == lines


def test_lines_are_in_the_order_of_their_commits_times_and_then_as_they_were_measured() -> None:
    later, first, second = line(3, minute=9), line(2, minute=5), line(1, minute=5)
    assert history_from(written(later, first, second)) == (first, second, later)


def test_times_are_compared_and_not_their_texts() -> None:
    east = datetime.fromisoformat("2026-01-01T09:00:00+09:00")
    assert history_from(written(line(1), replace(line(2), time=east))) == (replace(line(2), time=east), line(1))


def test_a_commit_measured_anew_replaces_its_line_and_stays_in_its_place() -> None:
    content = written(line(1, 5), line(2, 5), line(1, 5, covered=3))
    assert [(one.sha[-1], one.line.covered) for one in history_from(content)] == [("1", 3), ("2", 1)]


def test_the_oldest_lines_go_where_there_are_too_many() -> None:
    many = "".join(history_text(with_line((), line(number))) for number in range(MOST_LINES))
    kept = with_line(history_records(many.encode()), line(MOST_LINES))
    assert (len(kept), kept[0].sha, kept[-1].sha) == (MOST_LINES, line(1).sha, line(MOST_LINES).sha)


@pytest.mark.parametrize(
    "damage",
    [
        {"sha": "HEAD"},
        {"parents": ["x"]},
        {"time": "now"},
        {"time": "2026-01-01T00:00:00"},
        {"line": [5, 4]},
        {"line": [-1, 4]},
        {"combined": [1]},
        {"seconds": -1},
        {"schema": 0},
    ],
)
def test_a_damaged_line_is_passed_over(damage: dict[str, object]) -> None:
    good, bad = written(line(1)), json.dumps(json.loads(written(line(2))) | damage).encode()
    assert history_from(bad + b"\n" + good) == (line(1),)


@pytest.mark.parametrize("noise", [b"", b"\n\n", b"{", b"\xff\xfe\n", b"null\n[]\n", b"{" * 30_000, b"1" * 30_000])
def test_what_is_no_line_is_passed_over(noise: bytes) -> None:
    assert history_from(noise + b"\n" + written(line(1))) == (line(1),)


def test_keys_that_a_later_version_adds_are_passed_over_and_stay_in_the_file() -> None:
    text = json.dumps(json.loads(written(line(1))) | {"weather": "fine"})
    assert history_from(text.encode()) == (line(1),)
    assert history_text(with_line(history_records(text.encode()), line(2))).splitlines()[0] == text


def test_a_line_of_a_newer_schema_stays_behind_the_one_that_it_followed() -> None:
    newer = json.dumps({"schema": 2, "sha": "f" * 40})
    content = written(line(1), line(3)).splitlines()
    text = b"\n".join((content[0], newer.encode(), content[1]))
    assert [record.sha[-1] for record in with_line(history_records(text), line(2))] == ["1", "f", "2", "3"]
