from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.parse.refine import impossible_lines, refine


def lines(text: str) -> LineSet:
    return LineSet.of(int(line) for line in text.split())


def branch(line: int, exits: int, *missed: int, words: str = "given") -> Branch:
    return Branch(line, exits, tuple(MissedArc(line, to, words) for to in missed))


SOURCE = FileCoverage(
    "a.py",
    lines("1 2 4 6 7"),
    NO_LINES,
    excluded=lines("9"),
    spans=((2, 3),),
    branches=(branch(4, 2, 6, 7, words="source"), branch(7, 2, 1, -1, words="source")),
)


def given(statements: str, executed: str, *branches: Branch) -> FileCoverage:
    return FileCoverage("a.py", lines(statements), lines(executed), branches=branches)


def test_a_continuation_line_counts_for_its_statement() -> None:
    refined = refine(given("1 3 4 6 7", "1 3"), SOURCE, has_branches=True, inexact=False)
    assert (str(refined.file.statements), str(refined.file.executed)) == ("1–2, 4, 6–7", "1–2")
    assert (refined.unheard, refined.gone) == (NO_LINES, NO_LINES)


def test_statements_that_the_report_does_not_know_count_as_missed() -> None:
    refined = refine(given("1 2 4", "1 2 4"), SOURCE, has_branches=True, inexact=False)
    assert (str(refined.file.missed), str(refined.unheard)) == ("6–7", "6–7")
    assert not refined.looks_older


def test_ways_get_the_source_s_words() -> None:
    report = given("1 2 4 6 7", "1 2 4 7", branch(4, 2, 6), branch(7, 2, -7))
    found = refine(report, SOURCE, has_branches=True, inexact=False).file.branches
    assert [[(arc.to, arc.words) for arc in one.missed] for one in found] == [[(6, "source")], [(-1, "source")]]


def test_ways_that_are_only_counted_get_words_where_all_are_missed() -> None:
    report = given("1 2 4 6 7", "1", branch(4, 2, 0, 0), branch(7, 2, 0))
    found = refine(report, SOURCE, has_branches=True, inexact=False).file.branches
    assert [[arc.to for arc in one.missed] for one in found] == [[6, 7], [0]]


def test_a_report_without_branches_gets_none() -> None:
    refined = refine(given("1 2 4 6 7", "1"), SOURCE, has_branches=False, inexact=False)
    assert refined.file.branch == Ratio(0, 0)


def test_lines_that_are_no_statements_are_dropped_where_the_report_lists_such() -> None:
    refined = refine(given("1 2 4 5 6 7", "1 5"), SOURCE, has_branches=True, inexact=True)
    assert (str(refined.file.statements), str(refined.file.executed)) == ("1–2, 4, 6–7", "1")


def test_an_excluded_line_that_ran_is_no_statement() -> None:
    refined = refine(given("1 2 4 6 7 9", "9"), SOURCE, has_branches=True, inexact=False)
    assert 9 not in refined.file.statements


def test_lines_that_moved_look_older() -> None:
    assert refine(given("2 3 5 7 8", "2"), SOURCE, has_branches=True, inexact=False).looks_older


def test_lines_that_only_another_python_counts_do_not_look_older() -> None:
    refined = refine(given("1 2 4 5 6 7 8", "1 8"), SOURCE, has_branches=True, inexact=False)
    assert not refined.looks_older
    assert str(refined.gone) == "5, 8"
    assert refined.file.line == Ratio(2, 7)


def test_blank_lines_comments_and_what_lies_beyond_the_end_cannot_be_statements() -> None:
    source = ["a = 1", "", "  # why", "b = 2"]
    assert str(impossible_lines(lines("1 2 3 4 5"), source, is_python=True)) == "2–3, 5"
    assert str(impossible_lines(lines("1 2 3 4 5"), source, is_python=False)) == "5"
