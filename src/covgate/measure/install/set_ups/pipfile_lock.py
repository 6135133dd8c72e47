"""Pipfile.lock: a list of everything, read as requirements."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from covgate.measure.install.chosen import itself, itself_in_words
from covgate.measure.install.project import Project, table, unreadable, words
from covgate.measure.install.set_up import UV_INSTALL, InstallPlan, SetUp, listed

LOCK = "Pipfile.lock"
REQUIREMENTS = "pipfile-lock.txt"


def plan(project: Project, folder: str) -> InstallPlan:
    """All that is locked, for running and for developing: a Pipfile knows no more purposes."""
    lock = read_lock(project.texts[LOCK])
    packages = {**table(lock, "default"), **table(lock, "develop")}
    lines = [line for name, entry in packages.items() if isinstance(entry, dict) for line in requirement(name, entry)]
    folders = tuple(part for entry in packages.values() if isinstance(entry, dict) for part in local(entry))
    own = () if "." in folders else itself(project, ())
    return InstallPlan(
        steps=((*UV_INSTALL, "-r", f"{folder}/{REQUIREMENTS}", *folders, *own),),
        files={REQUIREMENTS: "".join(f"{line}\n" for line in lines)},
        found=listed(("the packages and dev-packages of Pipfile.lock", *(itself_in_words(project, ()) if own else ()))),
        why="Pipfile.lock pins every version; requirements files are left aside",
        override="pip install pipenv && pipenv sync --dev",
    )


def read_lock(text: str) -> Mapping[str, Any]:
    """The lock; MeasurementError where it is no JSON object."""
    try:
        lock = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unreadable(LOCK, f"it is not valid JSON: {error}") from error
    if not isinstance(lock, dict):
        raise unreadable(LOCK, "it is no JSON object")
    return lock


def requirement(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """A package as a line of a requirements file; none for what lies in a folder."""
    extras = f"[{','.join(words(entry.get('extras')))}]" if entry.get("extras") else ""
    marker = f" ; {entry['markers']}" if entry.get("markers") else ""
    hashes = "".join(f" --hash={value}" for value in words(entry.get("hashes")))
    if "git" in entry:
        yield f"{name}{extras} @ git+{entry['git']}@{entry.get('ref', 'HEAD')}{marker}"
    elif isinstance(entry.get("file"), str):
        yield f"{name}{extras} @ {entry['file']}{marker}{hashes}"
    elif isinstance(version := entry.get("version"), str):
        yield f"{name}{extras}{version if version != '*' else ''}{marker}{hashes}"


def local(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """A package that lies in a folder, as arguments."""
    path = entry.get("path")
    if not isinstance(path, str):
        return ()
    return ("-e", path) if entry.get("editable") else (path,)


SET_UP = SetUp(LOCK, 4, "Its packages and dev-packages, with their hashes, and the project", plan, lock=LOCK)
