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


def combine(data: CoverageData, paths: Sequence[str], mapping: PathMap) -> None:
    """Adds what the files hold to `data`; the files stay as they are.

    Errors: UnusableDataError where one is no data file, or has lines only where another has branches.
    """
    update: Any = data.update
    by_function = "map_path" in inspect.signature(update).parameters
    for path in paths:
        other = opened(path)
        try:
            if other.has_arcs():
                data.add_arcs({})  # even where nothing ran: that branches were measured must not get lost
            if by_function:
                update(other, map_path=mapping.map)
            else:
                update(other, aliases=mapping)
        except Exception as error:  # whatever a damaged database makes coverage and sqlite raise
            raise UnusableDataError(f"{path}: {error}") from error
        finally:
            close(other)


def opened(path: str) -> CoverageData:
    """A data file that was found to be one, read.

    Errors: UnusableDataError.
    """
    _check(path)
    data = CoverageData(basename=path)
    try:
        data.read()
    except Exception as error:
        raise UnusableDataError(f"{path}: {error}") from error
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
            version = connection.execute("select version from coverage_schema").fetchone() if kinds else None
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UnusableDataError(f"{path} is no data file of coverage.py ({error})") from error
    if not kinds <= {"table", "index"}:
        raise UnusableDataError(f"{path} holds more than coverage.py puts into a data file")
    if version is None or version[0] != SCHEMA_VERSION:
        raise UnusableDataError(f"{path} is no data file of coverage.py in a format known here")
