from pathlib import Path

import pytest
from tests.unit.shell.git.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty repository on its branch `main`."""
    return Project(tmp_path / "project")
