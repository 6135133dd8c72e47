"""Components: parts of a repository below a directory each, with numbers and a verdict of their own."""

from dataclasses import dataclass

from covgate.model.ratio import Ratio
from covgate.model.suite import SuiteResult
from covgate.model.verdict import Conclusion, Verdict

REST = ""
"""The name under which files are that belong to no component."""


@dataclass(frozen=True, slots=True)
class ComponentRoot:
    """A component's directory.

    Shape:  `path` at the head and `was` at the base, "." for the repository's own; `added` says that the base's
            settings do not know the component.
    """

    name: str
    path: str
    was: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class ComponentRoots:
    """All components' directories, and which component a file belongs to.

    Shape:  each file belongs to one component at most: to that with the deepest directory around it. A component that
            the change adds takes no file from those that the base knows, and a file that the change moves out of all
            components stays with the one that it was in: else a change could move its own bar away.
    """

    roots: tuple[ComponentRoot, ...] = ()

    def owner(self, path: str, old_path: str | None = None) -> str:
        """The component of a file of the head, REST for none; `old_path` is its path at the base where renamed."""
        known = [(root.name, root.path) for root in self.roots if not root.added]
        before = [(root.name, root.was) for root in self.roots if not root.added]
        added = [(root.name, root.path) for root in self.roots if root.added]
        return _deepest(path, known) or (_deepest(old_path, before) if old_path else REST) or _deepest(path, added)

    def owner_at_base(self, path: str) -> str:
        """The component of a file of the base, REST for none."""
        known = [(root.name, root.was) for root in self.roots if not root.added]
        return _deepest(path, known) or _deepest(path, [(root.name, root.was) for root in self.roots if root.added])


def within(path: str, directory: str) -> bool:
    """Whether a path is the directory's own or below it."""
    return directory in (".", path) or path.startswith(f"{directory}/")


def depth(directory: str) -> int:
    """How many directories deep one lies; 0 for the repository's own."""
    return 0 if directory == "." else directory.count("/") + 1


def _deepest(path: str, directories: list[tuple[str, str]]) -> str:
    around = [(depth(directory), name) for name, directory in directories if within(path, directory)]
    return max(around)[1] if around else REST


@dataclass(frozen=True, slots=True)
class Counts:
    """Statements and arcs of a part of the repository."""

    line: Ratio
    branch: Ratio

    @property
    def combined(self) -> Ratio:
        """Statements and arcs together."""
        return self.line + self.branch


@dataclass(frozen=True, slots=True)
class ComponentReport:
    """One component's part of a run's answer.

    Shape:  `root` is its directory; `total`, `before` and `diff` count its files now, at the base (None where that is
            not known), and what the change did to them; `reason` says why there is nothing to measure in its part of
            the change where there is not; `suite` is how its own suite ended, None where another's measured it;
            `added` says that the base's settings do not know it, `note` what else the reader must know.
            A component that asks for nothing, or that holds no file, has a verdict without results.
    """

    name: str
    root: str
    verdict: Verdict
    total: Counts
    before: Counts | None
    diff: Counts
    reason: str = ""
    suite: SuiteResult | None = None
    added: bool = False
    note: str = ""

    @property
    def judged(self) -> bool:
        """Whether it was asked for anything, or its suite did not end well."""
        return bool(self.verdict.results) or self.verdict.conclusion is Conclusion.ERROR
