"""An outline on a terminal."""

import re

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from covgate.render.console import memory
from covgate.render.figures import counted, ranges_in_words
from covgate.render.markdown import MOST_RANGES
from covgate.render.prose import Piece, Prose, prose, shortened, visible
from covgate.render.sections import Outline, Row, Section

_SIGNS = {"✅": ("✓", "green"), "❌": ("✗", "red"), "❔": ("?", "yellow")}
_COMMAND_AT_START = re.compile(r"^(\s*)::", re.MULTILINE)


def shown(outline: Outline, width: int, *, colour: bool, last: Prose = ()) -> str:
    """The outline's text, and a last line.

    Shape:  nothing of the environment is read; no line looks like a workflow command, for this is printed in logs too.
    """
    console = memory(width, colour=colour)
    screen = _Screen(width, colour=colour)
    with console.capture() as captured:
        console.print(screen.headline(outline))
        for section in outline.sections:
            console.print()
            console.print(screen.section(section, outline.elsewhere))
        console.print()
        console.print(screen.text(outline.foot, "dim"))
        if last:
            console.print(screen.text(last, "dim"))
    text = "\n".join(line.rstrip() for line in captured.get().splitlines())
    return _COMMAND_AT_START.sub(r"\1∷", text) + "\n"


class _Screen:
    """Sets prose and sections in so many columns."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour

    def headline(self, outline: Outline) -> Text:
        """The verdict's sign and sentence."""
        sign, colour = _SIGNS[outline.mark]
        return Text.assemble((f"{sign} ", f"bold {colour}"), self.text(outline.headline, "bold"))

    def section(self, section: Section, elsewhere: Prose) -> RenderableType:
        """A section with its title, its paragraphs and its rows."""
        rows = section.rows[: section.most]
        left = len(section.rows) - len(rows)
        parts: list[RenderableType] = [self.text(section.title, "bold")] if section.title else []
        parts += [self.text(paragraph) for paragraph in section.text]
        parts += [Padding(Text(block.plain), (0, 0, 0, 2)) for block in section.blocks]
        if rows:
            body = self.table(section, rows) if section.columns else self.items(section, rows)
            parts.append(Padding(body, (0, 0, 0, 2)))
        if left:
            cut = f"  … and {counted(left, f'more {section.noun}')}: see "
            parts.append(Text(cut).append_text(self.text(elsewhere)))
        return Group(*parts)

    def table(self, section: Section, rows: tuple[Row, ...]) -> RenderableType:
        """A table; names in its first column stay whole, so that terminals can link them."""
        texts = [[self.text(cell) for cell in row] for row in rows]
        if max(row[0].cell_len for row in texts) > self.width // 2:
            return self.stack(section, texts)
        padding = (0, self.between(section, texts), 0, 0)
        table = Table(box=None, pad_edge=False, header_style="dim", padding=padding)
        for number, title in enumerate(section.columns):
            table.add_column(title, overflow="fold", no_wrap=number == 0)
        for row in texts:
            table.add_row(*row)
        return table

    def between(self, section: Section, rows: list[list[Text]]) -> int:
        """How many spaces part the columns: two, or one where that saves from breaking lines."""
        columns = zip(*rows, strict=True)
        widest = [
            max(cell_len(title), *(text.cell_len for text in texts))
            for title, texts in zip(section.columns, columns, strict=True)
        ]
        wide = sum(widest) + 2 * len(widest) > self.width
        return 1 if wide and sum(widest) + len(widest) < self.width else 2

    def stack(self, section: Section, rows: list[list[Text]]) -> Group:
        """A table whose names are long: each on a line of its own, what belongs to it below."""
        parts: list[RenderableType] = []
        for first, *others in rows:
            cells = [
                Text.assemble((f"{title}: ", "dim"), cell)
                for title, cell in zip(section.columns[1:], others, strict=True)
                if cell
            ]
            parts += [first, Padding(Text(" · ").join(cells), (0, 0, 0, 4))]
        return Group(*parts)

    def items(self, section: Section, rows: tuple[Row, ...]) -> Table:
        """A list, numbered or not."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for number, row in enumerate(rows, 1):
            grid.add_row(f"{number}." if section.numbered else "-", self.text(prose(*row)))
        return grid

    def text(self, words: Prose, style: str = "") -> Text:
        """A sentence."""
        text = Text(style=style)
        for piece in words:
            text.append_text(self.piece(piece))
        return text

    def piece(self, piece: Piece) -> Text:
        """A piece of it."""
        match piece.kind:
            case "plain":
                return _words(piece.text)
            case "strong":
                return Text(visible(piece.text), "bold")
            case "url":
                return Text(f"{visible(piece.text)} {visible(piece.path)}")
            case "code" | "lines" | "place":
                return Text(self.name(piece), "cyan")

    def name(self, piece: Piece) -> str:
        """A name; with lines as `path:line`, which terminals link; several words in quotes where nothing marks it."""
        shown = visible(shortened(piece.text))
        if piece.kind == "place":
            return f"{shown}:{ranges_in_words(piece.lines, MOST_RANGES)}"
        if piece.kind == "code" and piece.lines and piece.text == piece.path:
            return f"{shown}:{piece.lines.ranges[0][0]}"
        return f'"{shown}"' if " " in shown and not (self.colour or piece.path) else shown


def _words(text: str) -> Text:
    """Words, with the signs that a terminal shows in two columns or not at all replaced by plain ones."""
    shown = Text()
    for part in re.split(f"([{''.join(_SIGNS)}])", visible(text)):
        sign, colour = _SIGNS.get(part, (part, ""))
        shown.append(sign, colour)
    return shown
