"""What a reader finds on the data branch."""

import re
from dataclasses import replace

from tests.unit.render.trend.history import history, measured, sha

from covgate.render import data_pages


def test_the_pages_are_the_readme_and_the_two_badges() -> None:
    assert set(data_pages(history([8_000]))) == {"README.md", "badge.svg", "badge.json"}


def test_a_branch_without_a_commit_has_pages_too() -> None:
    pages = data_pages(())
    assert "unknown" in pages["badge.svg"]
    assert "Trend" not in pages["README.md"]
    assert "Newest commits" not in pages["README.md"]


def test_the_readme_draws_the_trend_from_two_commits_on() -> None:
    assert "```mermaid\n" not in data_pages(history([8_000]))["README.md"]
    assert "```mermaid\n%%{init" in data_pages(history([8_000, 8_100]))["README.md"]


def test_the_newest_commits_come_first_and_the_others_are_counted() -> None:
    readme = data_pages(history(range(8_000, 8_033)))["README.md"]
    rows = re.findall(r"^\| \[`(\w{7})`\]\(\.\./\.\./commit/(\w{40})\) \| (\S+) \| (.*?) \|", readme, re.MULTILINE)
    assert len(rows) == 30
    assert rows[0] == (sha(32)[:7], sha(32), "2026-02-04", "80.32 %")
    assert "\n3 older commits in `history.jsonl`.\n" in readme


def test_the_badge_is_of_the_newest_commit_that_no_merge_queue_measured() -> None:
    lines = (measured(0, 9_000), measured(1, 5_000, queued=True))
    assert "90 %" in data_pages(lines)["badge.svg"]
    assert "50 %" in data_pages(lines[1:])["badge.json"]


def test_a_commit_of_a_merge_queue_is_told_apart() -> None:
    assert "12.4 s (merge queue)" in data_pages((measured(0, 9_000, queued=True),))["README.md"]


def test_a_commit_whose_suite_was_not_run_has_no_time() -> None:
    readme = data_pages((replace(measured(0, 9_000), seconds=None),))["README.md"]
    assert "| 90.00 % |  | n/a |  |\n" in readme


def test_the_readme_shows_the_badge_by_the_branchs_own_name() -> None:
    assert "](../../raw/numbers/badge.svg)" in data_pages((), "numbers")["README.md"]


def test_nothing_is_asked_of_a_third_party() -> None:
    for name, page in data_pages(history([8_000, 8_100])).items():
        assert set(re.findall(r"https?://[^\s\")]+", page)) <= {"http://www.w3.org/2000/svg"}, name
