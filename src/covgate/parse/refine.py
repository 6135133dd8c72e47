"""A foreign report's file, completed with what the source says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from covgate.model.lines import NO_LINES, LineSet
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.parse.input_format import UNKNOWN_TARGET

_SHARE_THAT_MOVED = 20
"""One statement in so many unknown to either side: an edit moved them. Other Pythons differ in one direction."""


@dataclass(frozen=True, slots=True)
class Refined:
    """A file's coverage with spans, regions and words.

    Shape:  `unheard` are statements of the source that the report does not know: they count as missed; `gone` are the
            report's statements that this Python does not see in the source: they count as the report says.
    """

    file: FileCoverage
    unheard: LineSet = NO_LINES
    gone: LineSet = NO_LINES

    @property
    def looks_older(self) -> bool:
        """Whether the report was made of another source: lines moved."""
        return min(len(self.unheard), len(self.gone)) > len(self.file.statements) // _SHARE_THAT_MOVED


def refine(report: FileCoverage, source: FileCoverage, *, has_branches: bool, inexact: bool) -> Refined:
    """What the report says of a file, in the terms of coverage.py's analysis of the source.

    Shape:  `source` is the analysis, nothing of it executed; `inexact` says that the report lists lines that are no
            statements, so that those it says were run and the source does not know are dropped.
    """
    listed = source.first_lines(report.statements) - source.excluded
    executed = source.first_lines(report.executed) - source.excluded
    gone = listed - source.statements
    if inexact:
        listed, gone = listed - (gone & executed), gone - executed
    unheard = source.statements - listed - report.excluded
    statements = listed | unheard
    file = replace(
        source,
        path=report.path,
        statements=statements,
        executed=executed & statements,
        excluded=source.excluded | (report.excluded - statements),
        branches=_branches(report, source, unheard) if has_branches else (),
    )
    return Refined(file, unheard, gone)


def _branches(report: FileCoverage, source: FileCoverage, unheard: LineSet) -> tuple[Branch, ...]:
    """The report's branches in the source's words; those of unheard statements as the source has them.

    A branch that the report does not list belongs to no test that it knows, unless its line may not branch
    (`pragma: no branch`): the source counts such a line's ways and misses none.
    """
    known = {branch.line: branch for branch in report.branches}
    found: list[Branch] = []
    for branch in source.branches:
        given = known.pop(branch.line, None)
        if given is not None:
            found.append(_in_words(given, branch))
        elif branch.line in unheard or not branch.missed:
            found.append(branch)
    found.extend(branch for branch in known.values() if branch.missed)
    return tuple(sorted(found, key=lambda branch: branch.line))


def _in_words(given: Branch, source: Branch) -> Branch:
    if not given.missed:
        return replace(source, missed=())
    if given.exits == source.exits == len(given.missed) == len(source.missed):
        return source
    exits = max(source.exits, len(given.missed))
    left = list(source.missed)
    return Branch(given.line, exits, tuple(_told(arc, left) for arc in given.missed))


def _told(arc: MissedArc, left: list[MissedArc]) -> MissedArc:
    """The source's own arc to the same place. Reports name a way out of the function by any negative number."""
    if arc.to == UNKNOWN_TARGET:
        return arc
    same = next((ours for ours in left if max(ours.to, -1) == max(arc.to, -1)), None)
    if same is None:
        return arc
    left.remove(same)
    return same


def impossible_lines(statements: LineSet, source: Sequence[str], *, is_python: bool) -> LineSet:
    """Lines that a report calls statements and that cannot be: beyond the file's end, blank, or a comment.

    Shape:  `source` are the file's lines as they are now.
    """
    wrong = [line for line in statements if line > len(source) or (is_python and _says_nothing(source[line - 1]))]
    return LineSet.of(wrong)


def _says_nothing(line: str) -> bool:
    said = line.strip()
    return not said or said.startswith("#")
