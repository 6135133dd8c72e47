from dataclasses import replace

from tests.golden.faces import FACES
from tests.golden.values import comparison, gap, report, suite

from covgate.model.gap import Reading
from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import MissedArc
from covgate.model.suite import Outcome, TestCase
from covgate.render.formats import terminal
from covgate.render.formats.annotations import render

ARC = MissedArc(7, 9, "`if x` never True")


def annotated(path: str = "src/a.py", words: str = "never run") -> list[str]:
    lone = gap(path, "f", ((2, 3), (9, 9)), 5, words=(words,), after=Ratio(5, 5))
    return render(report(comparison([]), (), (lone,))).splitlines()


def test_a_gap_is_one_warning_at_its_first_lines() -> None:
    assert annotated() == ["::warning file=src/a.py,line=2,endLine=3,title=Not tested%3A f::never run. Also line 9."]


def test_a_gap_of_branches_only_is_partly_tested() -> None:
    lone = gap("src/a.py", "", (), 5, words=(ARC.words,), after=Ratio(5, 5), partial=(ARC,))
    assert render(report(comparison([]), (), (lone,))) == (
        "::warning file=src/a.py,line=7,endLine=7,title=Partly tested%3A src/a.py::`if x` never True.\n"
    )


def test_what_would_end_a_property_or_the_command_is_escaped() -> None:
    (line,) = annotated(path="a,b:c%.py\r\n::error::x")
    assert line.startswith("::warning file=a%2Cb%3Ac%25.py␍␊%3A%3Aerror%3A%3Ax,line=2,endLine=3,title=")


def test_there_are_never_more_than_ten_and_failed_tests_come_first() -> None:
    many = FACES["many_files"]()
    failures = tuple(TestCase(f"test_{n}", Outcome.FAILED, message="boom") for n in range(4))
    lines = render(replace(many, suite=suite(3, 0, failures))).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 4 + ["::warning"] * 6
    assert lines[0] == "::error title=Test failed::`test_0`: boom"


def test_a_message_stays_below_githubs_limit() -> None:
    (line,) = annotated(words="x" * 20_000)
    assert len(line) < 4_096 + 200


def test_many_places_are_counted() -> None:
    lines = LineSet.of(range(1, 60, 2))
    lone = gap("a.py", "f", lines.ranges, 60, words=("w",), after=Ratio(1, 1))
    assert "Also lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 19 more places." in render(
        report(comparison([]), (), (lone,))
    )


def test_of_a_failing_run_nobody_says_what_no_test_imports() -> None:
    unmeasured = FACES["unmeasured"]()
    readings = (
        Reading("missed_statements", 6, "none of the 6 changed statements runs"),
        Reading("unmeasured", 1, "no test imports this file"),
    )
    unmeasured = replace(unmeasured, gaps=(replace(unmeasured.gaps[0], readings=readings),))
    assert "no test imports" in render(unmeasured)
    broken = replace(unmeasured, verdict=FACES["suite_failed"]().verdict)
    shown = render(broken) + terminal.render(broken)
    assert "none of the 6 changed statements runs." in shown
    assert "import" not in shown
    assert "never reached" in shown
