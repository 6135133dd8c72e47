"""YAML text into values, and what is said of text that is none."""

from datetime import date
from decimal import Decimal

import pytest

from covgate.errors import SettingsError
from covgate.settings.tree import MOST_BYTES, decoded, read_tree, scalar


def test_values_remember_where_they_stand() -> None:
    tree = read_tree("a: 1\nb:\n  - {c: x}\n  - d\n", "f.yml")

    assert tree.values == {"a": 1, "b": [{"c": "x"}, "d"]}
    assert tree.marks[("b", 0, "c")] == (3, 6)
    assert tree.marks[("b", 1)] == (4, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", 80),
        ("79.995", Decimal("79.995")),
        ("3.10", Decimal("3.10")),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-02-31", "2026-02-31"),
        ("true", True),
        ("off", False),
        ("010", "010"),
        ("0x50", "0x50"),
        ("1e999999999", "1e999999999"),
        (".inf", ".inf"),
        ("1:30", "1:30"),
        ("pytest -q", "pytest -q"),
    ],
)
def test_plain_words_are_read_exactly_and_without_surprises(text: str, value: object) -> None:
    assert scalar(text) == value
    assert read_tree(f"key: {text}", "f.yml").values == {"key": value}


def test_what_is_quoted_is_text() -> None:
    assert read_tree("a: '80'\nb: \"true\"\n", "f.yml").values == {"a": "80", "b": "true"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "suite:\n  # command: pytest\n"])
def test_a_file_or_section_with_all_commented_out_says_nothing(text: str) -> None:
    tree = read_tree(text, "f.yml")

    assert (tree.values, tree.mistakes) == ({}, ())


@pytest.mark.parametrize(
    ("text", "where", "line", "hint"),
    [
        ("a:\n\tb: 1", "`f.yml` line 2, column 1", "b: 1", "spaces"),
        ("a: b: c", "`f.yml` line 1, column 5", "a: b: c", "needs quotes"),
        ("paths: [**/*.py]", "`f.yml` line 1, column 10", "paths: [**/*.py]", "quotes, as in"),
        ("a: @x", "`f.yml` line 1, column 4", "a: @x", "backtick"),
        ("a: 'x", "`f.yml` line 1, column 6", "a: 'x", "never closed"),
        ("ok: 1\nx: [1, 2", "`f.yml` line 2, column 9", "x: [1, 2", "bracket"),
        ("a: 1\n b: 2", "`f.yml` line 2, column 3", " b: 2", "colon"),
        ("a: 1\n--- \nb: 2", "`f.yml` line 2, column 1", "--- ", "indentation"),
    ],
)
def test_broken_yaml_is_told_with_place_line_and_suggestion(text: str, where: str, line: str, hint: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_tree(text, "f.yml")

    assert told.value.where == where
    assert line in told.value.what
    assert hint in told.value.hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &a [*a]", "holds too much"),
        (
            "a: &a [x, x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcde", "bcdef", strict=True)),
            "holds too much",
        ),
        ("[" * 5000, "nested too deeply"),
        ("a: \x01", "control character '\\x01'"),
        ("x" * (MOST_BYTES + 1), "262,145 bytes long, 262,144 are read at most"),
        ("- 1", "must hold keys"),
        ("a: !!python/object:os.system x", "has the tag !!python/object:os.system: tags are not read"),
        ("? [x]\n: 3", "a key must be a word"),
        ("a: {b: }", None),
    ],
)
def test_hostile_or_odd_text_is_refused_and_never_hangs(text: str, says: str | None) -> None:
    found = []
    try:
        found = [str(mistake) for mistake in read_tree(text, "f.yml").mistakes]
    except SettingsError as error:
        found = [error.what]

    assert (says or "a.b: has no value: write one, or leave the key out") in found[0]


def test_an_anchor_may_spare_writing_a_list_twice() -> None:
    tree = read_tree("a: &paths [x, y]\nb: *paths\n", "f.yml")

    assert tree.values["b"] == ["x", "y"]
    assert tree.mistakes == ()


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    (mistake,) = read_tree("a: 1\nb: 2\na: 3\n", "f.yml").mistakes

    assert (mistake.where, str(mistake)) == ("`f.yml` line 3", "a: stands here twice, first on line 1")


def test_what_a_file_holds_cannot_reach_the_terminal_as_control_characters() -> None:
    (mistake,) = read_tree('"\\e[31m\\n::error::": {b: }\n', "f.yml").mistakes

    assert str(mistake).isprintable()


def test_text_is_utf_8_with_or_without_a_mark() -> None:
    assert decoded("\ufeffa: ä".encode(), "f.yml") == "a: ä"
    with pytest.raises(SettingsError, match="is not UTF-8: byte 0xe4") as told:
        decoded(b"a: 1\nb: \xe4", "f.yml")
    assert told.value.where == "`f.yml` line 2"


def test_a_file_too_large_is_not_read() -> None:
    with pytest.raises(SettingsError, match="are read at most"):
        decoded(b"#" * (MOST_BYTES + 1), "f.yml")
