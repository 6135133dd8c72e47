"""Markdown as GitHub shows it, in which nothing but covgate's own words can mean anything."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from covgate.model.report import Links
from covgate.render.figures import counted, ranges_in_words
from covgate.render.prose import Piece, Prose, prose, shortened, visible
from covgate.render.sections import Block, Outline, Row, Section

MOST_RANGES = 3

_TAKEN_AS_IS = re.compile(r"[A-Za-z0-9/. ]")
_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>#+!|&~$@^=\"]|(?<!\w)-|-(?!\w)")
_KEPT_TOGETHER = re.compile(r"(?<=\d) (?=%|of |short|missed)|(?<= of) (?=\d)|(?<=[▲▼±]) (?=\d)")
_GITHUB_WOULD_LINK = re.compile(r"@|#|://|www\.", re.IGNORECASE)


def document(outline: Outline, links: Links, limit: int, marker: str = "") -> str:
    """The whole report.

    Units:  `limit` in bytes of UTF-8. Rows are left out to keep to it, the last sections' first; a section that lost
            rows says how many, and where they are.
    """
    head = f"{marker}\n### {outline.mark} {typeset(outline.headline, links)}\n".lstrip("\n")
    foot = f"\n<sub>{typeset(outline.foot, links)}</sub>\n"
    frames = [_Frame(section, links, outline.elsewhere) for section in outline.sections if not section.empty]
    left = limit - _size(head) - _size(foot) - sum(frame.cost for frame in frames)
    texts = []
    for frame in frames:
        text, spent = frame.filled(left)
        left -= spent
        texts.append(text)
    return head + "".join(texts) + foot


class _Frame:
    """A section without its rows, to be filled with as many as there is room for."""

    def __init__(self, section: Section, links: Links, elsewhere: Prose) -> None:
        self.section = section
        self.links = links
        self.elsewhere = elsewhere
        self.opening = "".join(_opening(section, links))
        self.closing = "\n</details>\n" if section.folded else ""
        self.cost = _size(self.opening + self.closing + self.cut(len(section.rows)))

    def filled(self, room: int) -> tuple[str, int]:
        """The section's text, and how much of the room its rows took."""
        kept: list[str] = []
        spent = 0
        for row in self.section.rows[: self.section.most]:
            text = _row(row, self.section, self.links)
            if spent + _size(text) > room:
                break
            spent += _size(text)
            kept.append(text)
        return self.opening + "".join(kept) + self.cut(len(self.section.rows) - len(kept)) + self.closing, spent

    def cut(self, rows: int) -> str:
        """What is said instead of rows that were left out."""
        if not rows:
            return ""
        return f"\n… and {counted(rows, f'more {self.section.noun}')}: see {typeset(self.elsewhere, self.links)}.\n"


def _opening(section: Section, links: Links) -> Iterator[str]:
    title = typeset(section.title, links)
    if section.folded:
        yield f"\n<details><summary>{title}</summary>\n"
    elif title:
        yield f"\n**{title}**\n"
    for paragraph in section.text:
        yield f"\n{typeset(paragraph, links)}\n"
    for block in section.blocks:
        yield f"\n{fenced(block)}"
        yield f"\n{typeset(block.caption, links)}\n" if block.caption else ""
    if section.rows:
        yield "\n"
    if section.columns:
        yield f"| {' | '.join(section.columns)} |\n|{'---|' * len(section.columns)}\n"


def fenced(block: Block) -> str:
    """Lines that stay as they are, between fences that none of them can close."""
    longest = max((len(ticks) for ticks in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}{fence}\n"


def _row(row: Row, section: Section, links: Links) -> str:
    if section.columns:
        return f"| {' | '.join(typeset(cell, links, breaks=True).strip() for cell in row)} |\n"
    bullet = "1." if section.numbered else "-"
    return f"{bullet} {' '.join(typeset(cell, links) for cell in row)}\n"


def typeset(sentence: Prose, links: Links, *, breaks: bool = False) -> str:
    """A sentence in Markdown; `breaks` is for cells: names may go on in the next line, numbers not."""
    return "".join(_set(piece, links, breaks=breaks) for piece in sentence)


def _set(piece: Piece, links: Links, *, breaks: bool) -> str:
    match piece.kind:
        case "plain":
            return _KEPT_TOGETHER.sub("&nbsp;", words(piece.text)) if breaks else words(piece.text)
        case "strong":
            return f"**{words(piece.text)}**"
        case "code":
            return _link(span(piece.text, breaks=breaks), piece, links)
        case "lines":
            return _link(piece.text, piece, links)
        case "place":
            return f"{span(piece.text, breaks=breaks)} {_link(ranges_in_words(piece.lines, MOST_RANGES), piece, links)}"
        case "url":
            return f"[{words(piece.text)}]({_safe_url(piece.path)})"


def _link(shown: str, piece: Piece, links: Links) -> str:
    if not (links.blob and piece.path):
        return shown
    first, last = piece.lines.ranges[0] if piece.lines else (0, 0)
    anchor = f"#L{first}" + (f"-L{last}" if last != first else "") if first else ""
    return f"[{shown}]({_safe_url(links.blob)}/{quote(piece.path, errors='surrogateescape')}{anchor})"


def _safe_url(url: str) -> str:
    return quote(url, safe=":/?&=%._~-", errors="replace")


def span(text: str, *, breaks: bool = False) -> str:
    """A name as code, every character that could mean anything as its number."""
    shown = "".join(c if _TAKEN_AS_IS.match(c) else f"&#{ord(c)};" for c in visible(shortened(text)))
    if breaks:
        shown = re.sub(r"/(?=.)", "/<wbr>", shown)
    return f"<code>{shown}</code>"


def words(text: str) -> str:
    """Words that mean nothing to Markdown or HTML; what GitHub would link or notify by (@name, #1, URLs) is code."""
    parts = re.split(r"(\s+)", visible(text))
    return "".join(span(part) if _GITHUB_WOULD_LINK.search(part) else _escaped(part) for part in parts)


def _escaped(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda found: f"&#{ord(found[0])};", text)


def _size(text: str) -> int:
    return len(text.encode())


def comment_marker(key: str) -> str:
    """What the sticky comment of this key begins with."""
    return f"<!-- covgate:{re.sub(r'[^A-Za-z0-9_.]+', '-', key).strip('-') or 'default'} -->"


def elsewhere(links: Links, name: str) -> Prose:
    """Where the rest of a cut list is: the run's page where there is one, and a file of the output folder."""
    return prose(Piece("the summary of this run", "url", links.run)) if links.run else prose(Piece(name, "code"))
