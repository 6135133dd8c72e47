from fractions import Fraction

import pytest
from tests.sketch import sketch
from tests.unit.rank.eight_files import COVERED, EIGHT, STATEMENTS, snapshot

from covgate.compare import compare
from covgate.model.comparison import Missing
from covgate.model.plan import FileGap
from covgate.model.ratio import Ratio, floored
from covgate.model.snapshot import Snapshot
from covgate.model.sources import Sources
from covgate.rank import Evidence, RankOptions, rank_project

OVER_500, FROM_300 = "over 500 statements", "300 to 500 statements"


def words(gap: FileGap, signal: str) -> str:
    return next((reading.words for reading in gap.readings if reading.signal == signal), "")


def ranked(picture: str, strategy: str = "impact") -> list[str]:
    return [gap.path for gap in rank_project(sketch(picture).head, Evidence(), RankOptions(strategy))]


def test_the_project_is_the_one_that_was_written_down() -> None:
    assert snapshot().line == Ratio(COVERED, STATEMENTS) == Ratio(16_106, 57_828)


def test_impact_lists_the_eight_large_files_by_what_they_miss_with_their_sizes() -> None:
    first = rank_project(snapshot(), Evidence())[:8]

    assert [(gap.path, gap.line.total, gap.line.missed, words(gap, "size")) for gap in first] == [
        ("core/workflow_engine.py", 1163, 1089, OVER_500),
        ("api/atom_agent_endpoints.py", 757, 668, OVER_500),
        ("core/llm/byok_handler.py", 549, 491, OVER_500),
        ("core/lancedb_handler.py", 577, 467, OVER_500),
        ("core/workflow_debugger.py", 527, 465, OVER_500),
        ("core/workflow_analytics_engine.py", 593, 408, OVER_500),
        ("core/episode_segmentation_service.py", 463, 400, FROM_300),
        ("core/auto_document_ingestion.py", 479, 392, FROM_300),
    ]


def test_triage_orders_them_by_percentage() -> None:
    gaps = [gap for gap in rank_project(snapshot(), Evidence(), RankOptions("triage")) if gap.path in EIGHT]

    assert [(gap.path, floored(gap.line.percent or Fraction(0))) for gap in gaps] == [
        ("core/workflow_engine.py", "6.36"),
        ("core/llm/byok_handler.py", "10.56"),
        ("api/atom_agent_endpoints.py", "11.75"),
        ("core/workflow_debugger.py", "11.76"),
        ("core/episode_segmentation_service.py", "13.60"),
        ("core/auto_document_ingestion.py", "18.16"),
        ("core/lancedb_handler.py", "19.06"),
        ("core/workflow_analytics_engine.py", "31.19"),
    ]


def test_tests_and_generated_and_vendored_files_stay_off_the_list() -> None:
    paths = [
        "app/a.py",
        "app/a_pb2.py",
        "app/migrations/0001_initial.py",
        "app/_vendor/b.py",
        "tests/test_a.py",
        "c.py",
    ]
    head = sketch("\n".join(f"[{path}]\n !  x = 1" for path in paths)).head

    gaps = rank_project(head, Evidence(marked={"c.py": "generated"}))

    assert [gap.path for gap in gaps] == ["app/a.py"]


@pytest.mark.parametrize(
    ("path", "source", "listed"),
    [
        ("shop/tests.py", "from django.test import TestCase\n", False),
        ("shop/test.py", "import unittest\n", False),
        ("jinja2/tests.py", "def test_odd(value):\n    return value % 2\n", True),
        ("werkzeug/test.py", "import io\n", True),
        ("test/fixtures.py", "", False),
        ("shop/test/client.py", "", True),
        ("shop/latest.py", "", True),
    ],
)
def test_modules_called_test_are_tests_where_they_import_what_tests_import(
    path: str, source: str, *, listed: bool
) -> None:
    head = sketch(f"[{path}]\n !  x = 1").head

    gaps = rank_project(head, Evidence(sources=Sources({path: source.encode()})))

    assert [gap.path for gap in gaps] == [path] * listed


def test_globs_of_the_repositorys_own_stay_off_the_list() -> None:
    head = sketch("[docs/conf.py]\n !  x = 1\n[a.py]\n !  x = 1").head

    assert [gap.path for gap in rank_project(head, Evidence(), RankOptions(omit=("docs",)))] == ["a.py"]


def test_a_file_without_a_gap_is_not_listed() -> None:
    assert ranked("[a.py]\n .  x = 1\n[b.py]\n !  x = 1") == ["b.py"]


def test_a_files_functions_have_the_most_missed_statements_in_front() -> None:
    (gap,) = rank_project(
        sketch("""
            [cart.py]
             .  class Cart:
             .      def total(self):
             .          a = 1
             !          b = 2
             .      def refund(self):
             !          c = 3
             !          return c
             !  rate = 3
        """).head,
        Evidence(),
    )

    assert [(one.name, one.start, len(one.missed), one.of) for one in gap.functions] == [
        ("Cart.refund", 5, 2, Ratio(0, 2)),
        ("Cart.total", 2, 1, Ratio(1, 2)),
        ("", 8, 1, Ratio(3, 4)),
    ]


def test_a_function_with_a_way_never_taken_is_a_gap_without_missed_statements() -> None:
    (gap,) = rank_project(
        sketch("""
            [a.py]
             .  def f(x):
             ?      if x:
             .          x = 1
             .      return x
        """).head,
        Evidence(),
    )

    (function,) = gap.functions
    assert (function.name, len(function.missed), [arc.words for arc in function.partial]) == (
        "f",
        0,
        ["`if x` never False"],
    )


def test_what_the_change_left_uncovered_comes_first_within_its_tier() -> None:
    head, diff = sketch("""
        [a.py]
         !  x = 1
         !  y = 1
        [b.py]
        +!  x = 1
    """)
    evidence = Evidence(compare(diff, head, Missing("no baseline")))

    gaps = rank_project(head, evidence)

    assert [(gap.path, gap.changed) for gap in gaps] == [("b.py", True), ("a.py", False)]


def test_a_strategy_that_there_is_not_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="luck"):
        rank_project(Snapshot((), snapshot().origin), Evidence(), RankOptions("luck"))
