"""In what two measurements differ."""

from dataclasses import replace

import pytest

from covgate.model.origin import measured_of, origin_difference
from covgate.model.snapshot import Origin, Snapshot

HERE = Origin("coverage.py", "7.17.3", "CPython 3.14.0", "sysmon", exclusions=(("run_omit", ("tests/*",)),))


def test_alike_is_no_difference() -> None:
    assert not origin_difference(HERE, replace(HERE))


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (replace(HERE, version="7.17.2"), "coverage.py 7.17.2 there and 7.17.3 here"),
        (replace(HERE, python="CPython 3.13.0"), "Python 3.13.0 there and 3.14.0 here"),
        (replace(HERE, python="PyPy 3.11.0"), "Python PyPy 3.11.0 there and 3.14.0 here"),
        (replace(HERE, python="CPython 3.14.0 -O"), "Python 3.14.0 -O there and 3.14.0 here"),
        (replace(HERE, core="ctrace"), "measuring core ctrace there and sysmon here"),
        (replace(HERE, core=""), "measuring core unknown there and sysmon here"),
        (replace(HERE, has_branches=False), "branch measurement off there and on here"),
        (replace(HERE, tool="lcov", version=""), "by lcov there and coverage.py 7.17.3 here"),
        (replace(HERE, exclusions=()), "other settings of `omit`"),
        (
            replace(HERE, exclusions=(("exclude_list", ("x",)), ("run_omit", ("docs/*",)), ("suite.source", ("src",)))),
            "other settings of `exclude_lines`, `omit`, `suite.source`",
        ),
    ],
)
def test_what_differs_is_named_with_both_sides(there: Origin, said: str) -> None:
    assert origin_difference(there, HERE) == (f"the base was measured differently ({said}): the numbers do not compare")


def test_all_differences_are_named_at_once() -> None:
    there = replace(HERE, version="7.17.2", python="CPython 3.13.0")
    assert "coverage.py 7.17.2 there and 7.17.3 here, Python 3.13.0 there and" in origin_difference(there, HERE)


def test_what_covgate_was_told_to_measure_is_part_of_what_counts() -> None:
    snapshot = Snapshot((), HERE)
    there, here = measured_of(snapshot, ("src", "lib")), measured_of(snapshot, ("src",))
    assert measured_of(snapshot, ()) == snapshot
    assert measured_of(snapshot, ("lib", "src")) == there
    assert "other settings of `suite.source`" in origin_difference(there.origin, here.origin)
