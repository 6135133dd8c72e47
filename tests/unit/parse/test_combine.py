from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin
from covgate.parse.combine import combined, combined_origin, few


def file(statements: str, executed: str, *branches: Branch, path: str = "a.py") -> FileCoverage:
    def lines(text: str) -> LineSet:
        return LineSet.of(int(line) for line in text.split())

    return FileCoverage(path, lines(statements), lines(executed), branches=branches)


def branch(line: int, exits: int, *missed: int) -> Branch:
    return Branch(line, exits, tuple(MissedArc(line, to, f"to {to}") for to in missed))


def test_a_line_that_one_report_ran_is_run() -> None:
    (joined,), notes = combined([file("1 2 3", "1"), file("1 2 3", "3")])
    assert (str(joined.executed), str(joined.missed), notes) == ("1, 3", "2", ())


def test_only_ways_that_all_missed_are_missed() -> None:
    (joined,), _ = combined([file("1", "1", branch(1, 3, 2, 3)), file("1", "1", branch(1, 3, 3, 4))])
    assert [arc.to for arc in joined.branches[0].missed] == [3]


def test_a_way_out_of_the_function_is_the_same_however_a_format_names_it() -> None:
    (joined,), _ = combined([file("5", "5", branch(5, 2, -1)), file("5", "5", branch(5, 2, -5))])
    assert joined.branch == Ratio(1, 2)


def test_of_reports_that_only_count_the_better_count_holds_and_is_told() -> None:
    (joined,), notes = combined([file("1", "1", branch(1, 4, 0, 0, 0)), file("1", "1", branch(1, 4, 0, 0))])
    assert joined.branch == Ratio(2, 4)
    assert "a.py" in notes[0]


def test_a_count_that_misses_everything_takes_nothing_away() -> None:
    (joined,), notes = combined([file("1", "1", branch(1, 2, 0, 0)), file("1", "1", branch(1, 2, 5))])
    assert ([arc.to for arc in joined.branches[0].missed], notes) == ([5], ())


def test_reports_that_disagree_about_statements_are_told() -> None:
    (joined,), notes = combined([file("1 2", "1"), file("1 2 9", "9")])
    assert str(joined.statements) == "1–2, 9"
    assert "disagree" in notes[0]


def test_files_come_sorted_and_each_once() -> None:
    files, _ = combined([file("1", "1", path="b.py"), file("1", "", path="a.py"), file("1", "", path="b.py")])
    assert [found.path for found in files] == ["a.py", "b.py"]


def test_one_origin_stays_and_several_are_named() -> None:
    one, other = Origin("coverage.py", "7.17.3"), Origin("gcovr", "8.8")
    assert combined_origin([one, one], has_branches=False) == Origin("coverage.py", "7.17.3", has_branches=False)
    assert combined_origin([one, other], has_branches=True).tool == "coverage.py + gcovr"


def test_of_many_names_a_few_are_shown_and_the_rest_counted() -> None:
    assert few(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
