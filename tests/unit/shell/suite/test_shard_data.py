"""Coverage data taken out of the suite's hands."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.shell.suite import kept_data as room
from covgate.shell.suite.kept_data import kept_data


def test_the_copy_is_the_same_to_the_last_byte_and_its_digest_is_told(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    (tmp_path / "data").write_bytes(content)
    kept = kept_data(str(tmp_path / "data"), str(tmp_path / "kept"))
    assert (tmp_path / "kept").read_bytes() == content
    assert kept.sha256 == sha256(content).hexdigest()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    place = tmp_path / "secret"
    place.write_text("token", encoding="utf-8")
    return place


def test_a_link_laid_in_place_of_the_data_is_not_followed(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "data").symlink_to(secret)
    with pytest.raises(MeasurementError, match="cannot be read"):
        kept_data(str(tmp_path / "data"), str(tmp_path / "kept"))


def test_a_second_name_of_another_file_is_not_taken_for_data(tmp_path: Path, secret: Path) -> None:
    os.link(secret, tmp_path / "data")
    with pytest.raises(MeasurementError, match="no regular file"):
        kept_data(str(tmp_path / "data"), str(tmp_path / "kept"))
    assert (tmp_path / "kept").read_bytes() == b""


def test_a_pipe_does_not_keep_covgate_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data")
    with pytest.raises(MeasurementError, match="no regular file"):
        kept_data(str(tmp_path / "data"), str(tmp_path / "kept"))


def test_data_that_are_gone_are_told(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="No such file"):
        kept_data(str(tmp_path / "data"), str(tmp_path / "kept"))


def test_there_is_a_limit(tmp_path: Path) -> None:
    place = tmp_path / "data"
    with place.open("wb") as file:
        file.truncate(room.LARGEST_DATA + 1)
    with pytest.raises(MeasurementError, match="larger than 2048 MiB"):
        kept_data(str(place), str(tmp_path / "kept"))
