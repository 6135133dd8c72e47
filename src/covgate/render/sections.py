"""Outline: a report for people before it is set in Markdown or for a terminal: what is said, in which order."""

from dataclasses import dataclass

from covgate.render.prose import Prose

Row = tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay as they are.

    Shape:  `language` is what GitHub sets or draws them as ("mermaid", "diff"); whoever makes a block has made its text
            harmless. `caption` is a paragraph below; `plain` is shown instead of both where nothing draws.
    """

    text: str
    language: str
    caption: Prose = ()
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report.

    Shape:  `text` are paragraphs before the rows; with `columns` the rows are those of a table, else each is an item
            of a list, numbered or not; `noun` names a row in one word ("file"); `most` is how many rows this form
            shows, None for as many as there is room for; `folded` parts are opened by a click where the format can;
            `blocks` stand between the paragraphs and the rows.
    """

    title: Prose = ()
    text: tuple[Prose, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    noun: str = "row"
    numbered: bool = False
    folded: bool = False
    most: int | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.rows or self.text or self.blocks)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report.

    Shape:  `mark` is one sign for the verdict; `elsewhere` tells where rows that had no room can be read.
    """

    mark: str
    headline: Prose
    sections: tuple[Section, ...]
    foot: Prose
    elsewhere: Prose
