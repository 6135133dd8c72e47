"""No drop, beyond the rule's own examples."""

from fractions import Fraction

from covgate.judge.drops import apart, net_deleted
from covgate.judge.example import a_change, a_deletion, a_file, facts
from covgate.judge.rule import Facts
from covgate.model.comparison import Known
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.snapshot import Snapshot


def _deleted(given: Facts) -> int:
    baseline = given.comparison.baseline
    assert isinstance(baseline, Known)
    return net_deleted("line", baseline.snapshot, given.comparison)


def test_missed_code_that_is_deleted_is_not_left_out_of_the_base() -> None:
    assert _deleted(facts(base=a_file(90, 100), diff=(a_deletion(91, 10),))) == 0


def test_code_written_anew_stands_in_for_as_much_deleted_code() -> None:
    written = a_change(a_file(20, 20, path="src/new.py"))

    assert _deleted(facts(base=a_file(90, 100), diff=(a_deletion(1, 50),), changes=(written,))) == 30


def test_new_code_that_coverage_never_saw_stands_in_for_nothing() -> None:
    unseen = a_change(a_file(0, 20, path="src/new.py"), unmeasured=True)

    assert _deleted(facts(base=a_file(90, 100), diff=(a_deletion(1, 50),), changes=(unseen,))) == 50


def test_a_deleted_file_that_the_base_did_not_measure_takes_nothing() -> None:
    assert _deleted(facts(base=a_file(9, 10), diff=(FileChange("docs/conf.py", ChangeKind.DELETED),))) == 0


def test_numbers_are_shown_with_as_many_decimals_as_tell_them_apart() -> None:
    assert apart(Fraction("88.876"), Fraction("88.871")) == ("88.876", "88.871")
    assert apart(Fraction(80), Fraction(80)) == ("80.00", "80.00")
    assert apart(Fraction(1, 10**9), Fraction(0)) == ("0.00000000", "0.00000000")


def test_an_empty_base_has_nothing_to_delete() -> None:
    assert net_deleted("line", Snapshot((), facts().comparison.head.origin), facts().comparison) == 0
