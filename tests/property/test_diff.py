"""What is read of real git's patches, against the files themselves."""

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.shell.git.project import Project

from covgate.model.diff import FileChange

HOSTILE = [
    b"", b"a", b"b", b"\r", b"\x0c", b"\xff", b"@@ -1 +1,9 @@", b"++ b/x.py", b"-- a/x.py", b"diff --git a/x b/x",
    b"\\ No newline at end of file",
]  # fmt: skip

contents = st.builds(
    lambda lines, ending: b"\n".join(lines) + (ending if lines else b""),
    st.lists(st.sampled_from(HOSTILE), max_size=12),
    st.sampled_from([b"\n", b""]),
)
trees = st.dictionaries(
    st.sampled_from(["a.py", "b c.py", "x b/y.py", "z.py"]), st.tuples(contents, contents), min_size=1
)


def lines_of(content: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", content)


def rebuilt(old: list[bytes], new: list[bytes], change: FileChange) -> list[bytes]:
    """The new file made of the old one and of the lines that the hunks say are new."""
    result: list[bytes] = []
    at = 0
    for hunk in change.hunks:
        start = hunk.old_start - 1 if hunk.old_count else hunk.old_start
        result += old[at:start]
        result += new[hunk.new_start - 1 : hunk.new_start - 1 + hunk.new_count] if hunk.new_count else []
        at = start + hunk.old_count
    return result + old[at:]


@settings(max_examples=25, deadline=None)
@given(trees)
def test_the_old_file_and_the_hunks_make_the_new_file(tree: dict[str, tuple[bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = Project(Path(scratch) / "project")
        for path, (before, _) in tree.items():
            project.write(path, before)
        base = project.commit()
        for path, (_, after) in tree.items():
            project.write(path, after)
        on_disk = project.change(base)
        project.commit()
        committed = project.change(base)
    assert on_disk.files == committed.files
    assert {file.path for file in committed.files} == {
        path for path, (before, after) in tree.items() if before != after
    }
    for file in committed.files:
        old, new = map(lines_of, tree[file.path])
        assert rebuilt(old, new, file) == new
        assert len(file.added) == sum(hunk.new_count for hunk in file.hunks)
        stayed = [(number, place) for number in range(1, len(old) + 1) if (place := file.new_line(number))]
        assert all(old[number - 1] == new[place - 1] for number, place in stayed)
        assert [place for _, place in stayed] == [n for n in range(1, len(new) + 1) if n not in file.added]
