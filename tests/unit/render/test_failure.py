"""An error as people read it: on a terminal, in a comment, in a log."""

import pytest

from covgate.errors import ComparisonError, SettingsError
from covgate.model.report import Links
from covgate.render.failure import failure_annotation, failure_report, failure_text

ERROR = ComparisonError("There is no commit `mian`.", where="option `--base`", hint="Did you mean `main`?")
MANY = SettingsError("2 mistakes:\n  `a.yml` line 1: " + "word " * 30 + "\n  `a.yml` line 2: b", hint="Look.")


def test_a_terminal_gets_what_where_and_what_next_in_this_order() -> None:
    assert failure_text(ERROR, 80).splitlines() == [
        "covgate: There is no commit `mian`.",
        "  where: option `--base`",
        "  next: Did you mean `main`?",
        "  No gate was evaluated.",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_longer_than_the_terminal_and_each_mistake_begins_one(width: int) -> None:
    lines = failure_text(MANY, width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line.partition(": ")[0] for line in lines if line.startswith("  `a.yml`")] == [
        "  `a.yml` line 1",
        "  `a.yml` line 2",
    ]


def test_a_long_path_stays_whole_so_that_it_can_be_copied() -> None:
    path = "/a/very/long/" + "path/" * 30
    assert path in failure_text(ComparisonError("x", where=path), 40)


def test_control_characters_steer_no_terminal() -> None:
    assert "\x1b" not in failure_text(ComparisonError("\x1b[2J", where="\x1b]0;x\x07"), 80)


def test_an_error_without_words_says_its_title() -> None:
    assert failure_text(ComparisonError(""), 80).startswith("covgate: The change could not be compared")


def test_the_comment_and_the_log_say_the_same() -> None:
    comment = failure_report(ERROR, Links(), "<!-- covgate:default -->")
    assert comment.startswith("<!-- covgate:default -->\n### ⚠️ No verdict: There is no commit <code>mian</code>")
    assert "Did you mean <code>main</code>?" in comment
    assert "No gate was evaluated." in comment
    assert failure_annotation(ERROR).startswith("::error title=covgate: The change could not be compared")
    assert failure_annotation(MANY).count("\n") == 1
