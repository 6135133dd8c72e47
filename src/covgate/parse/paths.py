"""Which file of the repository a path in a report means."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from covgate.model.snapshot import PathMapping

Parts = tuple[str, ...]
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_SURE = 2
"""Trailing components that have to agree before a path of another machine is taken for one of ours."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What became of the paths of a report.

    Shape:  `paths` gives the repository's path for each given one; `mapped` are those of them that were found by their
            ends, on another machine or below another directory; `ambiguous` fit several files and were not guessed;
            `unknown` fit none, or lead out of the repository.
    """

    paths: Mapping[str, str]
    mapped: tuple[PathMapping, ...] = ()
    ambiguous: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that a path was taken for, and where the two differ: `given` became `ours` in front of what they share."""

    path: str
    given: Parts = ()
    ours: Parts = ()

    @property
    def moved(self) -> bool:
        """Whether the file was found by its path's end."""
        return self.given != self.ours


def match_paths(given: Iterable[str], tree: Collection[str], root: str, roots: Iterable[str] = ()) -> Matches:
    """Finds the repository's file for each path.

    Shape:  `tree` are the repository's files; `root` is its absolute path; `roots` are directories that the report says
            its paths are relative to. A path is itself, or below the root, or has the longest end in common with just
            one file; what fits several is settled where files beside it show which directory stands for which.
    """
    index = _Index(tree)
    prefixes = tuple(_parts(prefix) for prefix in roots)
    wanted = {path: _variants(_parts(path), prefixes) for path in given}
    found = {path: _find(variants, index, _parts(root)) for path, variants in wanted.items()}
    learned: dict[Parts, set[Parts]] = {}
    for one in found.values():
        if isinstance(one, _Found) and one.moved:
            learned.setdefault(one.given, set()).add(one.ours)
    for path in [path for path, one in found.items() if not isinstance(one, _Found)]:
        found[path] = _by_neighbours(wanted[path], learned, index) or found[path]
    sure = {path: one for path, one in found.items() if isinstance(one, _Found)}
    return Matches(
        paths={path: one.path for path, one in sure.items()},
        mapped=tuple(PathMapping(path, one.path) for path, one in sure.items() if one.moved),
        ambiguous=tuple(path for path, one in found.items() if one == "ambiguous"),
        unknown=tuple(path for path, one in found.items() if one == "unknown"),
    )


def candidates(given: str, root: str, roots: Iterable[str] = ()) -> tuple[str, ...]:
    """Paths within the repository that a given path may mean as it stands; git may ignore files that were measured."""
    variants = _variants(_parts(given), tuple(_parts(prefix) for prefix in roots))
    return tuple(dict.fromkeys("/".join(within) for within in _within(variants, _parts(root))))


class _Index:
    """The repository's files by their ends, so that a report of any length is matched in one pass."""

    def __init__(self, tree: Collection[str]) -> None:
        self._tree = frozenset(tree)
        self._by_end: dict[Parts, list[Parts]] = {}
        for path in sorted(self._tree):
            parts = tuple(path.split("/"))
            for start in range(len(parts)):
                self._by_end.setdefault(parts[start:], []).append(parts)

    def holds(self, parts: Parts) -> bool:
        return "/".join(parts) in self._tree

    def likest(self, parts: Parts) -> tuple[int, list[Parts]]:
        """How many trailing components the likest files share with a path, and two of these files at most.

        Shape:  none where too little agrees: all of one of the two paths has to, or on another machine two components.
        """
        ends = (parts[start:] for start in range(len(parts)))
        end = next((end for end in ends if end in self._by_end), ())
        if len(end) == len(parts) or (_is_absolute(parts) and len(end) >= _SURE):
            return len(end), self._by_end.get(end, [])[:2]
        return len(end), [end] if end and self.holds(end) else []


def _parts(path: str) -> Parts:
    """A path's components, those with ".." resolved. Backslashes separate where nothing else does.

    Shape:  an absolute path begins with "/" or a drive's letter, one that leads above where it starts with "..".
    """
    drive = _DRIVE.match(path)
    if drive or ("\\" in path and "/" not in path):
        path = path.replace("\\", "/")
    parts: list[str] = [path[:2].upper()] if drive else ["/"] if path.startswith("/") else []
    for part in path[2 if drive else 0 :].split("/"):
        if part == ".." and parts and parts[-1] != "..":
            if len(parts) > 1 or not _is_absolute(tuple(parts)):
                parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return tuple(parts)


def _is_absolute(parts: Parts) -> bool:
    return bool(parts) and (parts[0] == "/" or parts[0].endswith(":"))


def _variants(parts: Parts, roots: tuple[Parts, ...]) -> tuple[Parts, ...]:
    """The path below each root that the report names, else as it is; the fullest first. None where it leads out."""
    rooted = () if _is_absolute(parts) else tuple((*root, *parts) for root in roots if root and parts)
    return tuple(variant for variant in (*rooted, parts) if variant and variant[0] != ".." and ".." not in parts)


def _within(variants: tuple[Parts, ...], root: Parts) -> Iterator[Parts]:
    for parts in variants:
        if not _is_absolute(parts):
            yield parts
        elif parts[: len(root)] == root and len(parts) > len(root):
            yield parts[len(root) :]


def _find(variants: tuple[Parts, ...], index: _Index, root: Parts) -> _Found | str:
    """The file, or why there is none. A path below a root that the report names is asked for before the bare one."""
    for group in (variants[:-1], variants[-1:]):
        exact = {parts for parts in _within(group, root) if index.holds(parts)}
        if len(exact) == 1:
            return _Found("/".join(exact.pop()))
        if exact:
            return "ambiguous"
        by_end = _by_end(group, index)
        if by_end != "unknown":
            return by_end
    return "unknown"


def _by_end(variants: tuple[Parts, ...], index: _Index) -> _Found | str:
    """The one file whose end is likest to one of the paths."""
    best, found = 0, dict[Parts, Parts]()
    for parts in variants:
        shared, likest = index.likest(parts)
        if shared > best and likest:
            best, found = shared, dict.fromkeys(likest, parts)
        elif shared == best:
            found.update(dict.fromkeys(likest, parts))
    if not found:
        return "unknown"
    if len(found) > 1:
        return "ambiguous"
    ((ours, parts),) = found.items()
    return _Found("/".join(ours), parts[: len(parts) - best], ours[: len(ours) - best])


def _by_neighbours(variants: tuple[Parts, ...], learned: Mapping[Parts, set[Parts]], index: _Index) -> _Found | None:
    """The one file that the path means if its directories stand for the same as those of the files beside it."""
    found = {
        ours + parts[length:]: _Found("/".join(ours + parts[length:]), parts[:length], ours)
        for parts in variants
        for length in range(1, len(parts))
        for ours in learned.get(parts[:length], ())
        if index.holds(ours + parts[length:])
    }
    return next(iter(found.values())) if len(found) == 1 else None
