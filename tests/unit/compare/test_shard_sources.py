"""Shards count only for the files that are here."""

import pytest

from covgate.compare.shard_sources import measured_files, verify_shards
from covgate.errors import MeasurementError
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.shard import Shard
from covgate.model.snapshot import FileCoverage, Origin, Snapshot
from covgate.model.suite import NOT_RUN

ONE, TWO = "11" * 32, "22" * 32


def snapshot(**files: str) -> Snapshot:
    measured = (FileCoverage(f"{name}.py", LineSet.of([1]), NO_LINES, sha256=sha256) for name, sha256 in files.items())
    return Snapshot(tuple(measured), Origin("coverage.py"))


def shard(**files: str) -> Shard:
    listed = tuple((f"{name}.py", sha256) for name, sha256 in files.items())
    return Shard("unit", "3f" * 20, NOT_RUN, Origin("coverage.py"), "", listed)


def test_the_same_files_pass_without_a_word() -> None:
    assert verify_shards([shard(a=ONE, b=TWO)], snapshot(a=ONE, b=TWO), ["a.py"]) == ()


def test_a_changed_file_that_is_another_here_is_refused() -> None:
    with pytest.raises(MeasurementError, match="not as it is here where the shard `unit` ran") as caught:
        verify_shards([shard(a=ONE)], snapshot(a=TWO), ["a.py"])
    assert caught.value.where == "a.py"


def test_a_changed_file_that_the_suite_rewrote_is_refused() -> None:
    with pytest.raises(MeasurementError, match="rewritten while its suite ran"):
        verify_shards([shard(a="")], snapshot(a=ONE), ["a.py"])


def test_another_version_of_a_file_that_did_not_change_is_told() -> None:
    (note,) = verify_shards([shard(a=ONE, b=ONE)], snapshot(a=TWO, b=ONE), ["b.py"])
    assert note == "The shard `unit` measured other versions of files that did not change: a.py."


def test_a_file_that_is_not_measured_here_is_nobodys_business() -> None:
    assert verify_shards([shard(gone=ONE)], snapshot(a=ONE), ["gone.py"]) == ()


def test_a_file_rewritten_while_the_suite_ran_has_no_fingerprint() -> None:
    before = {"a.py": ONE, "b.py": ONE}
    assert measured_files(before, snapshot(a=TWO, b=ONE, made=TWO)) == (("a.py", ""), ("b.py", ONE), ("made.py", TWO))
