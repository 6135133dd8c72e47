"""One component's part of a comparison."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.sketch import BASE, ORIGIN, sketch

from covgate.compare.deltas import compare
from covgate.compare.narrowing import UNTOUCHED, narrowed
from covgate.judge import Facts, Thresholds, judge
from covgate.judge.rules.drop import Drop
from covgate.model.comparison import Comparison, Known, Missing
from covgate.model.component import REST, ComponentRoot, ComponentRoots
from covgate.model.diff import ChangeKind
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.model.verdict import RuleResult, Status

ROOTS = ComponentRoots((ComponentRoot("api", "api", "api"), ComponentRoot("web", "web", "web")))
PICTURE = """
    [api/cart.py] was web/cart.py
     .  def total(price):
    +!      price += 1
     .      return price
    [api/new.py] unmeasured
    +!  def a():
    [web/page.py]
     .  def page():
     !      return 1
    [web/gone.py] deleted
    [tools/x.py]
    +.  A = 1
    [docs/conf.py] left out: omitted
"""


def a_file(path: str, covered: int, total: int) -> FileCoverage:
    lines = LineSet(((1, total),))
    return FileCoverage(path, lines, LineSet(((1, covered),)) if covered else LineSet())


def compared(picture: str = PICTURE, *before: FileCoverage) -> Comparison:
    head, diff = sketch(picture)
    files = before or (a_file("web/cart.py", 2, 2), a_file("web/gone.py", 5, 9), a_file("web/page.py", 1, 2))
    return compare(diff, head, Known(Snapshot(files, ORIGIN), BASE.sha, "data branch"))


def paths(comparison: Comparison) -> list[str]:
    return [file.path for file in (*comparison.head.files, *comparison.head.unmeasured)]


def test_each_file_counts_in_one_component_or_in_the_rest() -> None:
    of = compared()
    assert paths(narrowed(of, "api", ROOTS)) == ["api/cart.py", "api/new.py"]
    assert paths(narrowed(of, "web", ROOTS)) == ["web/page.py"]
    assert paths(narrowed(of, REST, ROOTS)) == ["tools/x.py"]


def test_a_file_moved_to_another_component_keeps_its_base_coverage_there() -> None:
    api = narrowed(compared(), "api", ROOTS)
    (delta,) = api.files
    assert delta.before
    assert (delta.was, delta.before.line) == ("web/cart.py", Ratio(2, 2))
    assert isinstance(api.baseline, Known)
    assert [file.path for file in api.baseline.snapshot.files] == ["web/cart.py"]
    assert [change.kind for change in api.diff.files] == [ChangeKind.RENAMED, ChangeKind.ADDED]


def test_a_file_moved_to_another_component_is_deleted_from_its_old_one() -> None:
    web = narrowed(compared(), "web", ROOTS)
    assert [(change.path, change.kind) for change in web.diff.files] == [
        ("web/cart.py", ChangeKind.DELETED),
        ("web/gone.py", ChangeKind.DELETED),
    ]
    assert "web/cart.py" in [file.path for file in web.deleted]
    assert isinstance(web.baseline, Known)
    assert [file.path for file in web.baseline.snapshot.files] == ["web/cart.py", "web/gone.py", "web/page.py"]


def test_a_component_that_the_change_does_not_touch_has_nothing_to_measure_and_says_so() -> None:
    assert narrowed(compared(), "web", ROOTS).coverage.reason.startswith("No line of a Python file was added")
    other = ComponentRoots((ComponentRoot("ops", "ops", "ops"),))
    assert narrowed(compared(), "ops", other).coverage.reason == UNTOUCHED


def test_files_that_count_nowhere_stay_with_their_component() -> None:
    docs = ComponentRoots((ComponentRoot("docs", "docs", "docs"),))
    assert [left.path for left in narrowed(compared(), "docs", docs).coverage.left_out] == ["docs/conf.py"]
    assert narrowed(compared(), "api", ROOTS).coverage.left_out == ()


def test_the_deepest_directory_owns_a_file() -> None:
    roots = ComponentRoots(
        (ComponentRoot("all", ".", "."), ComponentRoot("web", "web", "web"), ComponentRoot("js", "web/js", "web/js"))
    )
    assert [roots.owner(path) for path in ("a.py", "web/a.py", "web/js/a.py", "webs/a.py")] == [
        *("all", "web", "js", "all")
    ]


def test_a_file_moved_out_of_all_components_stays_with_the_one_that_it_was_in() -> None:
    assert ROOTS.owner("lib/cart.py", "web/cart.py") == "web"
    assert ROOTS.owner("api/cart.py", "web/cart.py") == "api"
    assert ROOTS.owner("lib/cart.py", "tools/cart.py") == REST


def test_a_component_that_the_change_adds_takes_nothing_from_those_that_were_there() -> None:
    roots = replace(ROOTS, roots=(*ROOTS.roots, ComponentRoot("new", "web/new", "web/new", added=True)))
    assert roots.owner("web/new/a.py") == "web"
    lax = replace(ROOTS, roots=(*ROOTS.roots, ComponentRoot("lax", "lax", "lax", added=True)))
    assert lax.owner("lax/cart.py", "web/cart.py") == "web"
    assert lax.owner("lax/new.py") == "lax"


def test_a_missing_baseline_stays_missing_with_its_reason() -> None:
    head, diff = sketch(PICTURE)
    of = compare(diff, head, Missing("nobody stored one"))
    assert narrowed(of, "api", ROOTS).baseline == Missing("nobody stored one")


def test_moving_a_well_covered_file_away_is_no_drop_of_what_stays_nor_of_where_it_goes() -> None:
    picture = "[api/cart.py] was web/cart.py\n .A = 1\n .B = 1\n[api/x.py]\n .A = 1\n[web/page.py]\n .A = 1\n !B = 1\n"
    before = (a_file("web/cart.py", 2, 2), a_file("api/x.py", 1, 1), a_file("web/page.py", 1, 2))
    of = compared(picture, *before)
    for name in ("api", "web"):
        answers = drop(narrowed(of, name, ROOTS))
        assert answers
        assert {answer.status for answer in answers} <= {Status.PASSED, Status.NOT_APPLICABLE}


def test_a_component_that_loses_cover_drops_whatever_the_whole_gains() -> None:
    picture = "[api/x.py]\n .A = 1\n .B = 1\n[web/page.py]\n+!A = 2\n .B = 1\n"
    of = compared(picture, a_file("api/x.py", 0, 2), a_file("web/page.py", 2, 2))
    assert Status.FAILED in {answer.status for answer in drop(narrowed(of, "web", ROOTS))}
    assert Status.FAILED not in {answer.status for answer in drop(of)}


def drop(comparison: Comparison) -> tuple[RuleResult, ...]:
    """What the rule against drops answers."""
    thresholds = Thresholds((("drop", Drop(points=Fraction(0), of=("line",))),))
    return judge(thresholds, Facts(comparison, SuiteResult(Ending.PASSED), date(2026, 8, 1))).results


def test_tests_that_are_rewritten_outside_of_a_component_take_cover_away_in_it() -> None:
    of = compared(
        "[api/a.py]\n !  x = 1\n[tests/test_a.py]\n    def test():\n-       f()\n+       pass", a_file("api/a.py", 1, 1)
    )
    part = narrowed(of, "api", ROOTS)
    assert [change.path for change in part.elsewhere] == ["tests/test_a.py"]
    (answer,) = drop(part)
    assert answer.status is Status.FAILED
