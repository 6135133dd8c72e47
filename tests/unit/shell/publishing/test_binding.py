"""A report is posted to the pull request that GitHub's own facts bind it to, and to no other."""

from dataclasses import replace

import pytest

from covgate.errors import MeasurementError
from covgate.model.place import Place, PullRequest, WorkflowRun
from covgate.ports import OpenPullRequest
from covgate.shell.publishing.binding import bound, chosen, idle_reason, unbound_reason

BASE, HEAD, OTHER = "a" * 40, "b" * 40, "c" * 40
HERE = Place("github", "workflow_run", "shop/cart")
RUN = WorkflowRun("pull_request", "success", HEAD, "change", "stranger/cart")
SEVEN = OpenPullRequest(PullRequest(7, BASE, HEAD, fork=True), "shop/cart", "stranger/cart", "change")
EIGHT = replace(SEVEN, pull=replace(SEVEN.pull, number=8))


def test_the_pull_request_of_the_run_s_repository_branch_and_commit_is_bound() -> None:
    assert bound(RUN, HERE, [SEVEN]) == (SEVEN.pull,)


def test_names_of_repositories_are_the_same_in_any_case() -> None:
    assert bound(RUN, HERE, [replace(SEVEN, base_repository="Shop/Cart", head_repository="Stranger/cart")]) != ()


@pytest.mark.parametrize(
    "other",
    [
        replace(SEVEN, head_repository="other/cart"),
        replace(SEVEN, head_repository="stranger/cart-2"),
        replace(SEVEN, head_repository=""),
        replace(SEVEN, base_repository="other/shop"),
        replace(SEVEN, head_branch="Change"),
        replace(SEVEN, head_branch="main"),
        replace(SEVEN, open=False),
        replace(SEVEN, pull=replace(SEVEN.pull, head_sha=OTHER)),
    ],
    ids=["fork", "owner's other fork", "deleted", "base", "case", "branch", "closed", "moved"],
)
def test_what_differs_in_one_of_them_is_not_bound(other: OpenPullRequest) -> None:
    assert bound(RUN, HERE, [other]) == ()
    assert unbound_reason(RUN, HERE, [other])


def test_a_deleted_fork_binds_nothing_even_to_a_pull_request_whose_fork_is_gone() -> None:
    run = replace(RUN, head_repository="")
    assert bound(run, HERE, [replace(SEVEN, head_repository="")]) == ()
    assert "not there any more" in unbound_reason(run, HERE, [])


def test_a_head_that_moved_on_is_told_with_both_commits() -> None:
    moved = replace(SEVEN, pull=replace(SEVEN.pull, head_sha=OTHER))
    told = unbound_reason(RUN, HERE, [moved])
    assert "out of date: it ran for bbbbbbb, and #7 is at ccccccc" in told


@pytest.mark.parametrize("event", ["push", "schedule", "pull_request_target", "workflow_dispatch", "merge_group"])
def test_a_run_for_another_event_has_nothing_to_publish(event: str) -> None:
    assert f"made for `{event}`" in idle_reason(replace(RUN, event=event))


@pytest.mark.parametrize("conclusion", ["cancelled", "skipped"])
def test_a_run_without_a_result_has_nothing_to_publish(conclusion: str) -> None:
    assert conclusion in idle_reason(replace(RUN, conclusion=conclusion))


@pytest.mark.parametrize("conclusion", ["success", "failure", "timed_out", ""])
def test_a_run_that_passed_or_failed_has(conclusion: str) -> None:
    assert idle_reason(replace(RUN, conclusion=conclusion)) == ""


def test_of_two_pull_requests_of_one_head_the_report_says_which() -> None:
    pulls = bound(RUN, HERE, [SEVEN, EIGHT])
    assert [chosen(PullRequest(number, "", HEAD), RUN, pulls).number for number in (7, 8)] == [7, 8]


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (None, "for no pull request"),
        (PullRequest(7, "", OTHER), "made for the commit ccccccc, and the other run for bbbbbbb"),
        (PullRequest(9, "", HEAD), "says that it belongs to #9, and the other run belongs to #7 and #8"),
    ],
)
def test_a_report_that_says_otherwise_is_refused(hint: PullRequest | None, words: str) -> None:
    with pytest.raises(MeasurementError, match=words):
        chosen(hint, RUN, [SEVEN.pull, EIGHT.pull])
