"""What each signal says of a file and of a function of the project."""

from datetime import date

import pytest
from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.activity import Activity, FileActivity
from covgate.model.comparison import Missing
from covgate.model.lines import LineSet
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Region, Snapshot
from covgate.model.sources import Sources
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.signal import Group


def file(
    path: str = "app/a.py", statements: int = 4, missed: int = 2, branches: tuple[Branch, ...] = (), excluded: int = 0
) -> FileCoverage:
    """A file of one function `f` whose last statements never ran; what is excluded stands below them."""
    return FileCoverage(
        path,
        LineSet.of(range(1, statements + 1)),
        LineSet.of(range(1, statements - missed + 1)),
        excluded=LineSet.of(range(statements + 1, statements + 1 + excluded)),
        branches=branches,
        regions=(Region("function", "f", 1, LineSet.of(range(2, statements + 1))),),
    )


def told(one: FileCoverage, evidence: Evidence | None = None) -> FileGap:
    (gap,) = rank_project(Snapshot((one,), Origin("coverage.py")), evidence or Evidence())
    return gap


def words(gap: FileGap | FunctionGap, signal: str) -> tuple[float, str] | None:
    return next(((one.value, one.words) for one in gap.readings if one.signal == signal), None)


def active(**counts: int) -> Evidence:
    last = date(2026, 3, 1)
    return Evidence(activity=Activity({"app/a.py": FileActivity(**counts, last=last)}, until=date(2026, 3, 11)))


@pytest.mark.parametrize(
    ("statements", "missed", "expected"),
    [
        (1163, 1089, (1089, "1,089 of 1,163 statements never run")),
        (3, 1, (1, "1 of 3 statements never runs")),
        (2000, 2000, (2000, "none of the 2,000 statements runs")),
        (1, 1, (1, "the only statement never runs")),
    ],
)
def test_missed_statements_of_a_file_are_counted(statements: int, missed: int, expected: tuple[float, str]) -> None:
    assert words(told(file(statements=statements, missed=missed)), "missed_statements") == expected


@pytest.mark.parametrize(
    ("statements", "tier", "expected"),
    [
        (501, 0, "over 500 statements"),
        (500, 1, "300 to 500 statements"),
        (300, 1, "300 to 500 statements"),
        (299, 2, "150 to 300 statements"),
        (150, 2, "150 to 300 statements"),
        (149, 3, "fewer than 150 statements"),
    ],
)
def test_size_has_four_tiers(statements: int, tier: int, expected: str) -> None:
    assert words(told(file(statements=statements)), "size") == (tier, expected)


def test_a_file_of_which_nothing_ran_is_called_out_by_its_size() -> None:
    assert words(told(file(statements=600, missed=600)), "unmeasured") == (
        1,
        "no test imports this file of over 500 statements",
    )
    assert words(told(file(statements=600, missed=599)), "unmeasured") is None


def test_the_percentage_is_floored_like_everywhere() -> None:
    assert words(told(file(statements=2000, missed=1)), "percentage") == (99.95, "99.95 % covered")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/views.py", (0, "layer `views`")),
        ("app/views/cart.py", (0, "layer `views`")),
        ("views/models/cart.py", (1, "layer `models`")),
        ("app/cart.py", None),
        ("app/reviews.py", None),
    ],
)
def test_the_name_nearest_to_the_file_is_its_layer(path: str, expected: tuple[float, str] | None) -> None:
    assert words(told(file(path), Evidence(layers=("views", "models"))), "layer") == expected


def test_a_group_is_named_and_a_critical_one_counts() -> None:
    plain, critical = Group("web", ("app/**",)), Group("critical", ("app",), critical=True)
    assert words(told(file(), Evidence(groups=(plain,))), "group") == (0, "group `web`")
    assert words(told(file(), Evidence(groups=(plain, critical))), "group") == (1, "group `critical`")
    assert words(told(file("web/a.py"), Evidence(groups=(plain,))), "group") is None


def test_complexity_counts_the_decisions_of_the_functions_own_lines_with_its_crap_score() -> None:
    branches = (Branch(2, 2), Branch(3, 3), Branch(4, 2, (MissedArc(4, 5, "`if x` never True"),)))
    gap = told(file(statements=8, missed=4, branches=branches))
    (function,) = gap.functions
    # 1 + 1 + 2 + 1 ways; 4 of 7 statements are missed: 25 × (4/7)³ + 5 = 9.66…
    assert function.of == Ratio(3, 7)
    assert words(function, "complexity") == (5, "complexity 5 (CRAP 9)")
    assert words(gap, "complexity") == (5, "`f` has complexity 5 (CRAP 9)")


def test_a_function_without_branches_has_no_complexity_to_speak_of() -> None:
    gap = told(file())
    assert (words(gap, "complexity"), words(gap.functions[0], "complexity")) == (None, None)


def test_the_history_is_told_in_words() -> None:
    gap = told(file(), active(commits_90=14, commits_365=30, authors=5))
    assert words(gap, "churn") == (14, "changed 14 times in 90 days")
    assert words(gap, "commits") == (30, "30 commits in a year")
    assert words(gap, "authors") == (5, "by 5 people in a year")
    assert words(gap, "age") == (10, "")  # churn has told it


def test_a_file_that_was_last_changed_a_while_ago_is_dated() -> None:
    assert words(told(file(), active(commits_365=2, authors=1)), "age") == (10, "last changed on 2026-03-01")


def test_one_is_told_in_the_singular() -> None:
    gap = told(file(), active(commits_90=1, commits_365=1, authors=1))
    assert words(gap, "churn") == (1, "changed once in 90 days")
    assert words(gap, "commits") == (1, "1 commit in a year")
    assert words(gap, "authors") == (1, "by 1 person in a year")


def test_a_file_that_nobody_touched_in_a_year_is_old() -> None:
    evidence = Evidence(activity=Activity(until=date(2026, 3, 11)))
    assert words(told(file(), evidence), "age") == (365, "unchanged for a year")


def test_without_a_history_nothing_is_said_of_it() -> None:
    gap = told(file(), Evidence(activity=Activity(unknown="This clone is shallow.")))
    assert [words(gap, signal) for signal in ("churn", "commits", "authors", "age")] == [None] * 4


def test_modules_that_import_the_file_are_counted_without_tests() -> None:
    sources = Sources(
        {
            "app/__init__.py": b"",
            "app/a.py": b"",
            "app/b.py": b"from app import a\n",
            "app/c.py": b"from . import a\nimport app.a\n",
            "tests/test_a.py": b"import app.a\n",
        }
    )
    files = tuple(file(path) for path in sources.paths)
    gaps = rank_project(Snapshot(files, Origin("coverage.py")), Evidence(sources=sources))
    assert {gap.path: words(gap, "fan_in") for gap in gaps}["app/a.py"] == (2, "imported by 2 modules")


@pytest.mark.parametrize(
    ("function", "path", "source", "public"),
    [
        ("total", "app/a.py", "", True),
        ("_total", "app/a.py", "", False),
        ("Cart.total", "app/a.py", "", True),
        ("Cart._total", "app/a.py", "", False),
        ("Cart.__len__", "app/a.py", "", True),
        ("_Cart.total", "app/a.py", "", False),
        ("total", "app/_a.py", "", False),
        ("total", "app/__init__.py", "", True),
        ("total", "app/a.py", "__all__ = ['total']\n", True),
        ("other", "app/a.py", "__all__ = ['total']\n", False),
        ("_total", "app/_a.py", "__all__: list[str] = [\n    '_total',  # odd\n]\n", True),
        ("total", "app/a.py", "__all__ = [name for name in names]\n", True),
    ],
)
def test_public_is_what_all_names_or_nothing_hides(function: str, path: str, source: str, *, public: bool) -> None:
    one = FileCoverage(
        path, LineSet.of([1, 2]), LineSet.of([1]), regions=(Region("function", function, 1, LineSet.of([2])),)
    )
    gap = told(one, Evidence(sources=Sources({path: source.encode()})))
    assert words(gap.functions[0], "public") == ((1, "public") if public else None)
    assert words(gap, "public") == ((1, "1 public function") if public else None)


def test_what_the_change_wrote_is_counted_apart_from_what_was_there() -> None:
    head, diff = sketch("""
        [a.py]
         .  def f():
        +!      x = 1
         !      y = 1
         !  z = 1
    """)
    (gap,) = rank_project(head, Evidence(compare(diff, head, Missing("no baseline"))))
    assert words(gap, "changed") == (1, "1 of them changed here")
    assert [(one.name, words(one, "changed")) for one in gap.functions] == [
        ("f", (1, "1 of them changed here")),
        ("", None),
    ]


def test_excluded_lines_are_told() -> None:
    assert words(told(file(excluded=1)), "exclusions") == (1, "1 more line is excluded from coverage")
    assert words(told(file(excluded=12)), "exclusions") == (12, "12 more lines are excluded from coverage")


def test_ways_never_taken_are_counted_for_the_file_and_named_for_the_function() -> None:
    ways = tuple(MissedArc(line, line + 1, f"`if x{line}` never True") for line in (2, 3))
    gap = told(file(branches=(Branch(1, 2, ways[1:]), Branch(2, 2, ways[:1]))))
    assert words(gap, "missed_branches") == (2, "2 branches never taken")
    assert words(gap.functions[0], "missed_branches") == (1, "`if x2` never True")


@pytest.mark.parametrize("strategy", ["impact", "triage", "risk"])
def test_a_file_without_statements_is_no_gap(strategy: str) -> None:
    empty = FileCoverage("a.py", LineSet(), LineSet())
    assert rank_project(Snapshot((empty,), Origin("coverage.py")), Evidence(), RankOptions(strategy)) == ()
