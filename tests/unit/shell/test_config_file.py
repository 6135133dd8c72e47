"""The settings file as it lies in the repository."""

from pathlib import Path

import pytest

from covgate.errors import SettingsError
from covgate.settings import MOST_BYTES
from covgate.shell.config_file import read_config


def test_no_file_is_no_text_and_the_usual_name(tmp_path: Path) -> None:
    assert read_config(tmp_path, "") == (None, ".covgate.yml")


def test_a_file_is_read_with_its_path_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci/gate.yml").write_text("\ufeffversion: 1\n", encoding="utf-8")
    assert read_config(tmp_path, "ci/gate.yml") == ("version: 1\n", "ci/gate.yml")
    assert read_config(tmp_path, str(tmp_path / "ci/gate.yml")) == ("version: 1\n", "ci/gate.yml")


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such settings file"):
        read_config(tmp_path, "gone.yml")


@pytest.mark.parametrize("name", [".covgate.yml", "other.yml"])
def test_a_link_that_leads_out_of_the_repository_is_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    (tmp_path / "outside.yml").write_text("version: 1\n", encoding="utf-8")
    (root / name).symlink_to(tmp_path / "outside.yml")
    with pytest.raises(SettingsError, match="outside the repository"):
        read_config(root, "" if name == ".covgate.yml" else name)


@pytest.mark.parametrize(
    ("content", "what"), [(b"a: 1\nb: \xff\n", "is not UTF-8"), (b"#" * (MOST_BYTES + 1), "are read at most")]
)
def test_a_file_that_is_no_text_of_a_page_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / ".covgate.yml").write_bytes(content)
    with pytest.raises(SettingsError, match=what) as told:
        read_config(tmp_path, "")
    assert told.value.where.startswith("`.covgate.yml`")
