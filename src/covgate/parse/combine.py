"""Several reports made one."""

from collections.abc import Iterable, Sequence

from covgate.model.lines import LineSet
from covgate.model.snapshot import FileCoverage, Origin
from covgate.parse.union import union

_SHOWN = 3


def combined(files: Iterable[FileCoverage]) -> tuple[tuple[FileCoverage, ...], tuple[str, ...]]:
    """Each path once, sorted, and what a reader should know of how they were joined.

    Shape:  see `union`; a note where only counts of branches could be compared, and where reports disagree about what
            the statements of a file are.
    """
    by_path: dict[str, list[FileCoverage]] = {}
    for file in files:
        by_path.setdefault(file.path, []).append(file)
    joined = {path: union(found) for path, found in by_path.items()}
    counted = [path for path, (_, by_count) in sorted(joined.items()) if by_count]
    differing = [path for path, found in sorted(by_path.items()) if _differ(found)]
    notes = []
    if counted:
        notes.append(f"Branches that are only counted were combined by the better count: {few(counted)} may have more.")
    if differing:
        notes.append(f"Reports disagree about the statements of {few(differing)}: other Pythons, or other versions.")
    return tuple(joined[path][0] for path in sorted(joined)), tuple(notes)


def _differ(files: Sequence[FileCoverage]) -> bool:
    excluded = LineSet.spanning(span for file in files for span in file.excluded.ranges)
    return len({file.statements - excluded for file in files}) > 1


def combined_origin(origins: Sequence[Origin], *, has_branches: bool) -> Origin:
    """Who measured, in sum: the one origin, or all tools' names.

    Shape:  `origins` holds at least one; what they do not share is left empty.
    """
    first = origins[0]
    if all(origin == first for origin in origins):
        return Origin(first.tool, first.version, first.python, first.core, has_branches, first.exclusions)
    tools = {origin.tool: None for origin in origins}
    versions = {origin.version for origin in origins}
    return Origin(
        tool=" + ".join(tools),
        version=versions.pop() if len(versions) == len(tools) == 1 else "",
        has_branches=has_branches,
        exclusions=next((origin.exclusions for origin in origins if origin.exclusions), ()),
    )


def few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
