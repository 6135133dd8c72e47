import re

import pytest
from tests.golden.faces import FACES

from covgate.model.lines import LineSet
from covgate.render.formats.terminal import render, render_terminal
from covgate.render.prose import Piece, linked, prose
from covgate.render.screen import shown
from covgate.render.sections import Outline, Section

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("face", ["failed", "hostile", "many_files"])
def test_no_line_is_wider_than_the_terminal(face: str, width: int) -> None:
    lines = render_terminal(FACES[face](), width).splitlines()
    assert max(map(len, lines)) <= width


def test_colours_change_no_word() -> None:
    coloured = render_terminal(FACES["failed"](), 200, colour=True)
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured).split() == render_terminal(FACES["failed"](), 200).replace('"', "").split()


def test_what_is_not_a_terminal_gets_no_escape_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert "\x1b" not in render(FACES["hostile"]())
    assert max(map(len, render(FACES["failed"]()).splitlines())) > 20


def test_a_file_has_its_line_so_that_terminals_link_it() -> None:
    text = render(FACES["failed"]())
    assert "src/shop/cart.py:44–45, 51" in text
    assert "src/shop/payments/refund.py:18 " in text


def test_a_line_that_begins_like_a_command_is_none() -> None:
    words = prose("::error::x ", linked("::warning::", "a.py", LineSet.of([1])))
    outline = Outline("❌", prose("H"), (Section(text=(words,)), Section(rows=((words,),))), prose(Piece("f")), ())
    assert "\n∷error::x ::warning::\n" in shown(outline, 80, colour=False)


def test_rows_left_out_are_counted() -> None:
    assert "… and 395 more gaps: see .covgate/summary.md" in render(FACES["many_files"]())


def test_a_long_path_has_a_line_of_its_own() -> None:
    path = "src/shop/payments/providers/gateways/refund_requests.py"
    table = Section(
        columns=("file", "missed", "now"),
        rows=((prose(linked(path, path, LineSet.of([14]))), prose("1 of 6"), prose("96.10 %")),),
    )
    text = shown(Outline("❌", prose("H"), (table,), prose("f"), ()), 80, colour=False)
    assert f"\n  {path}:14\n      missed: 1 of 6 · now: 96.10 %\n" in text


@pytest.mark.parametrize("face", FACES)
def test_names_stand_without_backticks(face: str) -> None:
    assert "`" not in render(FACES[face]())


def test_the_last_line_says_where_the_whole_report_is() -> None:
    assert render_terminal(FACES["failed"](), folder="out").endswith("\nin full: out/summary.md\n")


def test_a_table_that_just_does_not_fit_stands_closer_together_and_breaks_no_line() -> None:
    row = ("✓ Project branches against the base", "65.79 % · 4,708 of 7,156", "65.71 %", "▲ 0.07")
    table = Section(columns=("", "measured", "required", "change"), rows=(tuple(map(prose, row)),))
    outline = Outline("✅", prose("H"), (table,), prose("f"), ())
    assert "base 65.79 % · 4,708 of 7,156 65.71 %  ▲ 0.07\n" in shown(outline, 80, colour=False)
    assert "base  65.79 % · 4,708 of 7,156  65.71 %   ▲ 0.07\n" in shown(outline, 100, colour=False)


def test_the_rules_of_a_change_break_no_line_at_eighty_columns() -> None:
    row = "  ✓ Project lines            81.21 % · 510 of 628  80 %            ▲ 0.15\n"
    assert row in render_terminal(FACES["failed"](), 80)


@pytest.mark.parametrize("face", ["tests_changed", "failed", "suite_failed"])
def test_how_the_tests_went_is_told_once(face: str) -> None:
    assert len(re.findall(r"\d+ (?:tests )?passed", render(FACES[face]()))) == 1
