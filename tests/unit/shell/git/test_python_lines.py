import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.shell.git.project import RUNNER, Project

from covgate.model.diff import ChangeKind, FileChange, Hunk
from covgate.model.lines import LineSet
from covgate.shell.git.python_lines import Lines, differ, has_plain_encoding

CONTENT = st.lists(st.sampled_from([b"x = 1", b"\r", b"\n", b"\r\n", b""]), max_size=12).map(b"".join)


def python_s(content: bytes) -> int:
    """How many lines Python makes of it."""
    return len(re.split(rb"\r\n|\r|\n", content))


@settings(max_examples=100)
@given(CONTENT)
def test_as_many_lines_are_counted_as_python_counts(content: bytes) -> None:
    # The last of Git's lines may end in a carriage return, after which nothing stands.
    assert Lines.of(content).ends[-1] == python_s(content.removesuffix(b"\r"))


def test_a_hunk_spans_all_lines_that_python_makes_of_its_own() -> None:
    lines = Lines.of(b"a\nb\rc\rd\ne\r\n")
    assert [lines.span(start, 1) for start in (1, 2, 3)] == [(1, 1), (2, 3), (5, 1)]
    assert (lines.span(1, 3), lines.span(2, 0), lines.span(0, 0)) == ((1, 5), (4, 0), (0, 0))


@pytest.mark.parametrize("name", ["utf-8", "latin-1", "ascii", "cp1252", "euc-jp", "shift_jis", "koi8-r", "gb18030"])
def test_an_encoding_that_people_write_in_has_the_lines_of_its_bytes(name: str) -> None:
    assert has_plain_encoding(f"# coding: {name}\nx = 1\n".encode())


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "raw_unicode_escape", "hz", "utf-16", "no-such", "zip"])
def test_an_encoding_may_hide_line_ends(name: str) -> None:
    assert not has_plain_encoding(f"#!/usr/bin/python\n# coding: {name}\nx = 1\n".encode())


def test_bytes_that_are_no_text_declare_nothing() -> None:
    assert has_plain_encoding(b"\xff\xfe\x00")


def test_line_ends_alone_are_no_other_text() -> None:
    assert not differ(b"a\nb\n", b"a\r\nb\r\n")
    assert differ(b"a\nb\n", b"a\nc\n")


@pytest.fixture
def project(project: Project) -> Project:
    project.commit_file("a.py", "x = 1\n")
    project.git("checkout", "--quiet", "-b", "change")
    return project


def change_of(project: Project, path: str) -> FileChange:
    change = project.repository(RUNNER).change("").file(path)
    assert change is not None
    return change


def test_a_file_with_carriage_returns_only_has_changed_in_all_of_its_lines(project: Project) -> None:
    project.commit_file("new.py", b"import os\rdef f():\r    return os\r")
    assert change_of(project, "new.py").added.holds(1, 3)


def test_what_stands_below_a_carriage_return_is_found_where_python_finds_it(project: Project) -> None:
    project.commit_file("a.py", b"x = 1\ny = 1\rz = 1\rw = 1\nlast = 1\n")
    assert change_of(project, "a.py").added == LineSet(((2, 5),))


def test_a_file_that_becomes_python_by_its_name_is_new_in_all_of_its_lines(project: Project) -> None:
    project.commit_file("code.txt", "x = 1\ny = 2\nz = 3\n")
    project.git("branch", "--force", "main", "HEAD")
    project.git("mv", "code.txt", "code.py")
    project.commit()
    assert change_of(project, "code.py") == FileChange("code.py", ChangeKind.ADDED, (Hunk(0, 0, 1, 4),))


def test_a_file_whose_encoding_hides_lines_is_new_in_all_that_it_may_have(project: Project) -> None:
    project.commit_file("a.py", b"# coding: utf-7\nx = 1 # +AAo-import os+AAo-os.getcwd()\n")
    assert change_of(project, "a.py").added.holds(1, 4)


def test_a_file_that_a_filter_exchanges_on_its_way_to_the_disk_is_new_in_all_of_its_lines(project: Project) -> None:
    project.write(".gitattributes", "*.py filter=swap\n")
    project.git("config", "filter.swap.clean", "echo pointer")
    project.write("a.py", "x = 1\ny = 2\nz = 3\n")
    project.commit()
    assert project.git("show", "HEAD:a.py") == "pointer"
    assert change_of(project, "a.py").added.holds(1, 3)


def test_line_ends_that_git_converts_change_nothing(project: Project) -> None:
    project.git("config", "core.autocrlf", "true")
    project.commit_file("a.py", "x = 1\r\ny = 2\r\n")
    assert project.git("show", "HEAD:a.py") == "x = 1\ny = 2"
    assert change_of(project, "a.py").added == LineSet(((2, 2),))
