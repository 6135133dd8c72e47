"""Whether the directories of components are there."""

from pathlib import Path

import pytest

from covgate.settings import SettingsMistakesError, load
from covgate.shell.component_roots import refuse_missing_roots

TEXT = "components:\n  - {name: api, root: api}\n  - name: web\n    root: web\n  - {name: ops, root: link}\n"


def test_every_directory_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "api").mkdir(parents=True)
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(SettingsMistakesError) as told:
        refuse_missing_roots(root, load(TEXT, ".covgate.yml", {}, {}))
    assert [(one.where, one.key) for one in told.value.mistakes] == [
        ("`.covgate.yml` line 4", "components.1.root"),
        ("`.covgate.yml` line 5", "components.2.root"),
    ]


def test_directories_that_are_there_are_no_mistake(tmp_path: Path) -> None:
    for name in ("api", "web", "link"):
        (tmp_path / name).mkdir()
    refuse_missing_roots(tmp_path, load(TEXT, ".covgate.yml", {}, {}))
