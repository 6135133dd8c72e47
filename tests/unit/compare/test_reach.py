"""What the tests of a changed file run."""

from collections.abc import Mapping
from dataclasses import replace

from tests.sketch import sketch

from covgate.compare import compare
from covgate.model.comparison import Baseline, Known, Missing, Reach
from covgate.model.ratio import Ratio

NOW = sketch("""
    [src/a.py]
     .  def total():
     .      x = 1
    +.      y = 2
    +!      z = 3
    [src/b.py]
     .  b = 1
    [tests/test_a.py]
    ~.  def test_one(): pass
    [tests/test_c.py]
    ~.  def test_three(): pass
""")
THEN = sketch("""
    [src/a.py]
     .  def total():
     !      x = 1
    [src/b.py]
     .  b = 1
    [tests/test_a.py]
     .  def test_one(): pass
    [tests/test_c.py]
     .  def test_three(): pass
""").head


def reached(baseline: Baseline, by: Mapping[str, str]) -> list[Reach | None]:
    """What the two changed files of tests run, where each of the given files is run by the tests beside it."""
    files = tuple(
        replace(file, reached_by=((by[file.path], 2),)) if file.path in by else file for file in NOW.head.files
    )
    told = compare(NOW.diff, replace(NOW.head, files=files), baseline).changed_tests
    assert [one.path for one in told] == ["tests/test_a.py", "tests/test_c.py"]
    return [one.reach for one in told]


KNOWN = Known(THEN, NOW.diff.base.sha, "data branch")


def test_the_files_that_its_tests_run_are_told_with_their_cover_before_and_now() -> None:
    reach = Reach(1, now=Ratio(3, 4), before=Ratio(1, 2), anew=2)
    assert reached(KNOWN, {"src/a.py": "tests/test_a.py"}) == [reach, None]
    assert reached(KNOWN, {"src/a.py": "tests.test_a"}) == [reach, None], "as unittest and coverage.py call it"
    assert reached(KNOWN, {"src/b.py": "tests/test_c.py"}) == [None, Reach(1, Ratio(1, 1), Ratio(1, 1), 0)]


def test_without_a_baseline_only_the_cover_now_is_told() -> None:
    assert reached(Missing("none"), {"src/a.py": "tests/test_a.py"}) == [Reach(1, now=Ratio(3, 4)), None]


def test_without_contexts_nothing_is_told() -> None:
    assert reached(KNOWN, {}) == [None, None]
