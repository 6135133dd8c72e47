"""In which order each strategy tells the project's gaps."""

from fractions import Fraction

import pytest

from covgate.model.activity import Activity, FileActivity
from covgate.model.lines import LineSet
from covgate.model.plan import FileGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Region, Snapshot
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.complexity import crap
from covgate.rank.signal import Group
from covgate.rank.strategies import impact, triage

Files = dict[str, tuple[int, int]]  # statements, missed


def ranked(files: Files, strategy: str, evidence: Evidence | None = None, **thresholds: object) -> list[FileGap]:
    snapshot = Snapshot(tuple(file(path, *counts) for path, counts in sorted(files.items())), Origin("coverage.py"))
    return list(rank_project(snapshot, evidence or Evidence(), RankOptions(strategy, thresholds)))


def file(path: str, statements: int, missed: int) -> FileCoverage:
    return FileCoverage(path, LineSet.of(range(1, statements + 1)), LineSet.of(range(1, statements - missed + 1)))


def paths(files: Files, strategy: str, evidence: Evidence | None = None, **thresholds: object) -> list[str]:
    return [gap.path for gap in ranked(files, strategy, evidence, **thresholds)]


def commits(**counts: int) -> Evidence:
    return Evidence(activity=Activity({f"{name}.py": FileActivity(n, n, 1) for name, n in counts.items()}))


def test_impact_puts_large_files_with_little_cover_first_by_what_they_miss() -> None:
    files = {
        "covered.py": (2000, 1000),  # half of it is covered
        "low.py": (151, 106),  # 29.8 %
        "lower.py": (200, 190),
        "at_thirty.py": (200, 140),  # 30 % is not below 30 %
        "small.py": (150, 150),  # not over 150
    }
    assert paths(files, "impact") == ["lower.py", "low.py", "covered.py", "small.py", "at_thirty.py"]


def test_impact_takes_files_over_500_statements_up_to_half_covered() -> None:
    files = {"large.py": (501, 251), "half.py": (502, 251), "not_large.py": (500, 260), "low.py": (160, 150)}
    assert paths(files, "impact") == ["large.py", "low.py", "not_large.py", "half.py"]
    assert [gap.tier // 4 for gap in ranked(files, "impact")] == [0, 0, 1, 1]


def test_impact_weighs_missed_statements_by_the_commits_of_a_year() -> None:
    files = {"busy.py": (200, 180), "calm.py": (200, 190), "other.py": (800, 780)}
    gaps = ranked(files, "impact", commits(busy=3))
    assert [(gap.path, gap.score) for gap in gaps] == [("other.py", 780), ("busy.py", 540), ("calm.py", 190)]


def test_impact_never_lets_churn_lift_a_file_over_its_tier() -> None:
    assert paths({"busy.py": (100, 90), "low.py": (151, 150)}, "impact", commits(busy=1000)) == ["low.py", "busy.py"]


def test_impact_puts_critical_groups_ahead_within_a_tier() -> None:
    evidence = Evidence(groups=(Group("critical", ("pay/**",), critical=True),))
    files = {"a.py": (100, 90), "pay/b.py": (100, 10), "low.py": (151, 150)}
    assert paths(files, "impact", evidence) == ["low.py", "pay/b.py", "a.py"]


def test_the_thresholds_of_impact_can_be_set() -> None:
    files = {"a.py": (40, 30), "b.py": (400, 100)}
    assert paths(files, "impact") == ["b.py", "a.py"]
    assert paths(files, "impact", impact=impact.Options(statements=30, percent=Fraction(26))) == ["a.py", "b.py"]


def test_triage_puts_the_lowest_percentage_first_then_the_most_missed_then_layers() -> None:
    files = {
        "partly.py": (100, 90),
        "little.py": (1000, 899),  # 10.1 %
        "zero_small.py": (10, 10),
        "zero_large.py": (50, 50),
        "app/models.py": (20, 20),
        "app/views.py": (20, 20),
        "app/other.py": (20, 20),
    }
    assert paths(files, "triage", Evidence(layers=("views", "models"))) == [
        "zero_large.py",
        "app/views.py",
        "app/models.py",
        "app/other.py",
        "zero_small.py",
        "partly.py",
        "little.py",
    ]


def test_triage_keeps_nearly_covered_files_off_the_list_while_low_ones_exist() -> None:
    files = {"near.py": (100, 10), "almost.py": (100, 11), "low.py": (100, 51)}
    assert paths(files, "triage") == ["low.py", "almost.py"]
    assert paths(files | {"low.py": (100, 50)}, "triage") == ["low.py", "almost.py", "near.py"]


def test_the_thresholds_of_triage_can_be_set() -> None:
    options = triage.Options(near=Fraction(80), low=Fraction(60))
    assert paths({"near.py": (100, 20), "low.py": (100, 45)}, "triage", triage=options) == ["low.py"]


def test_risk_multiplies_what_is_missed_with_complexity_and_churn() -> None:
    complex_ = FileCoverage(
        "complex.py",
        LineSet.of(range(1, 11)),
        LineSet.of([1]),
        branches=tuple(Branch(line, 2, (MissedArc(line, 10, "never"),)) for line in (2, 3, 4)),
        regions=(Region("function", "f", 1, LineSet.of(range(2, 9))),),
    )
    snapshot = Snapshot((complex_, file("plain.py", 100, 25)), Origin("coverage.py"))
    gaps = rank_project(snapshot, Evidence(), RankOptions("risk"))
    # seven statements of complexity four, and two at the top level
    assert [(gap.path, gap.score) for gap in gaps] == [("complex.py", 7 * 4 + 2), ("plain.py", 25)]
    busy = rank_project(snapshot, commits(plain=1), RankOptions("risk"))
    assert [(gap.path, gap.score) for gap in busy] == [("plain.py", 50), ("complex.py", 30)]


@pytest.mark.parametrize("strategy", ["impact", "triage", "risk"])
def test_what_ties_to_the_end_is_told_by_path(strategy: str) -> None:
    assert paths({"b.py": (10, 5), "a.py": (10, 5), "c.py": (10, 5)}, strategy) == ["a.py", "b.py", "c.py"]


@pytest.mark.parametrize(
    ("complexity", "of", "score"),
    [(1, Ratio(1, 1), 1), (10, Ratio(0, 5), 110), (10, Ratio(5, 5), 10), (10, Ratio(1, 2), 22), (3, Ratio(0, 0), 3)],
)
def test_the_crap_score_is_the_published_one(complexity: int, of: Ratio, score: int) -> None:
    assert crap(complexity, of) == score
