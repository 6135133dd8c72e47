"""pdm.lock: uv cannot read it, so its versions hold as constraints for what pyproject.toml names."""

from covgate.measure.install.chosen import chosen
from covgate.measure.install.pins import constraints, locked_pins
from covgate.measure.install.project import Project, read_toml
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan, SetUp, listed

LOCK = "pdm.lock"
CONSTRAINTS = "pdm-lock.txt"


def plan(project: Project, folder: str) -> InstallPlan:
    """What pyproject.toml names, in the versions of the lock."""
    what = chosen(project, files=False)
    pins = locked_pins(read_toml(LOCK, project.texts[LOCK]), "marker")
    options = "".join(f" -G {name}" for name in (*what.groups, *what.own_groups, *what.extras))
    return InstallPlan(
        steps=((*UV_INSTALL, "--constraints", f"{folder}/{CONSTRAINTS}", *what.arguments),),
        files={CONSTRAINTS: constraints(pins)},
        found=f"{listed(what.names)}, in the versions of pdm.lock",
        why="pdm.lock pins every version; requirements files are left aside",
        override=f"pip install pdm && pdm sync{options}",
    )


SET_UP = SetUp(
    LOCK, 3, "What `pyproject.toml` names for testing, in the lock's versions, with its hashes", plan, lock=LOCK
)
