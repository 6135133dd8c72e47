"""`sketch()`: a snapshot and a diff, drawn as a picture of the source.

    head, diff = sketch('''
        [src/cart.py]
         .  def total(self, coupon):
        +.      price = self.price
        +?      if coupon:
        +!          price = coupon.apply(
        +|              price)
         -      # what is left
         .      return price
    ''')

Each line has a gutter of two marks, then the source. The first mark is what the change did to the line, the second
what the suite did with it:

    ' '  untouched                          '.'  a statement that ran
    '+'  added                              '!'  a statement that never ran
    '~'  rewritten                          '?'  a branch that ran, but never went one of its two ways
    '-'  removed: no line of the head       '|'  the statement above goes on
                                            'x'  a statement excluded by a pragma
                                            '-'  no statement: blank, comment, docstring

`if`, `elif`, `while` and `for` are branches with two ways out: `.` took both, `!` none, `?` the one whose statement
ran. Functions and classes are found by their indentation, as coverage.py finds them: their bodies, without the `def`.

A file begins with its path in brackets, and may say more after it:

    [src/new.py] unmeasured             coverage never saw it: only '!' fits
    [src/new.py] was src/old.py         renamed
    [src/old.py] deleted                its lines are all '-', or not drawn
    [docs/conf.py] left out: omitted    a reason why it counts nowhere
    [assets/logo.png] binary            changed, without lines

A file whose lines are all '+' was added; one without marks of change is untouched. A file whose second marks are all
blank is in the diff only (a README). Empty lines of the picture are ignored: a blank line of a file is drawn as '-'.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head, Hunk
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Origin, Region, Snapshot

BASE = Base("ba5e" * 10, "merge base")
HEAD = Head("4ead" * 10)
ORIGIN = Origin("coverage.py", "7.17.3", "3.14.0", "sysmon")

_CHANGES = " +~-"
_COVERS = " .!?|x-"
_FORKS = ("if ", "elif ", "while ", "for ", "async for ")


class Sketch(NamedTuple):
    """What a picture shows."""

    head: Snapshot
    diff: Diff


def sketch(picture: str, *, origin: Origin = ORIGIN, base: Base = BASE, head: Head = HEAD) -> Sketch:
    """The snapshot and the diff that `picture` shows (see the module's docstring)."""
    files = sorted(_files(picture), key=lambda file: file.path)
    drawn = [file for file in files if file.is_measured]
    snapshot = Snapshot(
        files=tuple(file.coverage() for file in drawn if "unmeasured" not in file.words),
        origin=origin,
        unmeasured=tuple(file.coverage() for file in drawn if "unmeasured" in file.words),
        left_out=tuple(LeftOut(file.path, file.left_out) for file in files if file.left_out),
    )
    return Sketch(snapshot, Diff(base, head, tuple(file.change() for file in files if file.is_changed)))


@dataclass
class _Drawing:
    """One file of a picture.

    Shape:  `rows` are (change, cover, source) in the order drawn; `lines` the same without the removed ones, so that
            line n of the head is `lines[n - 1]`.
    """

    path: str
    words: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        return [row for row in self.rows if row[0] != "-"]

    @property
    def left_out(self) -> str:
        return self.words.removeprefix("left out: ") if self.words.startswith("left out: ") else ""

    @property
    def is_measured(self) -> bool:
        return any(cover != " " for _, cover, _ in self.lines)

    @property
    def is_changed(self) -> bool:
        told = self.words.startswith("was ") or self.words in ("deleted", "binary", "added")
        return told or any(change != " " for change, _, _ in self.rows)

    def change(self) -> FileChange:
        old_path = self.words.removeprefix("was ") if self.words.startswith("was ") else None
        return FileChange(self.path, self._kind(old_path), tuple(self._hunks()), old_path, self.words == "binary")

    def _kind(self, old_path: str | None) -> ChangeKind:
        if old_path:
            return ChangeKind.RENAMED
        if self.words == "deleted":
            return ChangeKind.DELETED
        if self.words == "added" or (self.rows and all(change == "+" for change, _, _ in self.rows)):
            return ChangeKind.ADDED
        return ChangeKind.MODIFIED

    def _hunks(self) -> Iterator[Hunk]:
        old = new = 0
        for changed, run in groupby(self.rows, key=lambda row: row[0] != " "):
            marks = "".join(change for change, _, _ in run)
            olds, news = len(marks) - marks.count("+"), len(marks) - marks.count("-")
            if changed:
                yield Hunk(old + bool(olds), olds, new + bool(news), news)
            old, new = old + olds, new + news

    def coverage(self) -> FileCoverage:
        return FileCoverage(
            self.path,
            statements=self._covered_as(".?!"),
            executed=self._covered_as(".?"),
            excluded=self._covered_as("x"),
            spans=tuple(self._spans()),
            branches=tuple(self._branches()),
            regions=tuple(_regions([source for _, _, source in self.lines])),
        )

    def _covered_as(self, covers: str) -> LineSet:
        return LineSet.of(number for number, (_, cover, _) in enumerate(self.lines, 1) if cover in covers)

    def _spans(self) -> Iterator[tuple[int, int]]:
        first = 0
        for number, (_, cover, _) in enumerate(self.lines, 1):
            if cover != "|":
                first = number
            elif number == len(self.lines) or self.lines[number][1] != "|":
                yield first, number

    def _branches(self) -> Iterator[Branch]:
        for number, (_, cover, source) in enumerate(self.lines, 1):
            if cover == "?" or (cover in ".!" and source.strip().startswith(_FORKS)):
                ways = self._ways(number, source)
                missed = {".": (), "!": ways, "?": (self._missed_way(ways),)}[cover]
                yield Branch(number, 2, missed)

    def _ways(self, line: int, source: str) -> tuple[MissedArc, MissedArc]:
        """The way into the body, and the way past it."""
        statements = [n for n in self._covered_as(".?!") if n > line]
        into = next(iter(statements), line + 1)
        past = (n for n in statements if _indent(self.lines[n - 1][2]) <= _indent(source))
        text = source.strip().removesuffix(":")
        is_loop = text.startswith(("for ", "async for "))
        first, second = ("never runs", "never ends") if is_loop else ("never True", "never False")
        return MissedArc(line, into, f"`{text}` {first}"), MissedArc(line, next(past, -1), f"`{text}` {second}")

    def _missed_way(self, ways: tuple[MissedArc, MissedArc]) -> MissedArc:
        into, past = ways
        ran = into.to <= len(self.lines) and self.lines[into.to - 1][1] in ".?"
        return past if ran else into


def _files(picture: str) -> Iterator[_Drawing]:
    current: _Drawing | None = None
    for row in textwrap.dedent(picture).splitlines():
        if row.startswith("["):
            if current:
                yield current
            path, _, words = row[1:].partition("]")
            current = _Drawing(path, words.strip())
        elif row.strip():
            assert current, f"a line before the first [path]: {row!r}"
            current.rows.append(_row(row, current))
    if current:
        yield current


def _row(row: str, file: _Drawing) -> tuple[str, str, str]:
    change, cover, source = row[0], row[1:2] or " ", row[2:]
    assert change in _CHANGES, f"{file.path}: no mark of change: {row!r}"
    assert cover in _COVERS, f"{file.path}: no mark of cover: {row!r}"
    assert not (change == "-" and cover != " "), f"{file.path}: a removed line has no cover: {row!r}"
    assert not (file.words == "unmeasured" and cover in ".?"), f"{file.path}: unmeasured, so it never ran: {row!r}"
    return change, cover, source


def _indent(source: str) -> int:
    return len(source) - len(source.lstrip())


def _regions(sources: list[str]) -> Iterator[Region]:
    """Functions and classes, with a body as far as the indentation goes; a function without those nested in it."""
    found: list[tuple[str, str, int, set[int]]] = []
    for number, source in enumerate(sources, 1):
        words = source.replace("async def ", "def ").replace("(", " ").replace(":", " ").split()
        if words[:1] in (["def"], ["class"]):
            found.append((words[0], words[1], number, set(_body(sources, number))))
    for kind, name, start, body in found:
        outer = [other for other in found if start in other[3]]
        inner = [other[3] for other in found if other[2] in body and other[0] == "def"]
        lines = body.difference(*inner) if kind == "def" else body & set[int]().union(*inner)
        full_name = ".".join([*(other[1] for other in outer), name])
        yield Region("function" if kind == "def" else "class", full_name, start, LineSet.of(lines))


def _body(sources: list[str], start: int) -> Iterator[int]:
    for number in range(start + 1, len(sources) + 1):
        source = sources[number - 1]
        if source.strip() and _indent(source) <= _indent(sources[start - 1]):
            return
        yield number
