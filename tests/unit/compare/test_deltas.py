from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Comparison, FileDelta, Known, Missing
from covgate.model.ratio import Ratio

BEFORE = """
    [cart.py]
     .  x = 1
     .  y = 2
    [other.py]
     !  z = 1
"""


def compared(picture: str, before: str = BEFORE) -> Comparison:
    head, diff = sketch(picture)
    return compare(diff, head, Known(sketch(before).head, diff.base.sha, "data branch"))


def delta(comparison: Comparison, path: str) -> FileDelta:
    return next(delta for delta in comparison.files if delta.now.path == path)


def test_a_changed_file_is_seen_beside_its_base() -> None:
    comparison = compared("[cart.py]\n .  x = 1\n~!  y = 2")
    cart = delta(comparison, "cart.py")
    assert cart.before is not None
    assert (cart.before.line, cart.now.line, cart.changed) == (Ratio(2, 2), Ratio(1, 2), True)
    assert comparison.coverage.files[0].before == cart.before


def test_a_renamed_file_keeps_its_base_coverage() -> None:
    basket = delta(compared("[basket.py] was cart.py\n .  x = 1\n .  y = 2"), "basket.py")
    assert basket.was == "cart.py"
    assert basket.before is not None
    assert basket.before.line == Ratio(2, 2)


def test_a_new_file_under_a_renamed_files_old_name_has_nothing_before_it() -> None:
    comparison = compared("[basket.py] was cart.py\n .  x = 1\n[cart.py]\n+!  x = 1")
    assert delta(comparison, "cart.py").before is None


def test_two_files_that_swap_names_swap_their_pasts() -> None:
    comparison = compared("[cart.py] was other.py\n .  z = 1\n[other.py] was cart.py\n .  x = 1")
    pasts = {one.now.path: one.before.path if one.before else None for one in comparison.files}
    assert pasts == {"cart.py": "other.py", "other.py": "cart.py"}


def test_an_untouched_file_is_told_apart() -> None:
    comparison = compared("[cart.py]\n~.  x = 2\n[other.py]\n .  z = 1")
    assert [(one.now.path, one.changed) for one in comparison.files] == [("cart.py", True), ("other.py", False)]
    assert delta(comparison, "other.py").before is not None


def test_without_a_baseline_no_file_has_a_past() -> None:
    head, diff = sketch("[cart.py]\n~.  x = 2")
    comparison = compare(diff, head, Missing("the first run"))
    assert comparison.files[0].before is None
    assert comparison.baseline == Missing("the first run")
