"""What the suite finds in its environment."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from covgate.shell.container import scrubbed
from covgate.shell.processes import Untrusted

# What other runs of coverage, covgate and pytest left there for their own subprocesses.
_OTHERS = ("COVERAGE_", "COV_CORE_", "COVGATE_", "PYTEST_XDIST_", "PYTEST_CURRENT_TEST")
_PLACE = ("USER", "LOGNAME", "VIRTUAL_ENV")


def suite_environment(
    environment: Mapping[str, str], python: str, names: Sequence[str] = (), user: Untrusted | None = None
) -> dict[str, str]:
    """The environment to run the suite and the probe in.

    Shape:  `python` is first on the path, as in an active venv; settings of other runs are not handed on;
            for an untrusted user only harmless variables and those of `names` are.
    """
    given = dict(environment)
    if user:
        place = {name: given[name] for name in _PLACE if name in given}
        given = {**scrubbed(given, names), **place, "HOME": user.home}
    kept = {name: value for name, value in given.items() if not name.startswith(_OTHERS)}
    home = Path(python).parent
    kept["PATH"] = f"{home}{os.pathsep}{kept.get('PATH', os.defpath)}"
    kept.pop("VIRTUAL_ENV", None)
    if (home.parent / "pyvenv.cfg").is_file():
        kept["VIRTUAL_ENV"] = str(home.parent)
    return kept
