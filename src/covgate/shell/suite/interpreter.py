"""Which Python runs the suite."""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from covgate.errors import MeasurementError

ANOTHER = "Name one that is there, by version or path: `--python 3.13`, `--python .venv`, `suite.python`."
_VERSION = re.compile(r"\d+(\.\d+)*")


def find_python(wanted: str, root: str, environment: Mapping[str, str]) -> str:
    """The path of the suite's interpreter.

    Shape:  `wanted` is a path, a command or a version, "" for the project's own: of the active venv, of one in the
            repository, of the path, or the one that runs covgate.
    Errors: MeasurementError where what is wanted is not there.
    """
    if wanted:
        return _wanted(wanted, root, environment)
    active = environment.get("VIRTUAL_ENV")
    places = [*([Path(active)] if active else []), Path(root, ".venv"), Path(root, "venv")]
    own = next((str(place / "bin/python") for place in places if (place / "bin/python").is_file()), "")
    return own or shutil.which("python3", path=environment.get("PATH")) or sys.executable


def _wanted(wanted: str, root: str, environment: Mapping[str, str]) -> str:
    """By path, relative to the repository too; a directory is taken for a venv."""
    if _VERSION.fullmatch(wanted):
        found = shutil.which(f"python{wanted}", path=environment.get("PATH"))
        if found:
            return found
        raise MeasurementError(f"there is no python{wanted} on the path", hint=ANOTHER)
    if "/" not in wanted and (found := shutil.which(wanted, path=environment.get("PATH"))):
        return found
    place = Path(root, wanted)
    place = place / "bin/python" if place.is_dir() else place
    if not place.is_file():
        raise MeasurementError("there is no such Python", where=wanted, hint=ANOTHER)
    return str(place.absolute())
