"""Words and numbers that all rules share."""

from covgate.judge.answers import share, short_words
from covgate.model.ratio import NOTHING, Ratio


def test_counts_are_told_in_the_right_number() -> None:
    assert short_words(1, "branch") == "1 branch short"
    assert short_words(2, "branch") == "2 branches short"
    assert short_words(2, "statement") == "2 statements short"


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert share(NOTHING, "statements") == "0 of 0 statements covered"
    assert share(Ratio(2, 3), "statements") == "2 of 3 statements covered (66.66 %)"
