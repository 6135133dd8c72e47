"""Coverage that was measured earlier or elsewhere: `covgate report --data`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from covgate.errors import MeasurementError
from covgate.model.snapshot import FileCoverage, Origin, PathMapping, Snapshot
from covgate.model.suite import NOT_RUN, SuiteResult
from covgate.parse.combine import combined, combined_origin, few
from covgate.parse.formats.junit_xml import suite_result
from covgate.parse.input_format import ForeignReport
from covgate.parse.paths import Matches, candidates, match_paths
from covgate.parse.refine import impossible_lines, refine
from covgate.parse.shard_checks import read_by
from covgate.parse.shard_results import endings, repeated, times, united
from covgate.parse.tally import renamed
from covgate.ports import Measurement, SuiteOrder
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.data_paths import DataFile
from covgate.shell.shards import Gathered, gather
from covgate.shell.suite.probing import ExportRequest

LARGEST_SOURCE = 16 * 1024 * 1024


class Analyser(Protocol):
    """What is asked of the suite's own Python; see `Probe`."""

    def paths(self, data_files: Sequence[str], base_files: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
        """The files measured in these data files, as the data name them; `base_files` are those of the export."""

    def export(self, wanted: ExportRequest) -> Snapshot:
        """What was covered."""

    def analyse(self, paths: Sequence[str]) -> tuple[FileCoverage, ...]:
        """Statements and branches of these files of the repository, nothing of them executed."""


@dataclass(frozen=True, slots=True)
class _Repository:
    """The files on disk that paths are matched with."""

    root: Path
    python_files: tuple[str, ...]

    def matched(self, given: Sequence[str], roots: Sequence[str] = ()) -> Matches:
        """The repository's files for these paths; such as git ignores too, where they lie where the paths say."""
        root = str(self.root)
        ignored = {path for one in given for path in candidates(one, root, roots) if (self.root / path).is_file()}
        return match_paths(given, ignored.union(self.python_files), root, roots)

    def source(self, path: str) -> list[str] | None:
        """A file's lines; None where it cannot be read or is no source that people write."""
        place = self.root / path
        try:
            if not place.is_file() or place.stat().st_size > LARGEST_SOURCE:
                return None
            text = place.read_bytes().decode("utf-8", errors="replace")
            # Not `splitlines`: it ends lines at form feeds and other signs that are text to Python.
            return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class _Given:
    """A foreign report whose paths are the repository's own.

    Shape:  `inexact` as in ForeignReport, with the repository's paths.
    """

    where: str
    report: ForeignReport
    matches: Matches
    files: tuple[FileCoverage, ...]
    inexact: frozenset[str]


def read_given(
    data: Sequence[str],
    order: SuiteOrder,
    *,
    root: str,
    probe: Analyser,
    python_files: Sequence[str],
    default_source: Sequence[str] = (),
    committed: Committed = NOTHING_COMMITTED,
) -> Measurement:
    """Reads coverage data and reports made earlier, and combines them.

    Shape:  `data` are files, directories and globs; `python_files` the repository's Python files, relative to `root`;
            `default_source` is what a run here measures where nothing is configured, and so what shards measured;
            `committed` is what Git tracks, where nobody's word is taken for what was committed.
    Errors: MeasurementError where one cannot be read, none of their files is one of the repository's, or a report tells
            of another version of a changed file.
    """
    repository = _Repository(Path(root).resolve(), tuple(python_files))
    gathered = gather(data, repository.root, order.shards, order.head_sha, committed)
    data_files = tuple(str(file.path) for file in gathered.files if file.format.parse is None)
    reports = [(file.where, _parsed(file)) for file in gathered.files if file.format.parse is not None]
    given = [_placed(where, report, repository) for where, report in reports if report.suite is None]
    if not data_files and not given:
        raise MeasurementError("these are test results without coverage", where=few([where for where, _ in reports]))
    data_matches = repository.matched(probe.paths(data_files, order.base_files)) if data_files else Matches({})
    if not any(shard.suite.broken for shard in gathered.shards):  # a suite that crashed may have covered nothing
        _refuse_strangers(data_matches, given, repository)
    asked = _export_request(data_files, data_matches, given, order)
    exported = probe.export(replace(asked, default_source=tuple(default_source)) if gathered.shards else asked)
    changed = frozenset(order.changed)
    refined, remarks = _refined(given, changed, probe, repository)
    snapshot = _snapshot(exported, given, refined, (*gathered.notes, *_path_notes(data_matches, given), *remarks))
    if gathered.shards:
        return _of_shards(snapshot, gathered, order)
    return Measurement(snapshot, _result(reports))


def _parsed(file: DataFile) -> ForeignReport:
    if file.format.parse is None:
        raise TypeError(f"{file.format.id} is read by the probe")
    return file.format.parse(file.content(), file.where)


def _placed(where: str, report: ForeignReport, repository: _Repository) -> _Given:
    matches = repository.matched([file.path for file in report.files], report.roots)
    ours = matches.paths
    files = tuple(renamed(file, ours[file.path]) for file in report.files if file.path in ours)
    return _Given(where, report, matches, files, frozenset(ours[path] for path in report.inexact if path in ours))


def _refuse_strangers(data: Matches, given: Sequence[_Given], repository: _Repository) -> None:
    """A report of other files must not pass for one that found nothing to miss."""
    matches = [data, *(one.matches for one in given)]
    if any(one.paths for one in matches):
        return
    named = [path for one in matches for path in (*one.ambiguous, *one.unknown)]
    if not named:
        raise MeasurementError("the coverage data hold no file at all", hint="Did the run measure anything?")
    raise MeasurementError(
        "none of the files in the coverage data is one of this repository's",
        where=few(named),
        hint=f"The repository holds {few(repository.python_files) or 'no Python file'}. Was another one measured?",
    )


def _export_request(
    data_files: tuple[str, ...], data: Matches, given: Sequence[_Given], order: SuiteOrder
) -> ExportRequest:
    """What to ask the probe: the data files' coverage, and the changed files that ought to have been measured."""
    measured = {path for one in given for path in one.matches.paths.values()} | set(data.paths.values())
    return ExportRequest(
        data_files=data_files,
        changed=order.changed,
        base_files=order.base_files,
        source=order.judged_source,
        default_source=_tops(measured, order.changed) if given else (),
        remap={mapping.given: mapping.path for mapping in data.mapped},
    )


def _tops(measured: Iterable[str], changed: Iterable[str]) -> tuple[str, ...]:
    """Directories that were measured, at the top of the repository or below `src`; stands in where no `source` is set.

    Shape:  where files at the very top were measured, the changed ones there count too, as modules.
    """
    parts = [path.split("/")[:-1] for path in measured]
    tops = {"/".join(folders[: 2 if folders[0] == "src" else 1]) for folders in parts if folders}
    if not all(parts):
        tops.update(path.removesuffix(".py") for path in changed if "/" not in path and path.endswith(".py"))
    return tuple(sorted(tops))


def _snapshot(
    exported: Snapshot, given: Sequence[_Given], refined: Sequence[FileCoverage], notes: Iterable[str]
) -> Snapshot:
    """The data files' snapshot and the reports, in one."""
    files, remarks = combined([*exported.files, *refined])
    measured = {file.path for file in files}
    said = (*exported.notes, *(note for one in given for note in one.report.notes), *notes, *remarks)
    return replace(
        exported,
        files=files,
        origin=_origin(exported, given),
        unmeasured=tuple(file for file in exported.unmeasured if file.path not in measured),
        left_out=tuple(file for file in exported.left_out if file.path not in measured),
        mapped=_mapped(exported.mapped, given),
        notes=tuple(dict.fromkeys(said)),
    )


def _origin(exported: Snapshot, given: Sequence[_Given]) -> Origin:
    reports = [one.report for one in given]
    own = [exported.origin] if exported.files or not reports else []
    has_branches = any([*(origin.has_branches for origin in own), *(report.has_branches for report in reports)])
    theirs = [Origin(report.tool, report.version, has_branches=has_branches) for report in reports]
    return combined_origin([*own, *theirs], has_branches=has_branches)


def _mapped(by_probe: Iterable[PathMapping], given: Iterable[_Given]) -> tuple[PathMapping, ...]:
    return tuple(dict.fromkeys((*by_probe, *(mapping for one in given for mapping in one.matches.mapped))))


def _refined(
    given: Sequence[_Given], changed: frozenset[str], probe: Analyser, repository: _Repository
) -> tuple[list[FileCoverage], list[str]]:
    """The reports' files; those that changed, and those that only the source can count, completed by the probe."""
    asked = sorted({file.path for one in given for file in one.files if file.path in changed | one.inexact})
    sources = {file.path: file for file in probe.analyse(asked)} if asked else {}
    files: list[FileCoverage] = []
    notes: list[str] = []
    for one in given:
        older = _refuse_older(one, changed, repository)
        if older:
            notes.append(f"{one.where} tells of other versions of files that did not change here: {few(older)}.")
        for file in one.files:
            source = sources.get(file.path)
            refined, note = _complete(file, source, one, is_changed=file.path in changed) if source else (file, "")
            files.append(refined)
            notes.extend(filter(None, [note]))
    return files, notes


def _refuse_older(given: _Given, changed: frozenset[str], repository: _Repository) -> list[str]:
    """Unchanged files of which the report lists statements that cannot be.

    Errors: MeasurementError where it is a changed file: its numbers would be those of another text.
    """
    older = []
    for file in given.files:
        source = repository.source(file.path)
        if source is None:
            continue
        wrong = impossible_lines(file.statements, source, is_python=file.path.endswith(".py"))
        if wrong and file.path in changed:
            raise _older(given.where, file.path, f"it counts line {wrong.ranges[0][0]}, which is no statement")
        if wrong:
            older.append(file.path)
    return older


def _complete(file: FileCoverage, source: FileCoverage, given: _Given, *, is_changed: bool) -> tuple[FileCoverage, str]:
    """The file in the source's terms, and a remark where the two do not agree."""
    refined = refine(file, source, has_branches=given.report.has_branches, inexact=file.path in given.inexact)
    if not is_changed:
        known = refined.file.statements - refined.unheard
        return (file if refined.looks_older else refined.file.narrow(known)), ""
    if refined.looks_older:
        raise _older(given.where, file.path, f"it counts lines {refined.gone}, which are no statements")
    if not refined.unheard:
        return refined.file, ""
    words = f"{given.where} does not know the statements of {file.path} at {refined.unheard}: they count as missed."
    return refined.file, f"{words} Was it made with another Python, or before they were written?"


def _older(where: str, path: str, proof: str) -> MeasurementError:
    return MeasurementError(
        f"the data is older than the source of {path}: {proof}",
        where=where,
        hint="Measure again: the report was made of another version of this file.",
    )


def _path_notes(data: Matches, given: Sequence[_Given]) -> list[str]:
    """What was left out because its path fits no file, or more than one."""
    notes = []
    for where, matches in [("The coverage data", data), *((one.where, one.matches) for one in given)]:
        if matches.ambiguous:
            notes.append(f"{where}: paths that fit several files were not guessed: {few(matches.ambiguous)}.")
        if matches.unknown and where != "The coverage data":  # of those the probe tells
            notes.append(f"{where}: files that are not this repository's were left out: {few(matches.unknown)}.")
    return notes


def _of_shards(snapshot: Snapshot, gathered: Gathered, order: SuiteOrder) -> Measurement:
    """The measurement as that of the suite whose shards these are."""
    shards = gathered.shards
    origin, remarks = read_by(shards, snapshot.origin)
    notes = [*endings(shards), times(shards), repeated(shards), *remarks]
    if not order.shards:
        notes.append("`suite.shards` names no shards, so nobody knows whether all of them have reported.")
    if gathered.strays:
        became = "left out: nobody knows of which commit they are" if order.shards else "counted as well"
        notes.append(f"Data that are of no shard were {became}: {few(gathered.strays)}.")
    snapshot = replace(snapshot, origin=origin, notes=(*snapshot.notes, *filter(None, notes)))
    return Measurement(snapshot, united(shards), shards=shards)


def _result(reports: Sequence[tuple[str, ForeignReport]]) -> SuiteResult:
    """The test results among the reports, as one."""
    suites = {where: report.suite for where, report in reports if report.suite is not None}
    if not suites:
        return NOT_RUN
    return suite_result((case for suite in suites.values() for case in suite.cases), few(list(suites)))
