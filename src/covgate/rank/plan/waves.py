"""Files that belong together: those of one package, and a lone file with those that import it or that it imports."""

from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename, dirname

from covgate.model.plan import PlannedFile

Links = Mapping[str, frozenset[str]]
"""For each file the files that it imports or that import it."""


def linked(imports: Mapping[str, frozenset[str]]) -> Links:
    """Imports in both directions, among these files only."""
    links: dict[str, set[str]] = {path: set() for path in imports}
    for path, imported in imports.items():
        for other in imported & imports.keys():
            links[path].add(other)
            links[other].add(path)
    return {path: frozenset(others) for path, others in links.items()}


def groups(files: Sequence[PlannedFile], links: Links) -> list[tuple[str, list[PlannedFile]]]:
    """The files group by group with the reason why, the group of the first file in front.

    Shape:  within a group in the given order, but that what a file imports, or is imported by, follows it at once.
    """
    home = _homes([file.gap.path for file in files], links)
    members: dict[str, list[PlannedFile]] = {}
    for file in files:
        members.setdefault(home[file.gap.path], []).append(file)
    return [(_why(folder, [one.gap.path for one in group], links), _ordered(group, links))
            for folder, group in members.items()]  # fmt: skip


def _homes(paths: Sequence[str], links: Links) -> dict[str, str]:
    """Each file's folder; a file that is alone in its own moves to the folder that it has most to do with."""
    crowd: dict[str, int] = {}
    for path in paths:
        crowd[dirname(path)] = crowd.get(dirname(path), 0) + 1
    homes = {path: dirname(path) for path in paths}
    for path in paths:
        if crowd[homes[path]] == 1 and (there := _drawn_to(path, homes, links)):
            crowd[homes[path]], crowd[there] = 0, crowd[there] + 1
            homes[path] = there
    return homes


def _drawn_to(path: str, homes: Mapping[str, str], links: Links) -> str:
    """The folder with most files that the file imports or is imported by; the first by name where several have most."""
    counts: dict[str, int] = {}
    for other in sorted(links.get(path, frozenset())):
        counts[homes[other]] = counts.get(homes[other], 0) + 1
    return min(counts, key=lambda folder: (-counts[folder], folder), default="")


def _ordered(group: Sequence[PlannedFile], links: Links) -> list[PlannedFile]:
    left = {file.gap.path: file for file in group}
    found: list[PlannedFile] = []
    for file in group:
        if file.gap.path in left:
            near = links.get(file.gap.path, frozenset())
            found += [left.pop(file.gap.path), *(left.pop(path) for path in list(left) if path in near)]
    return found


def _why(folder: str, paths: Sequence[str], links: Links) -> str:
    """What the group's files have in common, in words."""
    named = f"package `{folder}`" if folder else "the files at the top"
    strangers = [path for path in paths if dirname(path) != folder]
    if len(paths) == 1:
        return f"`{paths[0]}`"
    if len(strangers) == len(paths) - 1 and len(paths) == 2:  # noqa: PLR2004  # two files, of two folders
        return f"`{paths[0]}` and `{paths[1]}`: one imports the other"
    if not strangers:
        return named if not _knit(paths, links) else f"{named}, whose files import each other"
    return f"{named}, with {_names(strangers)} by their imports"


def _knit(paths: Iterable[str], links: Links) -> bool:
    together = set(paths)
    return any(links.get(path, frozenset()) & together for path in together)


def _names(paths: Sequence[str]) -> str:
    shown = ", ".join(f"`{basename(path)}`" for path in paths[:3])
    return shown + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")  # noqa: PLR2004  # a few names say enough
