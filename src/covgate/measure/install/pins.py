"""Versions that a lock file holds, as constraints for an installer that cannot read the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from covgate.measure.install.project import table, tables
from covgate.measure.install.purposes import normal

ELSEWHERE = ("git", "url", "path", "editable", "directory")
"""Keys and kinds of packages that come from no index: a version says nothing about them."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of a package.

    Shape:  `marker` says where it holds, "" for everywhere; `hashes` are those of its files, none where it has none.
    """

    name: str
    version: str
    marker: str = ""
    hashes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """As a requirement."""
        marker = f" ; {self.marker}" if self.marker else ""
        return f"{self.name}=={self.version}{marker}{''.join(f' --hash={value}' for value in self.hashes)}"


def locked_pins(lock: Mapping[str, Any], marker_key: str) -> tuple[Pin, ...]:
    """The pins of a lock file with one `[[package]]` for each version, as poetry.lock and pdm.lock are.

    Shape:  packages that come from no index are left out. A marker that differs between groups is none.
    """
    old_files = table(table(lock, "metadata"), "files")
    found = [
        Pin(
            normal(package["name"]),
            package["version"],
            marker if isinstance(marker := package.get(marker_key, ""), str) else "",
            hashes_of(package if "files" in package else {"files": old_files.get(package["name"], [])}),
        )
        for package in tables(lock, "package")
        if is_pinned(package)
    ]
    return tuple(dict.fromkeys(found))  # extras of a package are listed apart, with the same version


def is_pinned(package: Mapping[str, Any]) -> bool:
    """Whether the entry is a version of a package of an index."""
    source = package.get("source")
    kind = source.get("type", "") if isinstance(source, dict) else ""
    named = isinstance(package.get("name"), str) and isinstance(package.get("version"), str)
    return named and kind not in ELSEWHERE and not any(key in package for key in ELSEWHERE)


def hashes_of(package: Mapping[str, Any]) -> tuple[str, ...]:
    """The digests of a package's files."""
    found = (file.get("hash", "") for file in tables(package, "files"))
    return tuple(dict.fromkeys(value for value in found if isinstance(value, str) and value.startswith("sha256:")))


def constraints(pins: Iterable[Pin]) -> str:
    """A constraints file of the pins.

    Shape:  a line each. A package with several versions is left out where the lock does not say which holds where; one
            with a single version holds it everywhere.
    """
    by_name: dict[str, list[Pin]] = {}
    for pin in pins:
        by_name.setdefault(pin.name, []).append(pin)
    lines = [line for same in by_name.values() for line in constraint_lines(same)]
    return "".join(f"{line}\n" for line in sorted(lines))


def constraint_lines(same: list[Pin]) -> list[str]:
    """The lines for all pins of one package."""
    if len({pin.version for pin in same}) == 1:
        return [Pin(same[0].name, same[0].version, "", same[0].hashes).line]
    return [pin.line for pin in same] if all(pin.marker for pin in same) else []
