"""What was covered: one pass over coverage.py's own analysis, in the order and the selection of its own reports."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData
from coverage.exceptions import NoDataError, NotPython

from .analysis import file_entry
from .bounds import Bounds
from .data import PathMap, UnusableDataError, close, combine, opened
from .describe import describe
from .parts import in_parts
from .reach import knows_tests, reached_by
from .stale import stale_files

try:
    from coverage.report_core import get_analysis_to_report
except ImportError:  # before coverage 7.4
    from coverage.report import get_analysis_to_report  # type: ignore[attr-defined]

Entry = dict[str, Any]
Part = tuple[list[tuple[str, Entry]], list[str], list[str]]
"""Measured files with their names on disk, the names of those outside the repository, and coverage's warnings."""


def export(request: dict[str, Any]) -> dict[str, Any]:
    """The measured files, and an answer for each changed file that was not measured."""
    with tempfile.TemporaryDirectory(prefix="covgate-") as folder:
        return _export(request, str(Path(folder, "combined")))


def _export(request: dict[str, Any], combined: str) -> dict[str, Any]:
    root = Path(request["root"]).resolve()
    reading = _reading(request["rcfile"], combined)
    data = reading.get_data()
    if not request["data_files"]:
        data.add_arcs({})  # nothing was measured, and branches would have been
    mapping = PathMap(reading._make_aliases(), str(root), request["remap"])
    skipped = combine(data, request["data_files"], mapping, forgiving=request.get("forgiving", False))
    measured = sorted(data.measured_files())
    parts = _measured(reading, request["rcfile"], combined, root, measured)
    files = [entry for _, entry in sorted((file for part in parts for file in part[0]), key=_order)]
    known = {entry["path"] for entry in files}
    bounds = Bounds(str(root), request["bounds"], request["source"], request["default_source"], measured)
    missing = sorted(path for path in request["changed"] if path not in known)
    # Where the suite ran just now, a source that it rewrote is found by its content.
    stale = () if request.get("forgiving") else stale_files(reading, data, root, known.intersection(request["changed"]))
    unmeasured, left_out = _unmeasured(reading, root, missing, bounds)
    return {
        "has_branches": bool(data.has_arcs()) or not measured,
        "files": files,
        "unmeasured": unmeasured,
        "left_out": left_out,
        "stale": list(stale),
        "mapped": sorted([given, path] for given, path in request["remap"].items() if path in known),
        "notes": _notes(reading, parts, root, len(skipped)),
    }


def analyse(request: dict[str, Any]) -> dict[str, Any]:
    """Statements and branches of the files at "paths", nothing executed; files that do not parse are left out."""
    root = Path(request["root"]).resolve()
    reading = _reading(request["rcfile"])
    reading.get_data().add_arcs({})  # data that know of branches, so that branches are analysed
    files, _ = _unmeasured(reading, root, sorted(set(request["paths"])), None)
    return {"files": files}


def paths(request: dict[str, Any]) -> dict[str, Any]:
    """The names of the measured files in the data files; and, where "describe" is its request, what that answers."""
    found: set[str] = set()
    for path in request["data_files"]:
        data = opened(path)
        found.update(data.measured_files())
        close(data)
    asked = request.get("describe")
    return {**(describe(asked) if asked else {}), "paths": sorted(found)}


def gather(request: dict[str, Any]) -> dict[str, Any]:
    """Makes one data file, at "into", of those in "data_files", with their paths as they are.

    What a killed process left half written is passed over, as it is in the export.
    """
    whole = CoverageData(basename=request["into"])
    for path in request["data_files"]:
        try:
            other = opened(path)
        except UnusableDataError:
            continue
        if other.has_arcs():
            whole.add_arcs({})  # even where nothing ran: that branches were measured must not get lost
        whole.update(other)
        close(other)
    if not Path(request["into"]).exists():
        whole.add_arcs({})  # nothing was measured: a file that says so
    close(whole)
    return {}


def _reading(rcfile: str, data_file: str | None = None) -> Coverage:
    reading = Coverage(data_file=data_file, config_file=rcfile)
    # A file that cannot be read any more must not hide all others: it is named in the notes.
    reading.config.ignore_errors = True
    reading.config.relative_files = False
    return reading


def _measured(reading: Coverage, rcfile: str, combined: str, root: Path, measured: list[str]) -> list[Part]:
    """All measured files, analysed by as many processes as are worth it.

    A forked process opens the combined data anew: data that coverage finds open there it erases, as data of the process
    that it was forked from.
    """

    def here(paths: Sequence[str]) -> Part:
        return _analysed(reading, root, paths)

    def forked(paths: Sequence[str]) -> Part:
        again = _reading(rcfile, combined)
        again.load()
        files, outside, warnings = _analysed(again, root, paths)
        return files, outside, [*warnings, *map(str, again._warnings)]

    return in_parts(measured, here, forked)


def _analysed(reading: Coverage, root: Path, paths: Sequence[str]) -> Part:
    files: list[tuple[str, Entry]] = []
    outside: list[str] = []
    tests_known = knows_tests(reading.get_data())
    for reporter, analysis in _analyses(reading, paths):
        path = _inside(root, Path(reporter.filename))
        if path is None:
            outside.append(reporter.filename)
        else:
            entry = file_entry(path, reporter, analysis)
            if tests_known:
                entry["reached_by"] = reached_by(reading.get_data(), reporter, analysis)
            files.append((reporter.filename, entry))
    return files, outside, []


def _analyses(reading: Coverage, paths: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    try:
        yield from get_analysis_to_report(reading, list(paths))
    except NoDataError:
        return


def _order(file: tuple[str, Entry]) -> tuple[str, str]:
    """By path in the repository, then by name on disk: links may lead to one file by two names."""
    name, entry = file
    return entry["path"], name


def _unmeasured(
    reading: Coverage, root: Path, missing: list[str], bounds: Bounds | None
) -> tuple[list[Entry], list[tuple[str, str, bool]]]:
    """Changed files that coverage never saw: their statements, or the reason why they count nowhere.

    Shape:  left out are (path, reason, whether it ought to count and nobody can tell what is in it).
    """
    files: list[Entry] = []
    left_out: list[tuple[str, str, bool]] = []
    for path in missing:
        place = root / path
        if not place.is_file():
            continue
        reason = _reason(root, place, bounds)
        if reason:
            left_out.append((path, reason, False))
            continue
        try:
            reporter = reading._get_file_reporter(str(place))
            files.append(file_entry(path, reporter, _analysis(reading, str(place), reporter)))
        except (NotPython, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            left_out.append((path, f"does not parse: {_short(error, str(place))}", True))
    return files, left_out


def _reason(root: Path, place: Path, bounds: Bounds | None) -> str:
    if _inside(root, place) is None:
        return "leads outside the repository"
    if place.suffix not in (".py", ".pyw"):
        return "no Python source"
    return bounds.reason_against(str(place.resolve())) if bounds else ""


def _analysis(reading: Coverage, place: str, reporter: Any) -> Any:
    """Coverage's analysis; older versions make a reporter of their own."""
    takes_reporter = "file_reporter" in inspect.signature(reading._analyze).parameters
    return reading._analyze(place, file_reporter=reporter) if takes_reporter else reading._analyze(place)


def _inside(root: Path, place: Path) -> str | None:
    """A path relative to the repository with forward slashes; None for one outside."""
    try:
        return place.resolve().relative_to(root).as_posix()
    except ValueError:
        return None


def _short(error: BaseException, place: str) -> str:
    """Coverage's message without the file's name, which stands beside it."""
    told = str(error).replace(f"Couldn't parse '{place}' as Python source: ", "").replace(" at line None", "").strip()
    return told or "too deep for Python's parser"  # a MemoryError says nothing


def _notes(reading: Coverage, parts: Sequence[Part], root: Path, skipped: int) -> list[str]:
    warnings = {*map(str, reading._warnings), *(warning for part in parts for warning in part[2])}
    notes = [warning.replace(f"{root}/", "") for warning in sorted(warnings)]
    outside = [name for part in parts for name in part[1]]
    if outside:
        shown = ", ".join(sorted(outside)[:3])
        notes.append(f"{len(outside)} measured files lie outside the repository and count nowhere: {shown}")
    if skipped:
        noun = "process" if skipped == 1 else "processes"
        notes.append(f"what {skipped} {noun} of the suite covered is lost: ended before the data were saved")
    return notes
