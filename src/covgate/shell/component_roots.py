"""Whether the directories of components are there."""

import re
from pathlib import Path

from covgate.settings import Settings, SettingsMistakesError
from covgate.settings.mistakes import Mistake

NOT_THERE = "there is no such directory in the repository"


def refuse_missing_roots(root: Path, settings: Settings) -> None:
    """Makes sure that each component of the settings file has its directory.

    Errors: SettingsMistakesError with the line of each that is not there, or is reached through a link that leads out.
    """
    mistakes = [
        _mistake(index, settings.origin(f"components.{component.name}.root"))
        for index, component in enumerate(settings.components)
        if not _is_there(root, component.root)
    ]
    if mistakes:
        raise SettingsMistakesError(mistakes)


def _is_there(root: Path, directory: str) -> bool:
    place = root / directory
    return place.is_dir() and place.resolve().is_relative_to(root.resolve())


def _mistake(index: int, origin: str) -> Mistake:
    line = re.search(r" line (\d+)$", origin)
    return Mistake(int(line[1]) if line else 0, 1, origin, f"components.{index}.root", NOT_THERE)
