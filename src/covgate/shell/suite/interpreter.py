"""Which Python runs the suite."""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from covgate.errors import MeasurementError

ANOTHER = "Name one that is there, by version or path: `--python 3.13`, `--python .venv`, `suite.python`."
_VERSION = re.compile(r"\d+(\.\d+)*")


def find_python(wanted: str, root: str, environment: Mapping[str, str], around: str = "") -> str:
    """The path of the suite's interpreter.

    Shape:  `wanted` is a path, a command or a version, "" for the project's own: of the active venv, of one in the
            repository, of the path, or the one that runs covgate; `root` is the project's directory, and `around` that
            of the project that it is a component of, which is looked in next.
    Errors: MeasurementError where what is wanted is not there.
    """
    if wanted:
        return _wanted(wanted, _roots(root, around), environment)
    active = environment.get("VIRTUAL_ENV")
    venvs = [place / name for place in _roots(root, around) for name in (".venv", "venv")]
    places = [*([Path(active)] if active else []), *venvs]
    own = next((str(place / "bin/python") for place in places if (place / "bin/python").is_file()), "")
    return own or shutil.which("python3", path=environment.get("PATH")) or sys.executable


def _roots(root: str, around: str) -> list[Path]:
    return [Path(root), *([Path(around)] if around else [])]


def _wanted(wanted: str, roots: list[Path], environment: Mapping[str, str]) -> str:
    """By path, relative to the repository too; a directory is taken for a venv."""
    if _VERSION.fullmatch(wanted):
        found = shutil.which(f"python{wanted}", path=environment.get("PATH"))
        if found:
            return found
        raise MeasurementError(f"there is no python{wanted} on the path", hint=ANOTHER)
    if "/" not in wanted and (found := shutil.which(wanted, path=environment.get("PATH"))):
        return found
    named = [root / wanted for root in roots]
    for place in (place / "bin/python" if place.is_dir() else place for place in named):
        if place.is_file():
            return str(place.absolute())
    raise MeasurementError("there is no such Python", where=wanted, hint=ANOTHER)
