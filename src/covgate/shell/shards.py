"""Finds shards among the data that were given: their results, and the coverage that belongs to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.model.shard import GivenShard, Shard
from covgate.parse.shard_checks import whole
from covgate.shell.data_paths import DataFile, NothingThereError, find_data

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


def gather(data: Sequence[str], root: Path, expected: Sequence[str] = (), head_sha: str = "") -> Gathered:
    """All data files and reports, and the shards that they are of.

    Shape:  `expected` are the names of the shards that must be there, none where nobody named any.
    Errors: MeasurementError as of `find_data` and `whole`. Where shards are expected, a path that leads nowhere is one
            that has not reported.
    """
    found = _with_companions(_found(data, root, lenient=bool(expected)), root)
    results = [file for file in found if file.format.id == _RESULTS]
    if not (results or expected):
        return Gathered(tuple(found))
    files = [file for file in found if file.format.id != _RESULTS]
    by_path = {file.path: file for file in files}
    given = tuple(_given(file, by_path) for file in results)
    own = {file.path.with_name(one.shard.data_name) for file, one in zip(results, given, strict=True)}
    strays = [file for file in files if file.path not in own]
    counted = [file for file in files if not (expected and file in strays)]
    return Gathered(tuple(counted), whole(given, expected, head_sha), tuple(file.where for file in strays))


def _found(data: Sequence[str], root: Path, *, lenient: bool) -> list[DataFile]:
    if not lenient:
        return list(find_data(data, root))
    found: dict[DataFile, None] = {}
    for given in data:
        try:
            found.update(dict.fromkeys(find_data([given], root)))
        except NothingThereError:
            continue  # the shards that should be there are named as missing
    return list(found)


def _with_companions(found: Sequence[DataFile], root: Path) -> list[DataFile]:
    """The files, and the other halves of shards of which only one was named: a glob may match one of both.

    What lies beside a data file by that name and is something else, or damaged, is not theirs.
    """
    named = {file.path for file in found}
    others = dict.fromkeys(path for file in found for path in _other_half(file) if path not in named)
    return [*found, *(half for path in others for half in _half(path, root))]


def _half(path: Path, root: Path) -> Sequence[DataFile]:
    try:
        halves = find_data([str(path)], root)
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
