"""The commits before a commit, put together from all who know some: this clone, the history, the remote."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

MOST_COMMITS = 250
Graph = Mapping[str, tuple[str, ...]]
"""Commits with their parents. A parent that is no key is a commit of which only the name is known."""


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A commit before another one.

    Shape:  `behind` counts the other's commits since; `exact` says that none is hidden behind one that is not known.
    """

    sha: str
    behind: int
    exact: bool = True


def ancestors(graph: Graph, sha: str) -> Iterator[str]:
    """The commit and all before it that the graph knows by name, each once, the nearest first."""
    seen, wave = {sha}, [sha]
    while wave:
        yield from wave
        parents = dict.fromkeys(parent for commit in wave for parent in graph.get(commit, ()))
        wave = [parent for parent in parents if parent not in seen]
        seen.update(wave)


def nearest(graph: Graph, base: str, wanted: Collection[str]) -> tuple[Ancestor, ...]:
    """Those of the wanted commits that come before `base` or are it, the nearest first; none too far away.

    Source: `behind` is `git rev-list --count <ancestor>..<base>`.
    """
    known = list(ancestors(graph, base))
    found = [_ancestor(graph, known, sha) for sha in known if sha in wanted]
    return tuple(sorted((one for one in found if one.behind <= MOST_COMMITS), key=lambda one: one.behind))


def _ancestor(graph: Graph, known: list[str], sha: str) -> Ancestor:
    before = set(ancestors(graph, sha))
    since = [commit for commit in known if commit not in before]
    return Ancestor(sha, len(since), all(commit in graph for commit in since))


def is_complete(graph: Graph, base: str) -> bool:
    """Whether every commit before `base` is known, or more than can matter are."""
    known = list(ancestors(graph, base))
    return len(known) > MOST_COMMITS or all(commit in graph for commit in known)
