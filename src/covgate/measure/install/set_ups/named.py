"""No lock: requirements files, extras and dependency groups of the usual names, and the project itself."""

from dataclasses import replace

from covgate.measure.install.chosen import Chosen, chosen
from covgate.measure.install.project import Project, flags
from covgate.measure.install.purposes import purpose_of
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan, SetUp, listed, shell_line

HASHED = "--require-hashes"


def plan(project: Project, _folder: str) -> InstallPlan:
    """Everything found, resolved together; but files that ask for a hash of everything first and alone."""
    what = chosen(project)
    if not what.arguments:
        return InstallPlan()
    strict = tuple(path for path in what.files if HASHED in project.texts[path])
    rest = replace(what, files=tuple(path for path in what.files if path not in strict))
    parts = tuple(part for part in (flags("-r", strict), rest.arguments) if part)
    return InstallPlan(
        steps=tuple((*UV_INSTALL, *part) for part in parts),
        found=listed(what.names),
        why=reason(what),
        override=" && ".join(map(shell_line, parts)),
    )


def reason(what: Chosen) -> str:
    """Why this and no more."""
    if what.hint.where:
        return f"there is no lock, and only {what.hint.where} tells what the tests need"
    if what.groups or what.extras or what.own_groups or any(map(purpose_of, what.files)):
        return "there is no lock, and these have names that stand for testing or developing"
    return "there is no lock, and nothing has a name that stands for testing or developing"


SET_UP = SetUp("names", 5, "Requirements files, extras and dependency groups of the names below, and the project", plan)
