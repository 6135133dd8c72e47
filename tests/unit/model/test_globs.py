"""Which paths a glob names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcmatch import glob

from covgate.model.globs import matches


@pytest.mark.parametrize(
    ("path", "globs", "named"),
    [
        ("src/a.py", ["src"], True),
        ("src/a.py", ["src/"], True),
        ("src/deep/a.py", ["src/*"], True),  # a directory that it names stands for all below
        ("src/a.py", ["**/a.py"], True),
        ("a.py", ["**/a.py"], True),
        ("src/.hidden/a.py", ["src/**"], True),
        ("src/a.py", ["sr"], False),
        ("srcs/a.py", ["src"], False),
        ("src/a.py\n", ["src/a.py"], False),
        ("src/a.py", [], False),
        ("SRC/a.py", ["src/**"], False),
    ],
)
def test_a_glob_names_files_and_what_lies_below_directories(path: str, globs: list[str], *, named: bool) -> None:
    assert matches(path, globs) is named


@given(st.text("ab/.*?[]!{}", min_size=1, max_size=8), st.text("ab/.", min_size=1, max_size=8))
def test_a_glob_with_stars_for_directories_names_what_wcmatch_says(pattern: str, path: str) -> None:
    wanted = f"{pattern}**"
    expected = glob.globmatch(path, wanted, flags=glob.GLOBSTAR | glob.DOTGLOB | glob.FORCEUNIX)
    assert matches(path, [wanted]) is expected
