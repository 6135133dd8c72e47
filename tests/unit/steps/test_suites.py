"""Several suites in one run, made one."""

from dataclasses import dataclass, field, replace

import pytest
from tests.sketch import ORIGIN

from covgate.errors import MeasurementError
from covgate.model.lines import LineSet
from covgate.model.origin import origin_difference
from covgate.model.policy import PolicyChange
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, LeftOut, Origin, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.ports import Measurement, SuiteOrder
from covgate.steps.suites import NO_SUITE, run_suites, united, united_result

API = SuiteOrder(component="api", directory="services/api")
WORKER = SuiteOrder(component="worker", directory="services/worker")
TOP = SuiteOrder()
PASSED = SuiteResult(Ending.PASSED, "All passed.", "pytest", 0, 2.0, (TestCase("test_a", Outcome.PASSED),), True)
FAILED = replace(PASSED, ending=Ending.FAILED, words="1 of 1 tests failed.", command="unittest", exit_code=1)


def a_file(path: str, ran: int, total: int = 4) -> FileCoverage:
    return FileCoverage(path, LineSet(((1, total),)), LineSet(((1, ran),)) if ran else LineSet())


def measured(*files: FileCoverage, origin: Origin = ORIGIN, result: SuiteResult = PASSED) -> Measurement:
    return Measurement(Snapshot(files, origin), result)


@dataclass
class Played:
    """The measurement of each component's suite, or why there is none; `orders` are those it was given."""

    answers: dict[str, Measurement | Exception]
    orders: list[SuiteOrder] = field(default_factory=list)

    def measure(self, order: SuiteOrder) -> Measurement:
        self.orders.append(order)
        answer = self.answers[order.component]
        if isinstance(answer, Exception):
            raise answer
        return answer


def ran(**answers: Measurement | Exception) -> Measurement:
    order = SuiteOrder(parts=(API, WORKER))
    return run_suites(order, Played(dict(answers)))  # type: ignore[arg-type]  # it neither reads nor runs a base


def test_suites_run_one_after_another_in_the_order_of_the_settings() -> None:
    played = Played({"api": measured(), "worker": measured(), "": measured()})
    run_suites(SuiteOrder(parts=(API, WORKER, TOP)), played)  # type: ignore[arg-type]  # as above
    assert [order.component for order in played.orders] == ["api", "worker", ""]


def test_a_file_that_two_suites_cover_counts_what_either_ran() -> None:
    one = replace(a_file("lib/a.py", 0), executed=LineSet.of([1, 2]))
    other = replace(a_file("lib/a.py", 0), executed=LineSet.of([2, 3]))
    assert ran(api=measured(one), worker=measured(other)).snapshot.line == Ratio(3, 4)


def test_under_two_pythons_each_file_is_counted_by_the_suite_of_its_own_directory() -> None:
    old = replace(ORIGIN, python="3.9.18")
    mine, theirs = a_file("services/worker/a.py", 1, 5), a_file("services/worker/a.py", 4)
    united_one = ran(api=measured(theirs, a_file("services/api/b.py", 4)), worker=measured(mine, origin=old))
    assert [(file.path, file.line) for file in united_one.snapshot.files] == [
        ("services/api/b.py", Ratio(4, 4)),
        ("services/worker/a.py", Ratio(1, 5)),
    ]
    assert united_one.snapshot.origin.python == "3.14.0 (api), 3.9.18 (worker)"


def test_pythons_of_one_kind_are_told_by_their_versions() -> None:
    here, there = (replace(ORIGIN, python=f"CPython {version}") for version in ("3.11.7", "3.12.1"))
    origin = ran(api=measured(origin=there), worker=measured(origin=here)).snapshot.origin
    assert origin.python == "CPython 3.11.7 (worker), 3.12.1 (api)"
    assert (origin.version, origin.core) == (ORIGIN.version, ORIGIN.core)


def test_suites_that_measured_alike_are_told_as_one() -> None:
    origin = ran(api=measured(), worker=measured()).snapshot.origin
    assert replace(origin, exclusions=()) == ORIGIN


OMITTING = replace(ORIGIN, exclusions=(("run_omit", ("x.py",)),))


def test_other_exclusions_of_one_component_do_not_compare_and_are_named() -> None:
    then = ran(api=measured(), worker=measured()).snapshot.origin
    now = ran(api=measured(), worker=measured(origin=OMITTING)).snapshot.origin
    assert origin_difference(then, then) == ""
    assert "other settings of `worker: omit`" in origin_difference(then, now)
    assert "other settings of `worker: omit`" in origin_difference(now, then)


def test_a_component_that_comes_or_goes_leaves_the_others_comparable() -> None:
    one = [(API, measured(origin=OMITTING))]
    alone = united(SuiteOrder(parts=(API,)), one).snapshot.origin
    both = united(SuiteOrder(parts=(API, WORKER)), [*one, (WORKER, measured())]).snapshot.origin
    assert origin_difference(alone, both) == ""
    assert origin_difference(both, alone) == ""


def test_a_component_that_moves_stays_comparable() -> None:
    moved = [(replace(API, directory="api"), measured(origin=OMITTING))]
    then = united(SuiteOrder(parts=(API,)), [(API, measured(origin=OMITTING))]).snapshot.origin
    assert origin_difference(then, united(SuiteOrder(parts=(API,)), moved).snapshot.origin) == ""


def test_a_changed_file_that_no_suite_was_asked_for_is_told_of_unless_one_measured_it() -> None:
    order = SuiteOrder(changed=("services/api/a.py", "lib/b.py", "lib/c.py"))
    order = replace(order, parts=(replace(API, changed=("services/api/a.py",)), WORKER))
    api = measured(a_file("services/api/a.py", 4), a_file("lib/c.py", 1))
    snapshot = united(order, list(zip(order.parts, (api, measured()), strict=True))).snapshot
    assert snapshot.left_out == (LeftOut("lib/b.py", NO_SUITE),)


def test_a_file_that_one_suite_never_saw_and_another_measured_was_seen() -> None:
    unseen = Measurement(Snapshot((), ORIGIN, unmeasured=(a_file("lib/a.py", 0),)), PASSED)
    snapshot = ran(api=unseen, worker=measured(a_file("lib/a.py", 2))).snapshot
    assert (snapshot.unmeasured, snapshot.line) == ((), Ratio(2, 4))


def test_one_suite_that_fails_spoils_the_whole_and_is_named() -> None:
    result = ran(api=measured(), worker=measured(result=FAILED)).result
    assert (result.ending, result.command, result.exit_code) == (Ending.FAILED, "unittest", 1)
    assert result.words == "In the component `worker`: 1 of 1 tests failed."


def test_tests_bear_their_component_s_name_and_seconds_add_up() -> None:
    result = united_result((("api", PASSED), ("worker", PASSED), ("", PASSED)))
    assert [case.name for case in result.cases] == ["api: test_a", "worker: test_a", "test_a"]
    assert (result.seconds, result.counted, result.broken) == (6.0, True, False)


def test_what_was_not_counted_by_one_runner_is_counted_by_none() -> None:
    assert not united_result((("api", PASSED), ("worker", replace(PASSED, counted=False)))).counted


def test_an_error_names_the_component() -> None:
    with pytest.raises(MeasurementError, match="in the component `worker`: pytest is not installed") as told:
        ran(api=measured(), worker=MeasurementError("pytest is not installed", where="x", hint="Install it."))
    assert (told.value.where, told.value.hint) == ("x", "Install it.")


def test_what_a_change_does_to_a_component_s_exclusions_bears_its_name() -> None:
    changed = replace(measured(), exclusions=(PolicyChange("omit", "", "[x.py]"),))
    assert ran(api=measured(), worker=changed).exclusions == (PolicyChange("worker: omit", "", "[x.py]"),)
