"""Gains: what it buys to bring files to their target, exactly."""

from fractions import Fraction

from tests.unit.rank.plan.values import gap_of, measured, snapshot

from covgate.model.plan import FileGap
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Snapshot
from covgate.rank.plan import PlanOptions, plan

# statements, missed, statements to gain: the smallest whole number of statements that is half of them, less the covered
EIGHT = {
    "workflow_engine.py": (1163, 1089, 508),
    "atom_agent_endpoints.py": (757, 668, 290),
    "llm/byok_handler.py": (549, 491, 217),
    "lancedb_handler.py": (577, 467, 179),
    "workflow_debugger.py": (527, 465, 202),
    "workflow_analytics_engine.py": (593, 408, 112),
    "episode_segmentation_service.py": (463, 400, 169),
    "auto_document_ingestion.py": (479, 392, 153),
}
ALL, COVERED = 57_828, 16_106


def eight_files_and_the_rest() -> tuple[Snapshot, list[FileGap]]:
    files = [measured(path, statements, missed) for path, (statements, missed, _) in EIGHT.items()]
    statements = sum(file.line.total for file in files)
    covered = sum(file.line.covered for file in files)
    rest = measured("rest.py", ALL - statements, ALL - statements - (COVERED - covered))
    return snapshot(*files, rest), [gap_of(file) for file in files]


def test_eight_files_to_half_gain_what_arithmetic_says() -> None:
    project, gaps = eight_files_and_the_rest()
    made = plan(gaps, project)
    assert made.total == Ratio(16_106, 57_828)
    assert {file.gap.path: file.gain_lines for file in made.files} == {path: row[2] for path, row in EIGHT.items()}
    assert made.gain_lines == 1830
    assert made.gain_points == Fraction(183_000, 57_828)
    assert made.after == Ratio(17_936, 57_828)


def test_halves_round_up_because_no_file_reaches_its_target_with_half_a_statement() -> None:
    """All eight have an odd number of statements: the halves alone make 1,826, and each rounds up by a half."""
    _, gaps = eight_files_and_the_rest()
    halves = sum(Fraction(gap.line.total, 2) - gap.line.covered for gap in gaps)
    assert (halves, 1830 - halves) == (1826, len(EIGHT) * Fraction(1, 2))


def test_a_file_at_its_target_is_not_planned() -> None:
    file, other = measured("a.py", 10, 5), measured("b.py", 10, 6)
    made = plan([gap_of(file), gap_of(other)], snapshot(file, other))
    assert [one.gap.path for one in made.files] == ["b.py"]


def test_a_group_may_ask_for_more_or_less_than_the_others() -> None:
    critical, relaxed, plain = (measured(path, 10, 10) for path in ("pay/a.py", "tools/b.py", "c.py"))
    own = {"pay/a.py": Fraction(70), "tools/b.py": Fraction(0)}
    options = PlanOptions(target=Fraction(50), target_of=own.get)
    made = plan([gap_of(one) for one in (critical, relaxed, plain)], snapshot(critical, relaxed, plain), options)
    assert [(one.gap.path, one.gain_lines, one.target) for one in made.files] == [
        ("pay/a.py", 7, Fraction(70)),
        ("c.py", 5, Fraction(50)),
    ]


def test_a_target_of_a_hundred_takes_all_that_is_missed() -> None:
    file = measured("a.py", 7, 3)
    made = plan([gap_of(file)], snapshot(file), PlanOptions(target=Fraction(100)))
    assert (made.gain_lines, made.after) == (3, Ratio(7, 7))


def test_the_order_of_the_gaps_is_the_order_of_the_plan() -> None:
    files = [measured(path, 10, 9) for path in ("c.py", "a.py", "b.py")]
    made = plan([gap_of(file) for file in files], snapshot(*files))
    assert [one.gap.path for one in made.files] == ["c.py", "a.py", "b.py"]


def test_nothing_measured_plans_nothing() -> None:
    made = plan([], snapshot())
    assert (made.gain_lines, made.gain_points) == (0, Fraction(0))
    assert [*made.files, *made.waves] == []
