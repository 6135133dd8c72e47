"""uv.lock: uv reads it itself."""

import shlex
from collections.abc import Iterator

from covgate.measure.install.project import Project, flags, table, tool, words
from covgate.measure.install.purposes import is_for_testing, purposes
from covgate.measure.install.set_up import InstallPlan, SetUp, listed


def plan(project: Project, _folder: str) -> InstallPlan:
    """What the lock holds, as it holds it."""
    options = ("--frozen", "--active", *members(project), *group_options(project), *extra_options(project))
    return InstallPlan(
        steps=(("uv", "sync", "--quiet", *options),),
        found=f"uv.lock, {listed(named(project))}",
        why="uv.lock pins every version; requirements files are left aside",
        override=shlex.join(("uv", "sync", *options)),
    )


def members(project: Project) -> tuple[str, ...]:
    """All packages of a workspace: the tests of one may import another."""
    return ("--all-packages",) if "workspace" in tool(project, "uv") else ()


def default_groups(project: Project) -> tuple[str, ...]:
    """The groups that the project itself has uv install unasked; uv's own default, `dev`, is not among them."""
    return words(tool(project, "uv").get("default-groups"))


def groups(project: Project) -> tuple[str, ...]:
    """The groups to install: for testing, else uv's, else for developing."""
    old = ("dev",) if tool(project, "uv").get("dev-dependencies") else ()
    found = purposes((*project.groups, *old))
    return found if is_for_testing(found) else default_groups(project) or found


def group_options(project: Project) -> tuple[str, ...]:
    """The groups as options of uv."""
    everything = tool(project, "uv").get("default-groups") == "all"
    if everything and not is_for_testing(groups(project)):
        return ("--all-groups",)
    return ("--no-default-groups", *flags("--group", groups(project)))


def extra_options(project: Project) -> tuple[str, ...]:
    """The extras as options of uv."""
    return flags("--extra", purposes(tuple(table(project.metadata, "optional-dependencies"))))


def named(project: Project) -> Iterator[str]:
    """The choice for a reader."""
    everything = "--all-groups" in group_options(project)
    yield from ("all groups",) if everything else (f"group {name}" for name in groups(project))
    yield from (f"extra {name}" for name in extra_options(project)[1::2])
    yield "the project"


SET_UP = SetUp("uv.lock", 1, "`uv sync --frozen` with the groups and extras for testing", plan, lock="uv.lock")
