"""Prose: sentences as pieces, so that each format sets names, places and words in its own harmless way."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from covgate.model.lines import NO_LINES, LineSet

NAME_LENGTH = 120
TEXT_LENGTH = 600

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is set in one way.

    Shape:  "plain" are words; "strong" words that must not be overlooked; "code" is a name, linked where `path` is set;
            "lines" is `lines` in figures, linked; "place" is `path` with `lines`; "url" is words linked to `path`.
            The text is raw: it may hold anything that a file name, a test's name or a line of source can.
    """

    text: str
    kind: Literal["plain", "strong", "code", "lines", "place", "url"] = "plain"
    path: str = ""
    lines: LineSet = NO_LINES


Prose = tuple[Piece, ...]
Part = str | Piece | Prose


def prose(*parts: Part) -> Prose:
    """The parts in one sequence; a `str` is plain words."""
    pieces: list[Piece] = []
    for part in parts:
        pieces.extend(part if isinstance(part, tuple) else (_piece(part),))
    return tuple(piece for piece in pieces if piece.text)


def _piece(part: str | Piece) -> Piece:
    return Piece(part) if isinstance(part, str) else part


def strong(text: str) -> Piece:
    """Words that must not be overlooked."""
    return Piece(text, "strong")


def code(text: str) -> Piece:
    """A name, a command, a line of source."""
    return Piece(text, "code")


def linked(text: str, path: str, lines: LineSet = NO_LINES) -> Piece:
    """A name that leads to lines of a file."""
    return Piece(text, "code", path, lines)


def place(path: str, lines: LineSet) -> Piece:
    """A file's name with lines of it, as "src/cart.py 40–52"."""
    return Piece(path, "place", path, lines)


def line_links(path: str, lines: LineSet, most: int) -> Prose:
    """Each range of lines as a link, "44–45, 51", at most so many of them."""
    ranges = [LineSet((pair,)) for pair in lines.ranges]
    shown = joined((Piece(str(one), "lines", path, one) for one in ranges[:most]), ", ")
    rest = len(ranges) - most
    return prose(shown, f" and {rest} more {'place' if rest == 1 else 'places'}") if rest > 0 else shown


def joined(parts: Iterable[Part], separator: str) -> Prose:
    """The parts with `separator` between them, those that are empty left out."""
    filled = [part for part in map(prose, parts) if part]
    return prose(*(piece for part in filled for piece in (separator, part)))[1:] if filled else ()


def spans(text: str) -> Prose:
    """Words made elsewhere, in which `backticks` mark names.

    Source: CommonMark's code spans: as many backticks at the end as at the beginning, a space inside them dropped.
    """
    text = shortened(text, TEXT_LENGTH)
    pieces: list[Piece] = []
    end = 0
    for found in _SPAN.finditer(text):
        inner = found[2]
        pieces += [Piece(text[end : found.start()]), code(inner.strip() if len(found[1]) > 1 else inner)]
        end = found.end()
    return prose(*pieces, text[end:])


def sentence(text: str) -> Prose:
    """Words made elsewhere, beginning with a capital letter and ending with a full stop."""
    words = spans(text)
    if words and words[0].kind == "plain":
        first = words[0].text
        words = (replace(words[0], text=first[:1].upper() + first[1:]), *words[1:])
    stopped = words and words[-1].kind == "plain" and words[-1].text.endswith((".", "!", "?"))
    return words if stopped or not words else prose(words, ".")


def without_stop(words: Prose) -> Prose:
    """A sentence without its full stop, for a headline."""
    last = words[-1]
    return prose(*words[:-1], last.text.rstrip(". ")) if last.kind == "plain" else words


def shortened(text: str, most: int = NAME_LENGTH) -> str:
    """`text` in at most so many characters, its middle left out: both ends of a path or a name tell something."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[-tail:]}"


def visible(text: str) -> str:
    """`text` with every character shown as a character.

    Shape:  control characters become their pictures (␊), those that turn the direction of text, take no room or are no
            characters become �; what a workflow runner would take for a command (`##[`) is taken apart.
    """
    return "".join(map(_visible, text)).replace("##[", "# #[")


def _visible(character: str) -> str:
    if character < " ":
        return chr(ord("␀") + ord(character))
    if character == "\x7f":
        return "␡"
    category = unicodedata.category(character)
    return "�" if category[0] == "C" or category in ("Zl", "Zp") else character
