"""Words and numbers that all rules share."""

from dataclasses import replace

from covgate.judge.answers import origin_difference, share, short_words
from covgate.judge.example import LINES_ONLY, ORIGIN
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import Snapshot


def test_counts_are_told_in_the_right_number() -> None:
    assert short_words(1, "branch") == "1 branch short"
    assert short_words(2, "branch") == "2 branches short"
    assert short_words(2, "statement") == "2 statements short"


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert share(NOTHING, "statements") == "0 of 0 statements covered"
    assert share(Ratio(2, 3), "statements") == "2 of 3 statements covered (66.66 %)"


def test_all_in_which_the_measuring_differs_is_named() -> None:
    base = Snapshot((), replace(LINES_ONLY, exclusions=(("omit", ("tests/*",)),)))

    assert origin_difference(base, Snapshot((), ORIGIN)) == (
        "the base was measured differently (tool lcov there and coverage.py here, version unknown there and 7.17 here, "
        "Python unknown there and 3.14 here, measuring core unknown there and sysmon here, "
        "branch measurement off there and on here, other exclusion settings): the numbers do not compare"
    )


def test_alike_is_no_difference() -> None:
    assert not origin_difference(Snapshot((), ORIGIN), Snapshot((), ORIGIN))
