from hypothesis import given
from hypothesis import strategies as st

from covgate.model.lines import LineSet
from covgate.render.prose import Piece, code, joined, line_links, prose, sentence, shortened, spans, visible


def test_backticks_mark_names() -> None:
    assert spans("`if x` never True") == (code("if x"), Piece(" never True"))


def test_more_backticks_mark_names_that_hold_some() -> None:
    assert spans("see `` a`b `` here") == (Piece("see "), code("a`b"), Piece(" here"))


def test_a_lone_backtick_is_a_word() -> None:
    assert spans("it's ` alone") == (Piece("it's ` alone"),)


def test_a_name_may_go_over_lines() -> None:
    assert spans("`a\nb` c") == (code("a\nb"), Piece(" c"))


@given(st.text(alphabet="`ab \n", max_size=30))
def test_no_character_of_foreign_words_is_lost_but_backticks_and_blanks(text: str) -> None:
    def letters(of: str) -> str:
        return of.replace("`", "").replace(" ", "").replace("\n", "")

    assert letters("".join(piece.text for piece in spans(text))) == letters(text)


def test_a_sentence_begins_large_and_ends_with_a_stop() -> None:
    assert sentence("no file matches `a`") == (Piece("No file matches "), code("a"), Piece("."))
    assert sentence("Done.") == (Piece("Done."),)
    assert sentence("") == ()


def test_empty_parts_are_left_out_of_a_list() -> None:
    assert joined(["a", (), "", "b"], " · ") == (Piece("a"), Piece(" · "), Piece("b"))
    assert joined([], " · ") == ()


def test_more_ranges_than_fit_are_counted() -> None:
    shown = line_links("a.py", LineSet.of([1, 3, 5, 6]), 2)
    assert "".join(piece.text for piece in shown) == "1, 3 and 1 more place"


def test_a_long_name_keeps_both_ends() -> None:
    assert shortened("src/" + "x" * 200 + "/cart.py", 20) == "src/xxxxxx…x/cart.py"
    assert shortened("short") == "short"


@given(st.text(min_size=5, max_size=300), st.integers(3, 50))
def test_a_shortened_name_is_short(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


def test_characters_that_hide_are_shown() -> None:
    assert visible("a\nb\x1b\x7f\u202e\u200b\u2028\udcff") == "a␊b␛␡����"


def test_a_runners_old_command_is_taken_apart() -> None:
    assert "##[" not in visible("##[error]x ##[[")


def test_prose_is_flat_and_without_empty_pieces() -> None:
    assert prose("a", (), "", prose("b", code("c"))) == (Piece("a"), Piece("b"), code("c"))
