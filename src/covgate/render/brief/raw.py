"""Markdown that is as good to read before it is set: names in backticks, few escapes, fences that nothing closes."""

import re
from collections.abc import Iterable

from covgate.render.prose import Prose, shortened, spans, visible

_MEANS_SOMETHING = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)[_#]|_(?!\w)")
NAME_LENGTH = 200


def span(text: str) -> str:
    """A name as code, in as many backticks as it takes.

    Source: CommonMark: nothing in a code span means anything, and it ends at a run of exactly as many backticks.
    """
    shown = visible(shortened(text, NAME_LENGTH))
    ticks = "`" * (_longest_run(shown) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{ticks}{padding}{shown}{padding}{ticks}"


def told(text: str) -> str:
    """Words made elsewhere, in which backticks mark names."""
    return typeset(spans(text))


def typeset(sentence: Prose) -> str:
    """A sentence: names as code, everything else as words that mean nothing to Markdown."""
    return "".join(span(piece.text) if piece.kind == "code" else words(piece.text) for piece in sentence)


def words(text: str) -> str:
    """Words that mean nothing to Markdown."""
    return _MEANS_SOMETHING.sub(lambda found: f"\\{found[0]}", visible(text))


def fenced(lines: Iterable[str], language: str = "") -> str:
    """Lines that stay as they are; the fence is longer than any run of backticks in them."""
    text = "".join(f"{visible(line)}\n" for line in lines)
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}{fence}\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
