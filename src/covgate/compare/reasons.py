"""Why a change has nothing to measure, in words. That is an answer of its own: never 100 %, never 0 %."""

from collections.abc import Collection

from covgate.model.diff import Diff
from covgate.model.snapshot import LeftOut

EXCLUDED = "its changed statements are excluded from coverage"
GENERATED = "`.gitattributes` of the base marks it as generated"
UNKNOWN = "coverage does not know it, and its statements could not be found"

NO_STATEMENT = "Only comments, blank lines or docstrings changed"


def nothing_measurable(diff: Diff, python: Collection[str], left_out: Collection[LeftOut]) -> str:
    """The reason, as a sentence.

    Shape:  `python` are the changed Python files with added or rewritten lines, `left_out` those of them that count
            nowhere. No path is named: paths may hold anything, and `left_out` has them.
    """
    if not python:
        return _nothing_written(diff)
    if not left_out:
        return f"{NO_STATEMENT}."
    reasons = "; ".join(sorted({_short(left.reason) for left in left_out}))
    if all(path in {left.path for left in left_out} for path in python):
        return f"No changed Python file counts: {reasons}."
    return f"{NO_STATEMENT}, beside files that do not count: {reasons}."


def _nothing_written(diff: Diff) -> str:
    if not diff.files:
        same = diff.base.sha == diff.head.sha and not diff.head.dirty
        return "Base and head are the same commit." if same else "Head and base have the same content."
    if any(file.path.endswith((".py", ".pyw")) for file in diff.files):
        return "No line of a Python file was added or rewritten: only removals, renames or changes of mode."
    return "No Python file changed."


def _short(reason: str) -> str:
    """The reason without the lines that belong to one file only."""
    return EXCLUDED if reason.startswith(EXCLUDED) else reason
