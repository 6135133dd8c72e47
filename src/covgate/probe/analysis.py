"""One file's analysis by coverage.py, in plain lists."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .words import ArcWords, Region, regions

Ranges = list[list[int]]


def file_entry(path: str, reporter: Any, analysis: Any) -> dict[str, Any]:
    """What coverage found out about one file.

    Shape:  "statements", "executed" and "excluded" are inclusive ranges of first lines; "spans" (first, last) lines of
            longer statements; "branches" (line, exits, [(to, words) of those not taken]); "regions" (kind, name,
            start, ranges).
    """
    spans = _spans(reporter)
    tree = _tree(reporter)
    return {
        "path": path,
        "statements": ranges(analysis.statements),
        "executed": ranges(analysis.statements - analysis.missing),
        "excluded": ranges(analysis.excluded),
        "spans": sorted([first, last] for first, last in spans.items()),
        "branches": _branches(reporter, analysis, tree),
        "regions": [[*region[:3], ranges(region.lines)] for region in _regions(reporter, tree)],
        "sha256": _sha256(reporter.filename),
    }


def ranges(lines: Iterable[int]) -> Ranges:
    """Lines as sorted inclusive ranges."""
    found: Ranges = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return found


def multiline_map(reporter: Any) -> dict[int, int]:
    """Line → first line of its statement; a public method of coverage's, or what older versions keep it in."""
    if hasattr(reporter, "multiline_map"):
        return dict(reporter.multiline_map())
    parser = getattr(reporter, "parser", None)
    return getattr(parser, "multiline_map", None) or getattr(parser, "_multiline", None) or {}


def _spans(reporter: Any) -> dict[int, int]:
    last: dict[int, int] = {}
    for line, first in multiline_map(reporter).items():
        if line > last.get(first, first):
            last[first] = line
    return last


def _tree(reporter: Any) -> ast.AST | None:
    """The syntax tree that coverage parsed, or one of our own; None for what is not Python."""
    parser = getattr(reporter, "parser", None)
    if parser is None:
        return None
    kept: ast.AST | None = getattr(parser, "_ast_root", None)
    return kept or ast.parse(reporter.source())


def _regions(reporter: Any, tree: ast.AST | None) -> list[Region]:
    if tree is not None:
        return regions(tree)
    theirs = reporter.code_regions() if hasattr(reporter, "code_regions") else ()
    return [Region(region.kind, region.name, region.start, region.lines) for region in theirs]


def _branches(reporter: Any, analysis: Any, tree: ast.AST | None) -> list[list[Any]]:
    missed = analysis.missing_branch_arcs()
    first_line = multiline_map(reporter)
    words = None
    if tree is not None and any(missed.values()):
        words = ArcWords(tree, reporter.source(), lambda line: first_line.get(line, line), analysis.statements)
    return [
        [line, exits, [[to, _told(words, reporter, line, to)] for to in sorted(missed.get(line, ()))]]
        for line, exits in sorted(analysis.exit_counts.items())
        if exits > 1
    ]


def _told(words: ArcWords | None, reporter: Any, line: int, to: int) -> str:
    ours = words.of(line, to) if words else None
    return ours or str(reporter.missing_arc_description(line, to))


def _sha256(path: str) -> str | None:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None
