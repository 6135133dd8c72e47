"""The settings file as it lies in the repository."""

import os
from pathlib import Path

from covgate.errors import SettingsError
from covgate.settings import MOST_BYTES, decoded

CONFIG = ".covgate.yml"


def read_config(root: Path, wanted: str) -> tuple[str | None, str]:
    """The settings file's text, and its path in the repository; no text where there is none and none was asked for.

    Errors: SettingsError where a file that was asked for is not there or lies outside, or where it is no text.
    """
    path = located(root, wanted) if wanted else root / CONFIG
    if not path.is_file():
        if wanted:
            raise SettingsError("there is no such settings file", where=wanted, hint="Name another with `--config`.")
        return None, CONFIG
    if not path.resolve().is_relative_to(root.resolve()):
        hint = "Keep it within: the base's version of it decides."
        raise SettingsError("the settings file is outside the repository", where=str(path), hint=hint)
    name = name_of(path, root)
    return text_of(path, name), name


def located(root: Path, wanted: str) -> Path:
    """The file that a path means: as seen from here, else as seen from the repository's top."""
    return here if (here := Path(wanted)).is_file() else root / wanted


def name_of(path: Path, root: Path) -> str:
    """The file's path in the repository as it is asked for, by which the base's version is found.

    No link is followed: a change could put one there that leads to a file which the base has not got.
    """
    asked = Path(os.path.normpath(path.absolute()))
    places = (asked, asked.parent.resolve() / asked.name, path.resolve())
    tops = (root, root.resolve())
    return next(one.relative_to(top).as_posix() for one in places for top in tops if one.is_relative_to(top))


def text_of(path: Path, name: str) -> str:
    """The file's text; `name` is its path in the repository.

    Errors: SettingsError where it is too large, cannot be read, or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            return decoded(file.read(MOST_BYTES + 1), name)
    except OSError as error:
        raise SettingsError(f"the settings file cannot be read: {error.strerror}", where=f"`{name}`") from error
