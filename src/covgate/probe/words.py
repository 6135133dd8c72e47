"""A way out of a branching line that no test took, in words, from the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, Callable, NamedTuple

LONGEST = 60
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_INNER = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class _Branching(NamedTuple):
    """A statement that goes into its block or past it, and what to say where it never did.

    Shape:  `inner` says that its head holds a comprehension or lambda, which some versions of coverage count too.
    """

    block: range
    otherwise: range
    into: str
    past: str
    inner: bool


class ArcWords:
    """Words for the arcs of one file.

    Shape:  `first_line` maps a line to the first of its statement; `statements` are the first lines that coverage
            counts.
    """

    def __init__(self, tree: ast.AST, text: str, first_line: Callable[[int], int], statements: Collection[int]) -> None:
        self._lines = text.split("\n")
        self._first_line = first_line
        self._statements = statements
        self._branchings: dict[int, _Branching] = {}
        for node in statement_nodes(tree):
            self._learn(node)

    def of(self, line: int, to: int) -> str | None:
        """What never happened when the arc from `line` to `to` was never taken; None where the tree does not tell."""
        branching = self._branchings.get(line)
        if branching is None or (to == -line and branching.inner):
            return None
        if to in branching.block:
            return branching.into
        if to in branching.otherwise or self._any_statement(branching.block):
            return branching.past
        # Nothing in the block counts, so that the arc past it may be either way.
        return branching.into if self._any_statement(branching.otherwise) else None

    def _any_statement(self, lines: range) -> bool:
        return any(line in self._statements for line in lines)

    def _learn(self, node: Any) -> None:
        kind = type(node).__name__
        if kind in ("If", "While"):
            word = self._keyword(node) if kind == "If" else "while"
            head = _code(f"{word} {self._text(node.test)}")
            self._add(node.test, node, f"{head} never True", f"{head} never False")
        elif kind in ("For", "AsyncFor"):
            word = "for" if kind == "For" else "async for"
            head = _code(f"{word} {self._text(node.target)} in {self._text(node.iter)}")
            self._add(node.iter, node, f"the body of {head} never runs", f"{head} never runs to its end")
        elif kind == "match_case":
            guard = f" if {self._text(node.guard)}" if node.guard else ""
            head = _code(f"case {self._text(node.pattern)}{guard}")
            self._add(node.pattern, node, f"{head} never matches", f"{head} never fails to match")
        elif kind == "ExceptHandler":
            head = _code(f"except {self._text(node.type)}" if node.type else "except")
            self._add(node.type or node, node, f"{head} never happens", f"{head} never lets an exception pass")

    def _add(self, head: Any, node: Any, into: str, past: str) -> None:
        start = self._first_line(head.lineno)
        block = self._block(node.body)
        # Where the block stands on the line of its head, lines do not tell one way from the other.
        if block.start > start and start not in self._branchings:
            otherwise = self._block(getattr(node, "orelse", []))
            inner = isinstance(head, ast.expr) and any(isinstance(part, _INNER) for part in ast.walk(head))
            self._branchings[start] = _Branching(block, otherwise, into, past, inner)

    def _block(self, body: list[ast.stmt]) -> range:
        if not body:
            return range(0)
        decorators = getattr(body[0], "decorator_list", [])
        first = min([body[0].lineno, *(decorator.lineno for decorator in decorators)])
        return range(self._first_line(first), (body[-1].end_lineno or first) + 1)

    def _keyword(self, node: ast.If) -> str:
        written = self._lines[node.lineno - 1].encode()[node.col_offset :]
        return "elif" if written.startswith(b"elif") else "if"

    def _text(self, node: Any) -> str:
        """The source of an expression or pattern; without the comments that several lines may hold."""
        if node.lineno != node.end_lineno:
            return " ".join(ast.unparse(node).split())
        line = self._lines[node.lineno - 1].encode()
        written: bytes = line[node.col_offset : node.end_col_offset]
        return written.decode()


def statement_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements, handlers and cases of a tree, outer ones first; expressions are not entered."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for block in _BLOCKS:
            waiting.extend(reversed(getattr(node, block, ())))


def _code(text: str) -> str:
    """A Markdown code span of at most 60 characters and what marks it."""
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


class Region(NamedTuple):
    """A function or class and its own lines, as coverage's code regions have them."""

    kind: str
    name: str
    start: int
    lines: set[int]


def regions(tree: ast.AST) -> list[Region]:
    """Functions and classes; no line belongs to two functions or to two classes.

    Source: the definition of `coverage.plugin.CodeRegion`, which versions before 7.6 do not have: a function's lines
            are those of its body without nested functions, a class's are those of its methods.
    """
    found: list[Region] = []
    _enter(tree, [], found)
    return found


def _enter(node: ast.AST, around: list[Region], found: list[Region]) -> None:
    inner = around
    if isinstance(node, _DEFINITIONS):
        is_class = isinstance(node, ast.ClassDef)
        lines = set() if is_class else set(range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1))
        if not is_class:
            _take_from_outer(lines, around)
        name = ".".join([region.name for region in around[-1:]] + [node.name])
        region = Region("class" if is_class else "function", name, node.lineno, lines)
        found.append(region)
        inner = [*around, region]
    for block in _BLOCKS:
        for child in getattr(node, block, ()):
            _enter(child, inner, found)
    if isinstance(node, ast.ClassDef):
        for outer in around:
            if outer.kind == "class":
                outer.lines.difference_update(inner[-1].lines)


def _take_from_outer(lines: set[int], around: list[Region]) -> None:
    """A method's lines are its class's too; a nested function's are no longer those of the function around it."""
    if around and around[-1].kind == "class":
        around[-1].lines.update(lines)
    for outer in reversed(around):
        if outer.kind == "function":
            outer.lines.difference_update(lines)
            break
