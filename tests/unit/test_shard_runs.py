"""A shard's run, step by step, with the world played from memory."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.doubles.ports import World, world

from covgate.errors import MeasurementError, SettingsError
from covgate.model.place import Place, PullRequest
from covgate.model.suite import Ending, SuiteResult
from covgate.parse.shard_record import shard_from
from covgate.pipeline import run
from covgate.ports import KeptData
from covgate.settings import load
from covgate.steps.requests import Request
from covgate.steps.shards import run_shard

RUNNER = Place("github", event="pull_request", repository="acme/shop", pull_request=PullRequest(7, "b" * 40, "a" * 40))
HALF = """
    [src/cart.py]
     .  def total(price):
    +.      price += 1
    +!      price -= 1
"""
LISTED = "suite: {shards: [unit, web]}\n"


def played(settings: str | None = LISTED) -> World:
    made = world(HALF, settings=settings)
    made.suite.data = KeptData("/scratch/kept.data", "ab" * 32)
    return made


def shard(made: World, text: str | None = LISTED, name: str = "unit") -> int:
    settings = load(text, ".covgate.yml", {}, {"shard": name})
    return run_shard(Request(RUNNER, dt.date(2026, 8, 1), shard=name), settings, made.ports)


def test_a_shard_is_measured_and_kept_without_a_verdict_or_a_comment() -> None:
    made = played()
    assert shard(made) == 0
    assert set(made.output.files) == {"coverage.unit.data", "results.unit.json"}
    assert made.forge.bodies == []
    assert made.output.outputs == {}
    assert "No verdict is given here" in made.output.summary
    kept = shard_from(made.output.files["results.unit.json"].encode(), "")
    assert (kept.sha, kept.data_sha256) == (made.repository.diff.head.sha, "ab" * 32)


def test_a_shard_is_measured_by_what_the_base_says_counts_as_the_whole_suite_would_be() -> None:
    made, whole = played(), played()
    shard(made)
    run(Request(RUNNER, dt.date(2026, 8, 1)), load(LISTED, ".covgate.yml", {}, {}), whole.ports)
    (of_shard,), (of_whole,) = made.suite.orders, whole.suite.orders
    assert of_shard == replace(of_whole, keep_data=True, shards=(), head_sha="")
    assert of_shard.base_files is not None


def test_the_repository_is_read_before_the_suite_runs() -> None:
    made = played()
    shard(made)
    assert made.log[0] == "change since whatever is right"
    assert made.log[-1] == "the suite runs"


def test_a_shard_whose_suite_fails_ends_with_3_and_is_kept_all_the_same() -> None:
    made = played()
    made.suite.result = SuiteResult(Ending.FAILED, "1 test of 2 failed.", "pytest", 1)
    assert shard(made) == 3
    assert "results.unit.json" in made.output.files


def test_an_error_is_told_in_the_summary_and_not_in_the_comment() -> None:
    made = played()
    made.suite.failure = MeasurementError("pytest is not installed")
    with pytest.raises(MeasurementError):
        shard(made)
    assert "pytest is not installed" in made.output.summary
    assert made.forge.bodies == []
    assert made.output.files == {}


def test_a_shard_that_no_list_names_is_refused_before_its_suite_runs() -> None:
    made = played()
    with pytest.raises(SettingsError, match="did you mean `web`"):
        shard(made, name="wbe")
    assert "the suite runs" not in made.log


def test_a_shard_that_the_change_takes_off_the_list_still_runs_and_says_so() -> None:
    made = played()
    assert shard(made, "suite: {shards: [web]}\n") == 0
    assert any("takes the shard `unit` off" in words for words in made.output.words)


@pytest.mark.parametrize(("out", "told"), [(".covgate", True), ("a/.b/c", True), ("./shard", False), ("shard", False)])
def test_a_folder_that_would_not_be_uploaded_is_told_on_a_runner(out: str, *, told: bool) -> None:
    made = played()
    settings = load(LISTED, ".covgate.yml", {}, {"shard": "unit", "out": out})
    run_shard(Request(RUNNER, dt.date(2026, 8, 1), shard="unit"), settings, made.ports)
    assert any("hidden folder" in words for words in made.output.words) is told


def test_results_that_cannot_be_written_are_an_error() -> None:
    made = played()
    made.suite.data = None
    with pytest.raises(MeasurementError, match="could not be written"):
        shard(made)


def test_a_report_waits_for_the_shards_of_base_and_head_at_the_head_s_commit() -> None:
    made = played()
    settings = load("suite: {shards: [unit, perf]}\n", ".covgate.yml", {}, {})
    run(Request(RUNNER, dt.date(2026, 8, 1), data=("shards",)), settings, made.ports)
    (order,) = made.suite.orders
    assert (order.shards, order.head_sha) == (("unit", "web", "perf"), made.repository.diff.head.sha)


@pytest.mark.parametrize(("place", "told"), [(RUNNER, True), (Place(), False)], ids=["runner", "terminal"])
def test_a_job_that_forgot_which_shard_it_is_says_that_it_waited_for_no_other(place: Place, *, told: bool) -> None:
    report = run(Request(place, dt.date(2026, 8, 1)), load(LISTED, ".covgate.yml", {}, {}), played().ports).report
    assert any("this run was none of them" in note for note in report.notes) is told


def test_a_missing_shard_is_named_in_the_comment_without_numbers() -> None:
    made = played()
    made.suite.failure = MeasurementError("The shard `web` has not reported.")
    settings = load(LISTED, ".covgate.yml", {}, {})
    with pytest.raises(MeasurementError):
        run(Request(RUNNER, dt.date(2026, 8, 1), data=("shards",)), settings, made.ports)
    ((body, _),) = made.forge.bodies
    assert "No verdict: The shard <code>web</code> has not reported" in body
    assert "%" not in body
