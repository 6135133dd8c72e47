"""No lock: requirements files, extras and dependency groups of the usual names, and the project itself."""

from covgate.measure.install.chosen import Chosen, chosen
from covgate.measure.install.project import Project
from covgate.measure.install.purposes import purpose_of
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan, SetUp, listed, shell_line


def plan(project: Project, _folder: str) -> InstallPlan:
    """Everything found, resolved together."""
    what = chosen(project)
    if not what.arguments:
        return InstallPlan()
    return InstallPlan(
        steps=((*UV_INSTALL, *what.arguments),),
        found=listed(what.names),
        why=reason(what),
        override=shell_line(what.arguments),
    )


def reason(what: Chosen) -> str:
    """Why this and no more."""
    if what.hint.where:
        return f"there is no lock, and only {what.hint.where} tells what the tests need"
    if what.groups or what.extras or what.own_groups or any(map(purpose_of, what.files)):
        return "there is no lock, and these have names that stand for testing or developing"
    return "there is no lock, and nothing has a name that stands for testing or developing"


SET_UP = SetUp(
    "names", 5, "requirements files, extras and dependency groups called test, tests, testing, dev or ci", plan
)
