from pathlib import Path

import pytest
from tests.unit.shell.data_branch.stores import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A remote whose default branch has five commits, and a clone of it."""
    return Scene.made(tmp_path, commits=5)
