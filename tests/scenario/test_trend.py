"""`covgate trend` on a clone whose remote has a data branch."""

import json
from pathlib import Path

import pytest
from tests.scenario.shop import CART, Ended, Shop, covgate, shop
from tests.unit.render.trend.history import history, sha
from tests.unit.shell.data_branch.stores import BRANCH, Server

from covgate.parse.history_lines import Record, history_text, with_line


def trend(project: Shop, *options: str) -> Ended:
    return project.covgate("trend", *options)


@pytest.fixture
def remote(tmp_path: Path) -> Server:
    """A remote without a data branch."""
    return Server(tmp_path / "remote.git")


@pytest.fixture
def project(tmp_path: Path, remote: Server) -> Shop:
    """The shop, cloned from that remote."""
    made = shop(tmp_path / "clone")
    made.git("remote", "add", "origin", remote.url)
    made.git("push", "--quiet", "origin", "main")
    return made


def store(remote: Server, count: int, branch: str = BRANCH) -> None:
    """Puts so many commits into the remote's history."""
    records: tuple[Record, ...] = ()
    for line in history(range(8_000, 8_000 + count), [600] * count):
        records = with_line(records, line)
    remote.put({"history.jsonl": history_text(records)}, branch)


def test_the_history_of_the_data_branch_is_shown(project: Shop, remote: Server) -> None:
    store(remote, 40)
    ended = trend(project)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("30 commits of the default branch, 2026-01-13 to 2026-02-11\n")
    assert ended.out.splitlines()[-1] == "… and 10 older commits: see them with --limit 40"


def test_programs_get_all_that_is_known(project: Shop, remote: Server) -> None:
    store(remote, 40)
    commits = json.loads(trend(project, "--format", "json", "--limit", "100").out)["commits"]
    assert [commit["sha"] for commit in commits] == [sha(number) for number in range(40)]
    assert commits[1]["parents"] == [sha(0)]


def test_github_gets_a_chart(project: Shop, remote: Server) -> None:
    store(remote, 3)
    assert trend(project, "--format", "markdown").out.startswith("```mermaid\n")


def test_the_branch_is_the_one_of_the_settings(project: Shop, remote: Server) -> None:
    store(remote, 2, "numbers")
    project.write(".covgate.yml", "baseline: {branch: numbers}\n")
    assert trend(project).out.startswith("2 commits of the default branch")


def test_without_a_data_branch_it_says_why_and_what_to_do_and_ends_well(project: Shop) -> None:
    ended = trend(project)
    assert ended.code == 0
    assert "permissions: contents: write" in ended.out
    assert f"there is no branch `{BRANCH}` yet" in ended.err


def test_a_remote_that_is_gone_is_told_apart_from_one_without_history(project: Shop) -> None:
    project.git("remote", "set-url", "origin", f"file://{project.root.parent}/gone.git")
    ended = trend(project, "--format", "json")
    assert (ended.code, json.loads(ended.out)) == (0, {"schema": 1, "commits": []})
    assert f"`{BRANCH}` cannot be read: " in ended.err


def test_a_repository_without_a_remote_has_no_history(tmp_path: Path) -> None:
    ended = trend(shop(tmp_path / "alone"))
    assert (ended.code, "there is no remote repository" in ended.err) == (0, True)


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1e3", "9" * 10, "٣"])
def test_a_limit_is_a_whole_number_above_zero(project: Shop, limit: str) -> None:
    ended = trend(project, f"--limit={limit}")
    assert ended.code == 2
    assert "is not a whole number above 0" in ended.err


def test_outside_of_a_repository_there_is_nothing_to_show(tmp_path: Path) -> None:
    ended = covgate("trend", "--repo", str(tmp_path), environment=shop(tmp_path / "clone").environment)
    assert ended.code == 5


def test_a_run_draws_the_history_that_it_found_and_proposes_what_it_allows(project: Shop, remote: Server) -> None:
    project.git("checkout", "--quiet", "main")
    settings = "thresholds:\n  total:\n    line: 50  # for a start\n"
    project.add({".covgate.yml": settings}, "Hold half of it")
    project.git("push", "--quiet", "origin", "main")
    project.git("checkout", "--quiet", "-b", "another")
    project.add({"shop/cart.py": CART + "\n\n    def nothing(): return None\n"}, "More")
    store(remote, 12)
    ended = project.run("--base", "main")
    summary = (project.out / "summary.md").read_text(encoding="utf-8")
    assert ended.code == 0, ended.out
    assert "```mermaid\n" in ended.comment
    assert "; 0 is this run, " in ended.comment
    assert "-    line: 50  # for a start\n+    line: 80  # for a start\n" in summary
    assert [commit["sha"] for commit in ended.report["trend"]] == [sha(number) for number in range(12)]
    assert ended.report["proposals"]["changes"] == [{"key": "thresholds.total.line", "before": "50", "after": "80"}]
    assert {"badge.svg", "badge.json"} <= set(ended.files)
