"""Data files of coverage.py: checked, then read into one."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coverage import CoverageData

SCHEMA_VERSION = 7


class UnusableDataError(Exception):
    """A file is no coverage data that can be read here."""

    slug = "data"


class DamagedDataError(UnusableDataError):
    """A file that coverage.py began and did not finish, or that something spoilt afterwards."""


class PathMap:
    """Paths in the data → paths of this machine.

    Shape:  `remap` gives for a path in the data one of the repository's; what it does not name goes through the rules
            of [paths], and what is relative then is taken from `root`.
    """

    def __init__(self, aliases: Any, root: str, remap: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._root = root
        self._remap = remap

    def map(self, path: str) -> str:
        """The file's absolute path here."""
        return str(Path(self._root, self._remap.get(path) or self._aliases.map(path)))


def combine(data: CoverageData, paths: Sequence[str], mapping: PathMap, *, forgiving: bool = False) -> list[str]:
    """Adds what the files hold to `data`; the files stay as they are.

    Shape:  `data` are on disk: some versions of coverage can add one file only to data in memory, since the second
            finds the first still attached. `forgiving` passes over damaged files, and answers their paths, as long as
            another one can be read: a process of the suite that is killed while it saves leaves half a file.
    Errors: UnusableDataError where one is no data file, or has lines only where another has branches.
    """
    damaged: list[DamagedDataError] = []
    skipped: list[str] = []
    for path in paths:
        try:
            _add(data, path, mapping)
        except DamagedDataError as error:
            damaged.append(error)
            skipped.append(path)
    if damaged and (not forgiving or len(skipped) == len(paths)):
        raise damaged[0]
    return skipped


def _add(data: CoverageData, path: str, mapping: PathMap) -> None:
    """Adds what one file holds, or nothing of it."""
    other = opened(path)
    try:
        _update(data, other, mapping)
    except Exception as error:  # whatever a damaged database makes coverage and sqlite raise
        spoilt = isinstance(error, sqlite3.Error) or "malformed" in str(error) or "Couldn't" in str(error)
        kind = DamagedDataError if spoilt else UnusableDataError
        raise kind(f"{path}: {error}") from error
    finally:
        close(other)


def _update(data: CoverageData, other: CoverageData, mapping: PathMap | None = None) -> None:
    """Adds other data, with their paths mapped; coverage's versions take the mapping in two ways."""
    update: Any = data.update
    if other.has_arcs():
        data.add_arcs({})  # even where nothing ran: that branches were measured must not get lost
    if mapping is None:
        update(other)
    elif "map_path" in inspect.signature(update).parameters:
        update(other, map_path=mapping.map)
    else:
        update(other, aliases=mapping)


def opened(path: str) -> CoverageData:
    """A data file that was found to be one, read.

    Errors: UnusableDataError.
    """
    _check(path)
    data = CoverageData(basename=path)
    try:
        data.read()
    except Exception as error:
        raise DamagedDataError(f"{path}: {error}") from error
    return data


def close(data: CoverageData) -> None:
    """Closes the database, in versions of coverage that do not do so after each query."""
    if hasattr(data, "close"):
        data.close()


def _check(path: str) -> None:
    """Nothing but tables and indexes, in the one schema that all supported versions write.

    Coverage itself would write its tables into an empty file, and would follow a view that never ends.
    """
    if not Path(path).is_file():
        raise UnusableDataError(f"{path} is no regular file")
    try:
        connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            kinds = {kind for (kind,) in connection.execute("select distinct type from sqlite_master")}
            version = connection.execute("select version from coverage_schema").fetchone() if kinds else (None,)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise DamagedDataError(f"{path} is no data file of coverage.py ({error})") from error
    if not kinds:
        raise DamagedDataError(f"{path} is no data file of coverage.py: nothing is in it")
    if not kinds <= {"table", "index"}:
        raise UnusableDataError(f"{path} holds more than coverage.py puts into a data file")
    if version is None or version[0] != SCHEMA_VERSION:
        raise UnusableDataError(f"{path} is no data file of coverage.py in a format known here")
