"""Real packages, installed and measured in the container without a word of configuration."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.container.conftest import Begin
from tests.container.origin import Origin
from tests.container.real.examples import EXAMPLES, Example
from tests.container.runner import NUMBER, REPOSITORY, RUNNER_UID, TOKEN, Pull
from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull as KnownPull
from tests.scenario.real_packages.releases import network_is_there, sdist, unpack

pytestmark = [pytest.mark.container, pytest.mark.network]

UNTESTED = "\n\ndef nobody_calls_this():\n    return 1\n"
REAL = Path(__file__).with_name("real")
LOCKS = ("pdm.lock", "Pipfile.lock")
"""Made by PDM and Pipenv for the project below, when six 1.17 and a newer pytest-randomly were there already."""
LOCKED = {
    "pyproject.toml": (
        '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n[project]\nname = "shop"\n'
        'version = "1"\nrequires-python = ">=3.10"\ndependencies = ["six"]\n'
        '[dependency-groups]\ntest = ["pytest", "pytest-randomly"]\n'
    ),
    "shop/__init__.py": "",
    "shop/cart.py": "import six\n",
    "tests/test_cart.py": (
        "import six\nimport shop.cart\n\n\ndef test_total():\n    assert six.__version__ == '1.16.0'\n"
    ),
}
CACHED = "runner_temp/covgate-cache/uv"


@pytest.fixture(scope="module", autouse=True)
def network(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not network_is_there(tmp_path_factory.mktemp("network")):
        pytest.skip("the package index does not answer")


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[Origin]:
    """In place of the other tests' repository, one that is empty as yet."""
    with Origin(tmp_path / "origin", REPOSITORY, TOKEN) as server:
        yield server


def pull_request(example: Example, origin: Origin, github: GitHub) -> Pull:
    """The release on the main branch, and a change that adds a function to one of its modules."""
    unpack(sdist(example.package, example.package.head), origin.work)
    for path, source in example.added:
        shutil.copy(source, origin.work / path)
    for leftover in origin.work.rglob("*.egg-info"):
        shutil.rmtree(leftover)
    base = origin.commit("main", {})
    changed = (origin.work / example.module).read_text(encoding="utf-8") + UNTESTED
    head = origin.commit("change", {example.module: changed})
    github.state.repositories[REPOSITORY].pulls[NUMBER] = KnownPull(NUMBER, base, head)
    return Pull(base, head, origin.merge("change", NUMBER))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.package.name)
def test_a_real_package_is_installed_and_measured_by_itself(
    example: Example, origin: Origin, github: GitHub, begin: Begin
) -> None:
    job = begin(pull_request(example, origin, github))
    step = job.run()
    assert step.exit_code == 1, step.log[-6000:]
    assert f"Installing: {example.chosen}\n" in step.log
    assert 'change this line in .covgate.yml: suite: {install: "' in step.log

    report = step.report()
    assert report["suite"]["failed"] == 0
    assert report["suite"]["passed"] >= example.passed
    assert float(report["total"]["line"]["percent"]) >= example.percent
    assert report["diff"]["line"] == {"covered": 1, "total": 2, "percent": "50.00"}
    assert report["diff"]["files"][example.module]["line"]["total"] == 2

    owners = {path.lstat().st_uid for path in (job.directory / CACHED).rglob("*")}
    assert owners == {RUNNER_UID}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_that_uv_cannot_read_holds_all_the_same(lock: str, origin: Origin, github: GitHub, begin: Begin) -> None:
    base = origin.commit("main", LOCKED | {lock: (REAL / lock).read_text(encoding="utf-8")})
    head = origin.commit("change", {"shop/cart.py": "import six\n\nTEXT = six.text_type\n"})
    github.state.repositories[REPOSITORY].pulls[NUMBER] = KnownPull(NUMBER, base, head)
    step = begin(Pull(base, head, origin.merge("change", NUMBER))).run()
    assert step.exit_code == 0, step.log[-6000:]
    assert f"Because: {lock} pins every version" in step.log
    assert step.report()["suite"]["passed"] == 1


def test_a_python_that_cannot_be_had_is_told_with_what_to_do(origin: Origin, github: GitHub, begin: Begin) -> None:
    step = begin(pull_request(EXAMPLES[2], origin, github)).run(python_version="3.999")
    assert step.exit_code == 4, step.log
    assert "there is no Python 3.999 in the image, and uv could not get one" in step.log
    assert "leave `python-version` away" in step.log


def test_the_line_that_is_printed_installs_the_same(origin: Origin, github: GitHub, begin: Begin) -> None:
    pull = pull_request(EXAMPLES[2], origin, github)
    first = begin(pull).run()
    line = next(line for line in first.log.splitlines() if "suite: {install:" in line)
    told = line.partition('{install: "')[2].removesuffix('"}')
    second = begin(pull).run(install=told)
    assert second.exit_code == 1, second.log[-6000:]
    assert second.report()["total"] == first.report()["total"]


def test_what_an_installation_writes_into_the_checkout_is_ignored_or_its_own(
    origin: Origin, github: GitHub, begin: Begin
) -> None:
    step = begin(pull_request(EXAMPLES[4], origin, github)).run()
    status = subprocess.run(
        ["git", "-c", "safe.directory=*", "status", "--porcelain"],
        cwd=step.workspace,
        check=True,
        capture_output=True,
        text=True,
    )
    assert status.stdout == ""
