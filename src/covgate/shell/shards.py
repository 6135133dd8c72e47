"""Finds shards among the data that were given: their results, and the coverage that belongs to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.model.shard import GivenShard, Shard
from covgate.parse.shard_checks import whole
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.data_paths import DataFile, Found, NothingThereError, find_data

_RESULTS, _DATA = "shard_results", "coverage_data"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the given paths lead to.

    Shape:  `files` hold coverage or reports, those of the shards' results left out; `shards` are in the order in which
            they are expected, none where the data are not of shards; `strays` are data and reports that belong to no
            shard where there are shards: they count only where nobody named the shards. What commit they are of is not
            known, and a change could bring them along in the folder that artifacts are downloaded to.
    """

    files: tuple[DataFile, ...]
    shards: tuple[Shard, ...] = ()
    strays: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def gather(
    data: Sequence[str],
    root: Path,
    expected: Sequence[str] = (),
    head_sha: str = "",
    committed: Committed = NOTHING_COMMITTED,
) -> Gathered:
    """All data files and reports, and the shards that they are of.

    Shape:  `expected` are the names of the shards that must be there, none where nobody named any.
    Errors: MeasurementError as of `find_data` and `whole`. Where shards are expected, a path that leads nowhere is one
            that has not reported.
    """
    given_files = _found(data, root, committed, lenient=bool(expected))
    found = _with_companions(given_files.files, root, committed)
    results = [file for file in found if file.format.id == _RESULTS]
    if not (results or expected):
        return Gathered(tuple(found), notes=given_files.notes)
    files = [file for file in found if file.format.id != _RESULTS]
    by_path = {file.path: file for file in files}
    given = tuple(_given(file, by_path) for file in results)
    own = {file.path.with_name(one.shard.data_name) for file, one in zip(results, given, strict=True)}
    strays = [file for file in files if file.path not in own]
    counted = [file for file in files if not (expected and file in strays)]
    shards = whole(given, expected, head_sha)
    return Gathered(tuple(counted), shards, tuple(file.where for file in strays), given_files.notes)


def _found(data: Sequence[str], root: Path, committed: Committed, *, lenient: bool) -> Found:
    if not lenient:
        return find_data(data, root, committed)
    found: list[Found] = []
    for given in data:
        try:
            found.append(find_data([given], root, committed))
        except NothingThereError:
            continue  # the shards that should be there are named as missing
    files = dict.fromkeys(file for one in found for file in one.files)
    return Found(tuple(files), tuple(dict.fromkeys(note for one in found for note in one.notes)))


def _with_companions(found: Sequence[DataFile], root: Path, committed: Committed) -> list[DataFile]:
    """The files, and the other halves of shards of which only one was named: a glob may match one of both.

    What lies beside a data file by that name and is something else, or damaged, is not theirs.
    """
    named = {file.path for file in found}
    others = dict.fromkeys(path for file in found for path in _other_half(file) if path not in named)
    return [*found, *(half for path in others for half in _half(path, root, committed))]


def _half(path: Path, root: Path, committed: Committed) -> Sequence[DataFile]:
    if committed.holds(path):
        return ()
    try:
        halves = find_data([str(path)], root).files
    except MeasurementError:
        return ()
    wanted = _RESULTS if path.suffix == ".json" else _DATA
    return [half for half in halves if half.format.id == wanted]


def _other_half(file: DataFile) -> Iterator[Path]:
    kind, _, rest = file.path.name.partition(".")
    if kind == "coverage" and rest.endswith(".data"):
        yield file.path.with_name(f"results.{rest.removesuffix('.data')}.json")
    if kind == "results" and rest.endswith(".json"):
        yield file.path.with_name(f"coverage.{rest.removesuffix('.json')}.data")


def _given(results: DataFile, by_path: dict[Path, DataFile]) -> GivenShard:
    parse = results.format.parse
    assert parse is not None
    shard = parse(results.content(), results.where).shard
    assert shard is not None
    data = by_path.get(results.path.with_name(shard.data_name))
    return GivenShard(results.where, shard, data.digest() if data else "")
