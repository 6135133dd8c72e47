import json

from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.model.suite import Outcome
from covgate.parse.probe_outcomes import outcomes_from


def lines(*reports: tuple[str, str, str], message: str = "") -> bytes:
    told = ({"name": n, "when": w, "outcome": o, "seconds": 0.5, "message": message} for n, w, o in reports)
    return "\n".join(json.dumps(line) for line in told).encode()


def outcome_of(*phases: tuple[str, str]) -> Outcome | None:
    cases = outcomes_from(lines(*(("a", when, outcome) for when, outcome in phases))).cases
    return cases[0].outcome if cases else None


def test_a_test_is_judged_by_all_of_its_phases() -> None:
    assert outcome_of(("setup", "passed"), ("call", "passed"), ("teardown", "passed")) is Outcome.PASSED
    assert outcome_of(("setup", "failed"), ("teardown", "passed")) is Outcome.ERROR
    assert outcome_of(("setup", "passed"), ("call", "passed"), ("teardown", "failed")) is Outcome.ERROR
    assert outcome_of(("setup", "passed"), ("call", "failed"), ("teardown", "failed")) is Outcome.FAILED
    assert outcome_of(("setup", "skipped"), ("teardown", "passed")) is Outcome.SKIPPED
    assert outcome_of(("collect", "failed")) is Outcome.ERROR


def test_a_test_that_was_run_again_counts_once_by_its_last_run() -> None:
    again = lines(("a", "setup", "passed"), ("a", "call", "rerun"), ("a", "setup", "passed"), ("a", "call", "passed"))
    (case,) = outcomes_from(again).cases
    assert (case.outcome, case.seconds) == (Outcome.PASSED, 2.0)


def test_the_last_test_without_an_outcome_is_the_one_that_was_going_on() -> None:
    told = outcomes_from(lines(("a", "setup", "passed"), ("a", "call", "passed"), ("b", "setup", "passed")))
    assert ([case.name for case in told.cases], told.unfinished) == (["a"], "b")


def test_what_is_no_report_is_passed_over() -> None:
    noise = b'noise\n{}\n[1]\n{"name": 1, "when": "call", "outcome": "passed", "seconds": 1, "message": ""}\n'
    negative = b'{"name": "a", "when": "call", "outcome": "passed", "seconds": -1, "message": ""}\n'
    assert outcomes_from(noise + negative + lines(("b", "call", "passed"))).cases[0].name == "b"


def test_numbers_beyond_all_measure_are_passed_over() -> None:
    huge = [b"1e999", b"NaN", b"Infinity", b"1" * 400, b"1" * 5000]
    noise = [b'{"name": "a", "when": "call", "outcome": "passed", "seconds": %s, "message": ""}' % n for n in huge]
    assert outcomes_from(b"\n".join(noise)).cases == ()


def test_names_and_messages_are_cut_to_what_a_reader_can_bear() -> None:
    (case,) = outcomes_from(lines(("x" * 9999, "call", "failed"), message="y" * 9999)).cases
    assert (len(case.name), len(case.message)) == (2000, 300)


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_no_bytes_break_it(noise: bytes) -> None:
    assert outcomes_from(noise).cases == ()
