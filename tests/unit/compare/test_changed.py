import os
import subprocess
import sys

from tests.sketch import sketch

from covgate.compare import changed_python_files, diff_coverage
from covgate.model.comparison import DiffCoverage
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.ratio import NOTHING, Ratio
from covgate.model.snapshot import LeftOut


def covered(picture: str) -> DiffCoverage:
    head, diff = sketch(picture)
    return diff_coverage(head, diff)


def test_only_changed_statements_count() -> None:
    coverage = covered("""
        [a.py]
         .  one = 1
        +.  two = 2
        ~!  three = 3
        +-  # four
         !  five = 5
    """)
    assert coverage.line == Ratio(1, 2)
    assert coverage.files[0].missed == LineSet.of([3])


def test_a_changed_continuation_line_counts_for_its_statement() -> None:
    (file,) = covered("""
        [a.py]
         !  send(
         |      price,
        ~|      tax,
         |  )
    """).files
    assert (file.statements, file.missed, file.beyond) == (LineSet.of([1]),) * 3


def test_a_statement_whose_first_line_changed_too_is_what_diff_cover_counts() -> None:
    (file,) = covered("""
        [a.py]
        +!  send(
        +|      price)
    """).files
    assert file.beyond == NO_LINES


def test_a_file_that_coverage_never_saw_is_all_missed() -> None:
    (file,) = covered("""
        [src/new.py] unmeasured
        +!  import os
        +-
        +!  if os.name:
        +!      x = 1
    """).files
    assert file.unmeasured
    assert (file.line, file.branch) == (Ratio(0, 3), Ratio(0, 2))


def test_arcs_count_where_their_statement_changed() -> None:
    coverage = covered("""
        [a.py]
        ~?  if a:
         !      x = 1
         ?  if b:
        ~.      y = 1
    """)
    assert coverage.branch == Ratio(1, 2)
    assert [arc.words for arc in coverage.files[0].partial] == ["`if a` never True"]


def test_arcs_of_a_statement_that_never_ran_are_missed_but_not_partial() -> None:
    (file,) = covered("""
        [a.py]
        +!  while a:
        +!      x = 1
    """).files
    assert file.branch == Ratio(0, 2)
    assert file.partial == ()


def test_excluded_changed_lines_are_listed_and_not_counted() -> None:
    (file,) = covered("""
        [a.py]
        +.  x = 1
        +x  if debug:  # pragma: no cover
        +x      y = 1
    """).files
    assert (file.line, file.excluded) == (Ratio(1, 1), LineSet.of([2, 3]))


def test_a_file_with_excluded_changes_only_is_left_out_with_its_lines() -> None:
    coverage = covered("""
        [a.py]
         .  x = 1
        +x  if debug:  # pragma: no cover
        +x      y = 1
    """)
    assert coverage.files == ()
    assert coverage.left_out == (LeftOut("a.py", "its changed statements are excluded from coverage (lines 2–3)"),)
    assert coverage.reason == "No changed Python file counts: its changed statements are excluded from coverage."


def test_files_left_out_of_the_snapshot_are_told() -> None:
    coverage = covered("""
        [a.py]
        +.  x = 1
        [setup.py] left out: omitted by the base's configuration
        +   y = 1
    """)
    assert coverage.left_out == (LeftOut("setup.py", "omitted by the base's configuration"),)


def test_a_changed_python_file_that_the_snapshot_forgot_never_passes_in_silence() -> None:
    coverage = covered("""
        [a.py]
        +.  x = 1
        [b.py]
        +   y = 1
    """)
    assert [left.path for left in coverage.left_out] == ["b.py"]


def test_an_edited_rename_counts_its_edits_only() -> None:
    coverage = covered("""
        [new.py] was old.py
         .  x = 1
        ~!  y = 2
    """)
    assert (coverage.line, coverage.files[0].old_path) == (Ratio(0, 1), "old.py")


def test_files_are_sorted_and_sum_up() -> None:
    coverage = covered("""
        [b.py]
        +.  x = 1
        [a.py]
        +!  x = 1
    """)
    assert [file.path for file in coverage.files] == ["a.py", "b.py"]
    assert coverage.line == Ratio(1, 2)


def test_an_empty_change_is_nothing_of_nothing() -> None:
    assert covered("[a.py]\n .  x = 1").line == NOTHING


def test_coverage_is_asked_for_python_files_with_new_lines_only() -> None:
    _, diff = sketch("""
        [added.py]
        +   x = 1
        [gone.py] deleted
        -   x = 1
        [moved.py] was from.py
         .  x = 1
        [shorter.py]
         .  x = 1
        -   y = 1
        [README.md]
        +   hello
    """)
    assert changed_python_files(diff) == ("added.py",)


def test_diff_cover_is_loaded_only_to_compare() -> None:
    code = "import sys, covgate.compare; print(sorted(name for name in sys.modules if 'diff_cover' in name))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert loaded.stdout == "[]\n"


def test_comparing_opens_no_file_and_runs_no_command() -> None:
    """Python's audit events tell every file, process and socket; imports come before the hook."""
    code = """
import sys
from covgate.compare import engine, diff_coverage
from tests.sketch import sketch
head, diff = sketch("[a.py]\\n+!  x = 1\\n")
def refuse(event, arguments):
    if event.partition(".")[0] in ("open", "subprocess", "os", "socket"):
        raise RuntimeError(event)
sys.addaudithook(refuse)
assert diff_coverage(head, diff).line.missed == 1
print("pure", flush=True)
"""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, env=unmeasured)
    assert (done.stdout, done.stderr) == ("pure\n", "")
