"""What `covgate trend` prints."""

import json
from dataclasses import replace

import pytest
from tests.unit.render.trend.history import history, measured, sha

from covgate.render.trend.command import FORMATS, trend_json, trend_markdown, trend_terminal

MANY = history(range(8_000, 8_040), [600] * 40)
WIDE = tuple(replace(one, seconds=36_000.0, queued=True) for one in MANY)


def test_the_terminal_shows_bars_and_the_newest_commits_first() -> None:
    lines = trend_terminal(MANY, 30).splitlines()
    assert lines[0] == "30 commits of the default branch, 2026-01-13 to 2026-02-11"
    name, bars, *figures = lines[1].split()
    assert (name, len(bars), set(bars), figures) == ("lines", 30, {"▃", "▄"}, ["80.39", "%", "▲", "0.29"])
    assert lines[2].split()[0] == "branches"
    shown = [line.split()[0] for line in lines[6:36]]
    assert shown == [sha(number)[:7] for number in range(39, 9, -1)]
    assert lines[36] == "… and 10 older commits: see them with --limit 40"


@pytest.mark.parametrize("lines", [MANY, WIDE, history([8_000]), ()])
def test_no_line_is_wider_than_eighty_columns(lines: tuple[object, ...]) -> None:
    text = trend_terminal(lines, 100)  # type: ignore[arg-type]  # parametrize has one type for all
    assert max(map(len, text.splitlines())) <= 80


def test_a_single_commit_has_not_moved_by_nothing() -> None:
    assert "± 0" not in trend_terminal(history([8_000]), 30)
    assert "± 0" in trend_terminal(history([8_000, 8_000]), 30)


def test_colours_change_nothing_but_the_colours() -> None:
    coloured = trend_terminal(MANY, 5, colour=True)
    assert "\x1b[" in coloured
    assert "\x1b[" not in trend_terminal(MANY, 5)


def test_a_project_without_branches_has_no_bars_for_them() -> None:
    assert "branches  " not in trend_terminal(history([8_000, 8_100]), 30).split("commit ")[0]


def test_json_has_the_newest_commits_oldest_first_with_exact_counts() -> None:
    given = json.loads(trend_json(MANY, 2))
    assert given["schema"] == 1
    assert [commit["sha"] for commit in given["commits"]] == [sha(38), sha(39)]
    assert given["commits"][1] == {
        "sha": sha(39),
        "parents": [sha(38)],
        "time": "2026-02-11T12:00:00+00:00",
        "line": {"covered": 8039, "total": 10000, "percent": "80.39"},
        "branch": {"covered": 600, "total": 1000, "percent": "60.00"},
        "combined": {"covered": 8639, "total": 11000, "percent": "78.53"},
        "seconds": 12.4,
        "queued": False,
    }


def test_markdown_has_the_chart_and_the_table() -> None:
    text = trend_markdown(MANY, 3)
    assert text.startswith("```mermaid\n%%{init")
    assert "| c000027 | 2026-02-11 | 80.39 % | ▲ 0.01 | 60.00 % | 12.4 s |\n" in text
    assert text.count("\n| c0000") == 3


def test_one_commit_is_a_row_and_no_chart() -> None:
    assert "mermaid" not in trend_markdown((measured(0, 8_000),), 30)


def test_without_a_history_it_says_what_to_do_and_programs_get_an_empty_list() -> None:
    assert "permissions: contents: write" in trend_terminal((), 30)
    assert json.loads(trend_json((), 30)) == {"schema": 1, "commits": []}
    assert "no trend to show" in trend_markdown((), 30)


def test_every_format_keeps_to_the_limit() -> None:
    for form in FORMATS.values():
        text = form(MANY, 1)
        assert sha(39)[:7] in text
        assert sha(38)[:7] not in text.replace(f'"{sha(38)}"', "")
