"""Shards among the given data, on files on disk."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.model.shard import Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import Ending, SuiteResult
from covgate.parse.shard_record import record_text
from covgate.shell.data_paths import NothingThereError
from covgate.shell.shards import gather

SAMPLE = Path(__file__).parents[2] / "samples" / "coverage-7.17.data"
SHA = "3f" * 20


def shard(folder: Path, name: str, sha: str = SHA) -> Shard:
    """The two files of a shard."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = sha256(SAMPLE.read_bytes()).hexdigest()
    made = Shard(name, sha, SuiteResult(Ending.PASSED), Origin("coverage.py"), digest)
    shutil.copy(SAMPLE, folder / made.data_name)
    (folder / made.results_name).write_text(record_text(made), encoding="utf-8")
    return made


def test_each_shard_in_a_folder_of_its_own_as_artifacts_are_downloaded(tmp_path: Path) -> None:
    made = tuple(shard(tmp_path / f"shards/covgate-{name}", name) for name in ("a", "b"))
    gathered = gather(["shards"], tmp_path, ("a", "b"), SHA)
    assert gathered.shards == made
    assert [file.where for file in gathered.files] == [
        "shards/covgate-a/coverage.a.data",
        "shards/covgate-b/coverage.b.data",
    ]


@pytest.mark.parametrize("data", [["s"], ["s/*.data"], ["s/*.json"], ["s/results.a.json", "s/coverage.b.data"]])
def test_the_other_half_of_a_shard_is_found_beside_the_one_that_was_named(tmp_path: Path, data: list[str]) -> None:
    made = (shard(tmp_path / "s", "a"), shard(tmp_path / "s", "b"))
    gathered = gather(data, tmp_path, ("a", "b"))
    assert gathered.shards == made
    assert len(gathered.files) == 2


def test_data_that_are_of_no_shard_are_what_they_were_without_shards(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "unit.data")
    gathered = gather(["unit.data"], tmp_path)
    assert (len(gathered.files), gathered.shards, gathered.strays) == (1, (), ())


@pytest.mark.parametrize("content", [b"", b"{}", b"no results of covgate's"])
def test_a_file_beside_the_data_that_is_called_like_results_and_is_none_harms_nobody(
    tmp_path: Path, content: bytes
) -> None:
    shutil.copy(SAMPLE, tmp_path / "coverage.unit.data")
    (tmp_path / "results.unit.json").write_bytes(content)
    assert gather(["coverage.unit.data"], tmp_path).shards == ()
    with pytest.raises(MeasurementError, match="`unit` has not reported"):
        gather(["coverage.unit.data"], tmp_path, ("unit",))


def test_a_path_that_leads_nowhere_is_a_shard_that_has_not_reported(tmp_path: Path) -> None:
    shard(tmp_path / "a", "a")
    with pytest.raises(MeasurementError, match="The shard `b` has not reported"):
        gather(["a", "b", "c/*.data"], tmp_path, ("a", "b"))


def test_without_names_a_path_that_leads_nowhere_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(NothingThereError, match="no such file"):
        gather(["b"], tmp_path)


def test_stray_data_count_only_where_nobody_named_the_shards(tmp_path: Path) -> None:
    shard(tmp_path / "s", "a")
    shutil.copy(SAMPLE, tmp_path / "s/coverage.data")
    shutil.copy(SAMPLE.with_name("coverage-7.17.xml"), tmp_path / "s/coverage.xml")
    named, unnamed = gather(["s"], tmp_path, ("a",)), gather(["s"], tmp_path)
    assert named.strays == unnamed.strays == ("s/coverage.data", "s/coverage.xml")
    assert [file.where for file in named.files] == ["s/coverage.a.data"]
    assert len(unnamed.files) == 3


def test_data_that_were_cut_short_on_their_way_are_refused(tmp_path: Path) -> None:
    made = shard(tmp_path, "a")
    place = tmp_path / made.data_name
    place.write_bytes(place.read_bytes()[:-1])
    with pytest.raises(MeasurementError, match="are not of one run of the shard `a`"):
        gather(["."], tmp_path, ("a",))


def test_results_behind_a_link_that_leads_out_of_the_repository_are_not_read(tmp_path: Path) -> None:
    made = shard(tmp_path / "elsewhere", "a")
    root = tmp_path / "repository"
    root.mkdir()
    shutil.copy(SAMPLE, root / made.data_name)
    (root / made.results_name).symlink_to(tmp_path / "elsewhere" / made.results_name)
    with pytest.raises(MeasurementError, match="link to another place"):
        gather([made.results_name], root, ("a",))
    with pytest.raises(MeasurementError, match="has not reported"):
        gather([made.data_name], root, ("a",))
