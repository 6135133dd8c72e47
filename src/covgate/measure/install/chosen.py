"""What is chosen of a project beside its locks: the project itself, its extras, groups and requirements files."""

from collections.abc import Iterable
from dataclasses import dataclass

from covgate.measure.install.hints import NO_HINT, Hint, hint, known
from covgate.measure.install.poetry import poetry_arguments, poetry_groups
from covgate.measure.install.project import Project, flags, table, tool, words
from covgate.measure.install.purposes import purpose_of, purposes, requirements_files


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the tests need, by the places that say so.

    Shape:  `files` are requirements files; `groups` are dependency groups, `own_groups` those of Poetry or PDM;
            `own` are the latter's requirements as arguments; `hint` is what another tool is told, where nothing else
            was found.
    """

    project: Project
    files: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    own_groups: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    hint: Hint = NO_HINT

    @property
    def arguments(self) -> tuple[str, ...]:
        """As those of `uv pip install`."""
        options = (*flags("-r", self.files), *flags("--group", self.groups))
        return (*options, *self.own, *self.hint.arguments, *itself(self.project, self.extras))

    @property
    def names(self) -> tuple[str, ...]:
        """For a reader."""
        groups = (f"group {name}" for name in (*self.groups, *self.own_groups))
        hinted = (f"what {self.hint.where} lists",) if self.hint.lines else ()
        return (*self.files, *groups, *hinted, *itself_in_words(self.project, self.extras))


def chosen(project: Project, *, files: bool = True) -> Chosen:
    """What is for testing, else for developing; the word of another tool where there is neither.

    Shape:  `files` says whether requirements files are looked at: a lock stands for them.
    """
    found = requirements_files(project.texts) if files else ()
    groups, extras = purposes(project.groups), purposes(project.extras)
    own_groups = purposes((*poetry_groups(project), *table(tool(project, "pdm"), "dev-dependencies")))
    own = tuple(argument for name in own_groups for argument in group_arguments(project, name))
    if groups or extras or own_groups or any(map(purpose_of, found)):
        return Chosen(project, found, groups, extras, own_groups, own)
    other = hint(project)
    return Chosen(project, found, known(other.groups, project.groups), known(other.extras, project.extras), hint=other)


def group_arguments(project: Project, name: str) -> Iterable[str]:
    """A group that only Poetry or PDM can read, as arguments."""
    yield from poetry_arguments(poetry_groups(project).get(name, {}))
    yield from words(table(tool(project, "pdm"), "dev-dependencies").get(name))


def itself(project: Project, extras: tuple[str, ...]) -> tuple[str, ...]:
    """The project: editable where it can be built, else what it depends on."""
    if project.buildable:
        return ("-e", f".[{','.join(extras)}]" if extras else ".")
    if project.metadata:
        return ("-r", "pyproject.toml", *flags("--extra", extras))
    return poetry_arguments(table(tool(project, "poetry"), "dependencies"))


def itself_in_words(project: Project, extras: tuple[str, ...]) -> tuple[str, ...]:
    """The project for a reader; nothing where there is none."""
    what = "the project" if project.buildable else "the project's dependencies"
    with_extras = f" with extras {', '.join(extras)}" if extras else ""
    return (what + with_extras,) if itself(project, extras) else ()
