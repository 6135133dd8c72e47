from pathlib import Path

import pytest
from tests.unit.shell.data_branch.stores import Scene
from tests.unit.shell.git.project import Project


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A remote whose default branch has five commits, and a clone of it."""
    return Scene.made(tmp_path, commits=5)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty repository."""
    return Project(tmp_path / "project")
