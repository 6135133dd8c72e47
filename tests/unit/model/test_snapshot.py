from tests.sketch import sketch

from covgate.model.lines import LineSet
from covgate.model.ratio import Ratio
from covgate.model.snapshot import Branch, FileCoverage, MissedArc

FILE = FileCoverage(
    "a.py",
    statements=LineSet.of([1, 3, 7, 8]),
    executed=LineSet.of([1, 7]),
    spans=((3, 6), (8, 9)),
    branches=(Branch(7, 2, (MissedArc(7, 8, "`if x` never True"),)), Branch(8, 3)),
)


def test_a_continuation_line_belongs_to_its_statements_first_line() -> None:
    assert FILE.first_lines(LineSet.of([5, 6, 7, 9])) == LineSet.of([3, 7, 8])


def test_lines_of_no_long_statement_stay_themselves() -> None:
    assert FILE.first_lines(LineSet.of([1, 2, 7])) == LineSet.of([1, 2, 7])


def test_statements_and_branches_add_up_to_the_combined_number() -> None:
    assert (FILE.line, FILE.branch, FILE.combined) == (Ratio(2, 4), Ratio(4, 5), Ratio(6, 9))


def test_a_file_narrowed_to_lines_counts_only_what_begins_there() -> None:
    narrow = FILE.narrow(LineSet.of([4, 7]))
    assert (narrow.line, narrow.branch) == (Ratio(1, 1), Ratio(1, 2))


def test_unmeasured_files_count_for_the_change_and_never_for_the_total() -> None:
    head, _ = sketch("""
        [src/old.py]
         .  x = 1
        [src/new.py] unmeasured
        +!  y = 2
    """)
    assert head.line == Ratio(1, 1)
    assert [file.path for file in head.unmeasured] == ["src/new.py"]
