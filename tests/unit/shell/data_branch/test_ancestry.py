"""Which commits come before a commit, and how far, from what is known of their parents."""

import random

import pytest
from tests.unit.shell.git.project import Project

from covgate.shell.data_branch.ancestry import Ancestor, ancestors, is_complete, nearest

LINE = {"e": ("d",), "d": ("c",), "c": ("b",), "b": ("a",), "a": ()}
MERGE = {"m": ("c", "y"), "c": ("b",), "b": ("a",), "a": (), "y": ("x",), "x": ("a",)}


def test_the_nearest_comes_first_and_the_commit_itself_before_all() -> None:
    assert nearest(LINE, "e", {"a", "c", "e"}) == (Ancestor("e", 0), Ancestor("c", 2), Ancestor("a", 4))


def test_what_does_not_come_before_is_not_there() -> None:
    assert nearest(LINE, "c", {"d", "e", "z"}) == ()


def test_commits_of_a_merged_branch_count() -> None:
    assert nearest(MERGE, "m", {"c", "a", "x"}) == (Ancestor("c", 3), Ancestor("x", 4), Ancestor("a", 5))


def test_a_count_with_an_unknown_commit_in_it_is_not_exact() -> None:
    known = {"m": ("c", "y"), "c": ("b",)}
    assert nearest(known, "m", {"c"}) == (Ancestor("c", 2, exact=False),)
    assert nearest(known, "m", {"b"}) == (Ancestor("b", 3, exact=False),)


def test_a_line_whose_end_is_not_known_is_exact_up_to_there() -> None:
    assert nearest({"e": ("d",), "d": ("c",)}, "e", {"c"}) == (Ancestor("c", 2),)


def test_history_that_goes_in_circles_ends() -> None:
    assert list(ancestors({"a": ("b",), "b": ("a",)}, "a")) == ["a", "b"]


@pytest.mark.parametrize(("graph", "complete"), [(LINE, True), ({"e": ("d",)}, False), ({}, False)])
def test_history_is_complete_when_every_end_is_a_beginning(graph: dict[str, tuple[str, ...]], complete: bool) -> None:
    assert is_complete(graph, "e") == complete


def test_history_that_is_longer_than_anybody_looks_is_complete_enough() -> None:
    assert is_complete({str(number): (str(number + 1),) for number in range(300)}, "0")


@pytest.mark.parametrize("seed", range(4))
def test_commits_behind_are_those_that_git_counts(project: Project, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    first = project.commit_file("a.py")
    tree, shas = project.git("rev-parse", "HEAD^{tree}"), [first]
    for number in range(25):
        parents = chance.sample(shas[-6:], min(len(shas), chance.choice([1, 1, 2])))
        options = [word for parent in parents for word in ("-p", parent)]
        shas.append(project.git("commit-tree", tree, *options, "-m", f"{seed} {number}"))
    graph = project.repository().commits_before(shas[-1], 100)
    found = nearest(graph, shas[-1], shas)
    assert {one.sha for one in found} == set(project.git("rev-list", shas[-1]).split())
    counted = {one.sha: int(project.git("rev-list", "--count", f"{one.sha}..{shas[-1]}")) for one in found}
    assert {one.sha: one.behind for one in found} == counted
    assert [one.behind for one in found] == sorted(counted.values())
