"""poetry.lock: uv cannot read it, so its versions hold as constraints for what pyproject.toml names."""

from covgate.measure.install.chosen import chosen
from covgate.measure.install.pins import constraints, locked_pins
from covgate.measure.install.project import Project, read_toml
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan, SetUp, listed

LOCK = "poetry.lock"
CONSTRAINTS = "poetry-lock.txt"


def plan(project: Project, folder: str) -> InstallPlan:
    """What pyproject.toml names, in the versions of the lock."""
    what = chosen(project, files=False)
    pins = locked_pins(read_toml(LOCK, project.texts[LOCK]), "markers")
    groups = (*what.groups, *what.own_groups)
    options = "".join((*(f" --with {name}" for name in groups), *(f" --extras {name}" for name in what.extras)))
    return InstallPlan(
        steps=((*UV_INSTALL, "--constraints", f"{folder}/{CONSTRAINTS}", *what.arguments),),
        files={CONSTRAINTS: constraints(pins)},
        found=f"{listed(what.names)}, in the versions of poetry.lock",
        why="poetry.lock pins every version; requirements files are left aside",
        override=f"pip install poetry && poetry install{options}",
    )


SET_UP = SetUp(
    LOCK, 2, "What `pyproject.toml` names for testing, in the lock's versions, with its hashes", plan, lock=LOCK
)
