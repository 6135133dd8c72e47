"""Whether a baseline's numbers compare with the head's."""

from dataclasses import replace

from tests.sketch import BASE, sketch

from covgate.compare import comparable
from covgate.model.comparison import Known, Missing

HEAD = sketch("[cart.py]\n .TOTAL = 1\n").head


def test_a_baseline_of_the_same_origin_is_compared_with() -> None:
    known = Known(HEAD, BASE.sha, "data branch")
    assert comparable(known, HEAD) is known


def test_a_baseline_of_another_origin_is_missing_for_that_reason() -> None:
    known = Known(replace(HEAD, origin=replace(HEAD.origin, python="CPython 3.9.1")), BASE.sha, "data branch")
    found = comparable(known, HEAD)
    assert isinstance(found, Missing)
    assert "Python 3.9.1 there" in found.reason


def test_a_missing_baseline_keeps_its_reason() -> None:
    missing = Missing("nobody stored one")
    assert comparable(missing, HEAD) is missing
