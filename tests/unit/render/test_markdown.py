import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.model.lines import LineSet
from covgate.model.report import Links
from covgate.render.markdown import comment_marker, document, elsewhere, span, typeset, words
from covgate.render.prose import code, linked, place, prose, shortened, visible
from covgate.render.sections import Outline, Section

LINKS = Links("https://github.com/o/r/blob/abc", "https://github.com/o/r/actions/runs/1")
NO_LINKS = Links()


@given(st.text(max_size=80))
def test_a_name_is_shown_whole_whatever_it_holds(name: str) -> None:
    assert html.unescape(re.sub(r"</?code>|<wbr>", "", span(name, breaks=True))) == visible(shortened(name))


@given(st.text(max_size=80))
def test_a_name_holds_nothing_that_could_mean_anything(name: str) -> None:
    inner = span(name).removeprefix("<code>").removesuffix("</code>")
    assert re.fullmatch(r"(?:[A-Za-z0-9/. ]|&#\d+;)*", inner)


@given(st.text(alphabet="ab@#`<>&[]()*_!|~$\\ \n:/w.-", max_size=60))
def test_words_hold_no_markup_and_notify_nobody(text: str) -> None:
    shown = re.sub(r"<code>[^<]*</code>", "", words(text))
    assert not re.search(r"[`<>\[\]*_|~$\\@]|(?<!&)#|://", shown)


def test_words_are_left_readable() -> None:
    assert words("80 % required, 2 short: well-known (yes).") == "80 % required, 2 short: well-known (yes)."


def test_a_path_is_quoted_in_a_link() -> None:
    shown = typeset(prose(linked("f", "src/a b)é#.py", LineSet.of([3, 4]))), LINKS)
    assert shown == "[<code>f</code>](https://github.com/o/r/blob/abc/src/a%20b%29%C3%A9%23.py#L3-L4)"


def test_a_name_that_is_not_utf8_links_to_its_bytes() -> None:
    assert "a%FF.py#L3)" in typeset(prose(linked("f", "a\udcff.py", LineSet.of([3]))), LINKS)


def test_without_a_forge_nothing_is_a_link() -> None:
    assert typeset(prose(place("a.py", LineSet.of([3, 4, 9]))), NO_LINKS) == "<code>a.py</code> 3–4, 9"


def test_in_a_cell_names_break_and_numbers_do_not() -> None:
    assert typeset(prose(code("a/b"), " 20 of 24 · 83.33 %"), NO_LINKS, breaks=True) == (
        "<code>a/<wbr>b</code> 20&nbsp;of&nbsp;24 · 83.33&nbsp;%"
    )


@pytest.mark.parametrize(
    ("key", "marker"),
    [("default", "default"), ("api.v2", "api.v2"), ("a --> <b>", "a-b"), ("--", "default"), ("a--b", "a-b")],
)
def test_a_marker_stays_one_comment(key: str, marker: str) -> None:
    assert comment_marker(key) == f"<!-- covgate:{marker} -->"


def outline(rows: int, *, most: int | None = None, columns: tuple[str, ...] = ()) -> Outline:
    items = tuple((prose(code(f"src/module_{n}.py")),) for n in range(rows))
    first = Section(prose("Files"), rows=items, noun="file", columns=columns, most=most)
    second = Section(prose("Notes"), rows=items, noun="note", folded=True)
    return Outline("❌", prose("Headline"), (first, second), prose("foot"), elsewhere(NO_LINKS, "summary.md"))


@given(rows=st.integers(0, 60), limit=st.integers(600, 3_000), table=st.booleans())
def test_a_limit_is_kept_by_whole_rows(rows: int, limit: int, table: bool) -> None:
    text = document(outline(rows, columns=("file",) if table else ()), NO_LINKS, limit)
    assert len(text.encode()) <= limit
    assert text.count("<code>src") == text.count(".py</code>")
    assert text.endswith("<sub>foot</sub>\n")


def test_rows_that_had_no_room_are_counted_with_their_place() -> None:
    text = document(outline(40), NO_LINKS, 1_000)
    first, second = text.split("<details>")
    kept = first.count("- <code>")
    assert f"… and {40 - kept} more files: see <code>summary.md</code>." in first
    assert "… and 40 more notes: see <code>summary.md</code>." in second


def test_a_section_shows_no_more_rows_than_it_may() -> None:
    text = document(outline(4, most=3), NO_LINKS, 10_000)
    assert "… and 1 more file: see" in text


def test_the_rest_is_on_the_runs_page_where_there_is_one() -> None:
    assert typeset(elsewhere(LINKS, "x"), LINKS) == f"[the summary of this run]({LINKS.run})"
