"""What moved between two commits, by `coverage json` of both sides, `git diff` and the tokenizer alone.

Nothing here is covgate's, and nothing is shared with it: statements are sets of numbers, and a statement is the same
one where each of its physical lines is an unchanged line.
"""

import difflib
import io
import json
import re
import subprocess
import tokenize
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
QUIET = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
Counts = tuple[int, int]  # covered, of


@dataclass
class Side:
    """One commit: what `coverage json` says, and the tests that ran."""

    repository: Path
    sha: str
    report: Path
    results: Path
    files: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.files = json.loads(self.report.read_text())["files"]

    def text(self, path: str) -> str:
        return git(self.repository, "show", f"{self.sha}:{path}")

    def statements(self, path: str) -> set[int]:
        file = self.files[path]
        return (set(file["executed_lines"]) | set(file["missing_lines"])) - set(file["excluded_lines"])

    def ran(self, path: str) -> set[int]:
        file = self.files[path]
        return set(file["executed_lines"]) - set(file["excluded_lines"])

    def line(self, path: str, lines: set[int]) -> Counts:
        return len(self.ran(path) & lines), len(self.statements(path) & lines)

    def branch(self, path: str, lines: set[int]) -> Counts:
        file = self.files[path]
        taken = sum(line in lines for line, _ in file["executed_branches"])
        return taken, taken + sum(line in lines for line, _ in file["missing_branches"])

    def counts(self, measure: str, path: str, lines: set[int]) -> Counts:
        return self.line(path, lines) if measure == "line" else self.branch(path, lines)

    def total(self, measure: str) -> Counts:
        return added(self.counts(measure, path, self.statements(path)) for path in self.files)

    def tests(self) -> dict[str, bool]:
        """Whether each test was skipped, by its class and name."""
        cases = ET.parse(self.results).getroot().iter("testcase")  # noqa: S314  # pytest's own, written just now
        return {f"{one.get('classname')}.{one.get('name')}": one.find("skipped") is not None for one in cases}


def git(repository: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True).stdout


def added(counts: Iterable[Counts]) -> Counts:
    pairs = list(counts)
    return sum(one for one, _ in pairs), sum(of for _, of in pairs)


@dataclass
class Moves:
    """What one commit did to the statements of its parent."""

    before: Side
    now: Side
    renames: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    lost: dict[str, list[int]] = field(default_factory=dict)
    gained: dict[str, list[int]] = field(default_factory=dict)
    removed: dict[str, Counts] = field(default_factory=lambda: {"line": (0, 0), "branch": (0, 0)})
    written: dict[str, Counts] = field(default_factory=lambda: {"line": (0, 0), "branch": (0, 0)})
    stayed: dict[str, Counts] = field(default_factory=lambda: {"line": (0, 0), "branch": (0, 0)})  # in changed files
    stays: dict[str, Counts] = field(default_factory=lambda: {"line": (0, 0), "branch": (0, 0)})

    def add(self, part: dict[str, Counts], side: Side, path: str, lines: set[int]) -> None:
        part.update({one: added([counts, side.counts(one, path, lines)]) for one, counts in part.items()})


def moves(before: Side, now: Side) -> Moves:
    """Everything that moved from one commit to the next."""
    told = Moves(before, now)
    read_changes(told)
    old_paths = {path: told.renames.get(path, path) for path in now.files}
    for path, old in old_paths.items():
        came_anew = path in told.changed and path not in told.renames and not existed(before, path)
        if old not in before.files or came_anew:
            if path in told.changed:
                told.add(told.written, now, path, touched(now, path, changed_lines(told, old, path)[1]))
            continue
        compare_file(told, old, path)
    for old in told.deleted & set(before.files):
        told.add(told.removed, before, old, before.statements(old))
    return told


def existed(side: Side, path: str) -> bool:
    return bool(git(side.repository, "ls-tree", side.sha, "--", path))


def read_changes(told: Moves) -> None:
    fields = git(told.now.repository, "diff", "--name-status", "-z", "-M", told.before.sha, told.now.sha).split("\0")
    rest = iter(one for one in fields if one)
    for status in rest:
        path = next(rest)
        if status[0] == "R":
            new = next(rest)
            told.renames[new] = path
            path = new
        if status[0] == "D":
            told.deleted.add(path)
        else:
            told.changed.add(path)


def changed_lines(told: Moves, old: str, new: str) -> tuple[set[int], set[int], dict[int, int]]:
    """Lines that only the old file has, those that only the new one has, and where each other old one is now."""
    if not existed(told.before, old):
        return set(), set(range(1, told.now.text(new).count("\n") + 2)), {}
    texts = told.before.text(old).split("\n"), told.now.text(new).split("\n")
    sides = f"{told.before.sha}:{old}", f"{told.now.sha}:{new}"
    gone: set[int] = set()
    fresh: set[int] = set()
    for a, b, c, d in HUNK.findall(git(told.now.repository, "diff", "-U0", *sides)):
        gone |= set(range(int(a), int(a) + int(b or 1)))
        fresh |= set(range(int(c), int(c) + int(d or 1)))
    stay = [
        [n for n in range(1, len(text) + 1) if n not in off] for text, off in zip(texts, (gone, fresh), strict=True)
    ]
    mapped = dict(zip(*stay, strict=True))
    there, here = ([text[n - 1] for n in kept] for text, kept in zip(texts, stay, strict=True))
    same = difflib.SequenceMatcher(None, there, here).ratio() == 1.0
    assert same, f"{old}: lines that did not change are not the same"
    return gone, fresh, mapped


def ends(text: str) -> dict[int, int]:
    """The last physical line of each logical line, by its first."""
    found: dict[int, int] = {}
    first = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            found[first], first = token.end[0], 0
        elif token.type not in QUIET and not first:
            first = token.start[0]
    return found


def touched(side: Side, path: str, lines: set[int]) -> set[int]:
    """Statements with any of these lines."""
    last = ends(side.text(path))
    return {first for first in side.statements(path) if lines & set(range(first, last.get(first, first) + 1))}


def compare_file(told: Moves, old: str, path: str) -> None:
    before, now = told.before, told.now
    gone, fresh, mapped = changed_lines(told, old, path)
    cut, written = touched(before, old, gone), touched(now, path, fresh)
    written |= {mapped[line] for line in cut if line in mapped} & now.statements(path)
    same = {mapped[line]: line for line in before.statements(old) - cut if line in mapped}
    kept = {new: line for new, line in same.items() if new in now.statements(path) and new not in written}
    replaced = {line for new, line in same.items() if new in written}
    if path in told.changed or path in told.renames:
        told.add(told.stayed, before, old, set(kept.values()))
        told.add(told.stays, now, path, set(kept))
    told.add(told.removed, before, old, cut | replaced)
    told.add(told.written, now, path, written)
    ran, runs = before.ran(old), now.ran(path)
    if lost := sorted(new for new, line in kept.items() if line in ran and new not in runs):
        told.lost[path] = lost
    if gained := sorted(new for new, line in kept.items() if line not in ran and new in runs):
        told.gained[path] = gained


PREPARING = {"conftest.py", "pytest.ini", ".pytest.ini", "pytest.toml", "tox.ini", "setup.cfg", "pyproject.toml"}


def is_of_tests(path: str) -> bool:
    *folders, name = path.split("/")
    return name.endswith(".py") and (name.startswith("test") or name.endswith("_test.py") or "tests" in folders)


def edits_tests(told: Moves) -> bool:
    """Whether a file of tests is edited or deleted, or one that prepares tests is edited, measured or not."""
    files = told.changed | set(told.renames)
    edited = {path for path in files if is_of_tests(path) and existed(told.before, told.renames.get(path, path))}
    if any(any(changed_lines(told, told.renames.get(path, path), path)[:2]) for path in edited):
        return True
    gone = any(is_of_tests(path) for path in told.deleted)
    return gone or any(path.rpartition("/")[2] in PREPARING for path in files | told.deleted)


def takes_tests_away(told: Moves) -> bool:
    """Whether a test is gone, edited, or skipped that was not, where a test moves along with its file."""
    if edits_tests(told):
        return True
    modules = {module(old): module(new) for new, old in told.renames.items() if new.endswith(".py")}
    then = {renamed(name, modules): skipped for name, skipped in told.before.tests().items()}
    now = told.now.tests()
    return any(name not in now or (now[name] and not skipped) for name, skipped in then.items())


def module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def renamed(name: str, modules: dict[str, str]) -> str:
    return next((new + name[len(old) :] for old, new in modules.items() if name.startswith(f"{old}.")), name)


def shortage(told: Moves, measure: str) -> int | None:
    """By how many statements or branches the project fell below its parent; None where there is nothing to compare."""
    before, now = told.before.total(measure), told.now.total(measure)
    removed, written = told.removed[measure], told.written[measure]
    deleted = max(0, removed[0] - written[1])
    if before[1] == deleted or not now[1]:
        return None
    wanted = Fraction(before[0] - deleted, before[1] - deleted)
    short = lacking(now, wanted)
    if not short or takes_tests_away(told):
        return short
    stayed, stays = told.stayed[measure], told.stays[measure]
    plus, minus = added([before, written, stays]), added([removed, stayed])
    alone = plus[0] - minus[0], plus[1] - minus[1]
    return min(short, lacking(alone, wanted))


def lacking(counts: Counts, wanted: Fraction) -> int:
    needed = wanted * counts[1]
    return max(0, -(-needed.numerator // needed.denominator) - counts[0])
