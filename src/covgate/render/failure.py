"""What is said where no verdict was reached: an old comment that says "passed" must not stand."""

import re
import textwrap
from collections.abc import Iterator

from covgate import __version__
from covgate.errors import NOT_EVALUATED, CovgateError
from covgate.model.report import Links
from covgate.render.formats.comment import LIMIT
from covgate.render.markdown import document, elsewhere
from covgate.render.prose import Piece, Prose, code, prose, sentence, shortened, spans, strong, visible, without_stop
from covgate.render.sections import Outline, Section

LONGEST_MESSAGE = 4_000
_COMMAND = re.compile(r"(?<!\S)::")


def failure_report(error: CovgateError, links: Links, marker: str = "") -> str:
    """An error for the comment and the summary: what happened, where, that no gate was evaluated, what to do next."""
    first, *rest = error.what.splitlines() or [error.title]
    sections = (
        Section(rows=tuple((spans(line.strip()),) for line in rest if line.strip()), noun="line"),
        Section(text=_paragraphs(error)),
    )
    headline = prose("No verdict: ", without_stop(spans(first)))
    return document(Outline("⚠️", headline, sections, _foot(links), elsewhere(links, "log")), links, LIMIT, marker)


def failure_annotation(error: CovgateError) -> str:
    """The error as one workflow command."""
    parts = (error.what, f"in {error.where}" if error.where else "", error.hint, NOT_EVALUATED)
    message = shortened("\n".join(part for part in parts if part), LONGEST_MESSAGE)
    lines = "%0A".join(visible(line).replace("%", "%25") for line in message.splitlines())
    return f"::error title=covgate: {error.title}::{lines}\n"


def failure_text(error: CovgateError, width: int) -> str:
    """The error for a terminal: what happened, where, what to do next, that no gate was evaluated.

    Shape:  lines of at most `width` columns; those of a longer message stand below its first. No line begins with what
            a workflow runner takes for a command: messages quote strangers.
    """
    first, *rest = [line for line in error.what.splitlines() if line.strip()] or [error.title]
    notes = (("where", error.where), ("next", error.hint))
    lines = [f"covgate: {first}", *rest, *(f"  {name}: {text}" for name, text in notes if text), f"  {NOT_EVALUATED}"]
    return "".join(f"{_COMMAND.sub('∷', line)}\n" for whole in lines for line in _wrapped(visible(whole), width))


def _wrapped(line: str, width: int) -> Iterator[str]:
    """The line broken between words, going on further in; names and paths stay whole."""
    further = " " * (len(line) - len(line.lstrip()) + 4)
    yield from textwrap.wrap(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def _paragraphs(error: CovgateError) -> tuple[Prose, ...]:
    where = prose("In ", code(error.where), ".") if error.where else ()
    hint = prose(strong("What to do next: "), sentence(error.hint)) if error.hint else ()
    return tuple(paragraph for paragraph in (where, hint, prose(NOT_EVALUATED)) if paragraph)


def _foot(links: Links) -> Prose:
    log = prose(Piece("log", "url", links.run), " · ") if links.run else ()
    return prose(log, f"covgate {__version__}")
