"""What is done where git's two answers do not belong together."""

import pytest

from covgate.errors import ComparisonError
from covgate.shell.git.patch import file_changes, raw_entries, sections

ZEROS = b"0" * 40
RAW = b":100644 100644 " + ZEROS + b" " + ZEROS + b" M\0a.py\0"
PATCH = b"diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x\n+y\n"


def test_names_and_lines_that_belong_together_make_a_change() -> None:
    (change,) = file_changes(raw_entries(RAW), sections(PATCH))
    assert (change.path, list(change.added)) == ("a.py", [1])


@pytest.mark.parametrize(("raw", "patch"), [(RAW, b""), (b"", PATCH), (RAW, PATCH + PATCH)])
def test_a_tree_that_is_edited_meanwhile_is_refused(raw: bytes, patch: bytes) -> None:
    with pytest.raises(ComparisonError, match="changed while git compared"):
        file_changes(raw_entries(raw), sections(patch))
