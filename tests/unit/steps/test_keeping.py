"""After the verdict: what is kept of a run, and what people are told of it."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.doubles.ports import FakeBaselines, World, world
from tests.golden.faces import passed

from covgate.model.diff import Head
from covgate.model.place import Place
from covgate.model.report import Report
from covgate.parse.stored_snapshot import stored_from
from covgate.ports import Kept
from covgate.steps.keeping import SNAPSHOT, kept
from covgate.steps.requests import Request

PUSH = Place("github", "push", run_url="https://github.example/acme/shop/actions/runs/1", branch="main")
QUEUE = replace(PUSH, event="merge_group")
TIME = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)
REFUSED = Kept("refused", "The snapshot was not stored: <b>no</b> `contents: write`.")


def reported(head: Head | None = None) -> Report:
    """A report that passed, of this head."""
    made = passed()
    of = made.comparison
    head = head or Head("9c" * 20, parents=("3f" * 20,), time=TIME)
    return replace(made, comparison=replace(of, diff=replace(of.diff, head=head)))


def played(
    place: Place = PUSH, answer: Kept | None = None, *, publish: bool = True, report: Report | None = None
) -> World:
    """The world after the step."""
    made = world("[a.py]\n+   x = 1")
    made.baselines = FakeBaselines(answer=answer or Kept("written", "The snapshot was stored."))
    request = Request(place, TIME.date(), publish=publish)
    kept(report or reported(), request, "numbers", made.ports)
    return made


def test_the_snapshot_is_stored_with_all_that_is_known_of_the_commit_and_told_in_a_line() -> None:
    made = played()
    (stored,) = made.baselines.stored
    assert (stored.sha, stored.parents, stored.time) == ("9c" * 20, ("3f" * 20,), TIME)
    assert (stored.snapshot, stored.suite) == (passed().comparison.head, passed().suite)
    assert (stored.queued, stored.dirty, stored.covgate) == (False, False, passed().version)
    assert (made.output.words, made.output.summary) == (["covgate: The snapshot was stored."], "")
    assert made.output.doings == ["Storing the snapshot", ""]


def test_what_is_stored_is_in_the_output_folder_too() -> None:
    made = played()
    assert stored_from(made.output.contents[SNAPSHOT], "") == made.baselines.stored[0]


def test_the_pages_for_readers_are_those_of_the_data_branch() -> None:
    (pages,) = played().baselines.pages
    assert sorted(pages) == ["README.md", "badge.json", "badge.svg"]


def test_a_merge_queue_s_snapshot_is_marked_as_such() -> None:
    assert [stored.queued for stored in played(QUEUE).baselines.stored] == [True]


def test_a_refusal_is_told_in_the_log_and_in_the_summary_with_where_the_snapshot_is() -> None:
    made = played(answer=REFUSED)
    assert made.output.words == [f"covgate: {REFUSED.words} It is in `.covgate/{SNAPSHOT}`."]
    assert "<b>" not in made.output.summary
    assert "The snapshot was not stored: " in made.output.summary


@pytest.mark.parametrize("place", [Place(), replace(PUSH, event="pull_request")])
def test_on_a_terminal_and_for_a_pull_request_it_is_only_written(place: Place) -> None:
    made = played(place)
    assert (list(made.output.contents), made.baselines.stored, made.output.words) == ([SNAPSHOT], [], [])


def test_where_nothing_is_to_be_posted_nothing_is_stored() -> None:
    made = played(publish=False)
    assert (list(made.output.contents), made.baselines.stored) == ([SNAPSHOT], [])


def test_edits_on_top_of_the_commit_are_marked() -> None:
    made = played(report=reported(Head("9c" * 20, dirty=True)))
    assert [stored.dirty for stored in made.baselines.stored] == [True]


def test_a_head_that_is_no_commit_has_nothing_to_be_kept_under() -> None:
    assert played(report=reported(Head(None, dirty=True))).output.contents == {}
