import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.container.origin import Origin
from tests.container.runner import DOCKER, NUMBER, REPOSITORY, ROOT, TOKEN, Job, Pull
from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull as KnownPull
from tests.doubles.github_state import Repository, State, Token

IMAGE = "covgate-under-test"
PROJECT = {
    "pyproject.toml": (
        '[project]\nname = "shop"\nversion = "1"\n[dependency-groups]\ntest = ["pytest"]\n'
        '[tool.pytest.ini_options]\npythonpath = ["."]\n[tool.coverage.run]\nsource = ["shop"]\n'
    ),
    ".gitignore": "__pycache__\n.pytest_cache\n",
    "yaml.py": 'raise SystemExit("a module of the workspace was loaded by covgate")\n',
    "shop/__init__.py": "",
    "shop/cart.py": "def total(prices):\n    return sum(prices)\n",
    "tests/test_cart.py": "from shop.cart import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n",
}


@pytest.fixture(scope="session")
def image() -> str:
    """The action's image, built as the runner builds it."""
    try:
        subprocess.run([DOCKER, "info"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no Docker Engine answers here")
    build = [DOCKER, "build", "-t", IMAGE, "-f", str(ROOT / "Dockerfile"), str(ROOT)]
    done = subprocess.run(
        build, env={**os.environ, "DOCKER_BUILDKIT": "1"}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return IMAGE


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[Origin]:
    with Origin(tmp_path / "origin", REPOSITORY, TOKEN) as server:
        server.commit("main", PROJECT)
        yield server


@pytest.fixture
def github() -> Iterator[GitHub]:
    tokens = {TOKEN: Token("github-actions[bot]")}
    with GitHub(State(repositories={REPOSITORY: Repository(REPOSITORY)}, tokens=tokens)) as double:
        yield double


Push = Callable[[dict[str, str]], Pull]
Begin = Callable[[Pull], Job]


@pytest.fixture
def push(origin: Origin, github: GitHub) -> Push:
    """Pushes files to the pull request and brings the forge up to date."""

    def pushed(files: dict[str, str]) -> Pull:
        head = origin.commit("change", files)
        pull = Pull(base_sha=base, head_sha=head, merge_sha=origin.merge("change", NUMBER))
        github.state.repositories[REPOSITORY].pulls[NUMBER] = KnownPull(NUMBER, base, head)
        return pull

    base = origin.commit("main", {"README.md": "# Shop\n"})
    return pushed


@pytest.fixture
def begin(tmp_path: Path, image: str, origin: Origin, github: GitHub) -> Begin:
    """Begins a job for a pull request on a fresh runner."""
    jobs: list[Job] = []

    def begun(pull: Pull) -> Job:
        jobs.append(Job(tmp_path / f"job{len(jobs)}", image, origin, github.url, pull))
        return jobs[-1]

    return begun
