import pytest
from tests.sketch import sketch

from covgate.compare import diff_coverage
from covgate.model.diff import Base, Head

NO_STATEMENT = "Only comments, blank lines or docstrings changed"


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        ("[README.md]\n+   hello", "No Python file changed."),
        (
            "[a.py] deleted",
            "No line of a Python file was added or rewritten: only removals, renames or changes of mode.",
        ),
        (
            "[b.py] was a.py",
            "No line of a Python file was added or rewritten: only removals, renames or changes of mode.",
        ),
        ("[a.py]\n .  x = 1\n+-  # why\n+-", f"{NO_STATEMENT}."),
        ("[t.py] left out: a test file\n+   x = 1", "No changed Python file counts: a test file."),
        (
            "[s.py] left out: omitted\n+   x = 1\n[t.py] left out: a test file\n+   x = 1",
            "No changed Python file counts: a test file; omitted.",
        ),
        (
            "[a.py]\n .  x = 1\n+-  # why\n[t.py] left out: a test file\n+   x = 1",
            f"{NO_STATEMENT}, beside files that do not count: a test file.",
        ),
        ("[a.py]\n .  x = 1", "Head and base have the same content."),
    ],
)
def test_nothing_measurable_says_why(picture: str, reason: str) -> None:
    head, diff = sketch(picture)
    assert diff_coverage(head, diff).reason == reason


def test_the_same_commit_on_both_sides_is_told_so() -> None:
    head, diff = sketch("[a.py]\n .  x = 1", base=Base("1" * 40, "merge base"), head=Head("1" * 40))
    assert diff_coverage(head, diff).reason == "Base and head are the same commit."


def test_a_change_with_a_statement_needs_no_reason() -> None:
    head, diff = sketch("[a.py]\n+!  x = 1")
    assert diff_coverage(head, diff).reason == ""
