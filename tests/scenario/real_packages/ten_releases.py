"""Three packages with ten consecutive releases each, told as commits, and every commit measured once."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import uv
from tests.scenario.real_packages.packages import Package, Release
from tests.scenario.real_packages.releases import NOT_OURS, PYTHON, commit, environment, run, succeed

from covgate.model.history import Stored
from covgate.parse.stored_snapshot import stored_from

COMMAND = "python -m pytest -q -p no:cacheprovider --junitxml={results}"
OUTSIDE = "[run]\nbranch = true\n"


@dataclass(frozen=True, slots=True)
class Series:
    """A package with consecutive releases, oldest first.

    Shape:  `requirements` are installed once, for all releases; `source` is where its packages lie.
    """

    name: str
    releases: tuple[Release, ...]
    requirements: tuple[str, ...]
    path: str = "src"


SERIES = (
    Series(
        "blinker",
        (
            Release("1.5", "923e5e2f69c155f2cc42dafbbd70e16e3fde24d2d4aa2ab72fbe386238892462"),
            Release("1.6", "5874afe21df4bae8885d31a0a6c4b5861910a575eae6176f051fbb9a6571481b"),
            Release("1.6.1", "2ddfa223483ce8f24ecd2723e0e27cd4388ef19bef1d76b09a3dae93033db231"),
            Release("1.6.2", "4afd3de66ef3a9f8067559fb7a1cbe555c17dcbe15971b05d1b625c3e7abe213"),
            Release("1.6.3", "152090d27c1c5c722ee7e48504b02d76502811ce02e1523553b4cf8c8b3d3a8d"),
            Release("1.7.0", "e6820ff6fa4e4d1d8e2747c2283749c3f547e4fee112b98555cdcdae32996182"),
            Release("1.8.0", "a07839c713d30141433647247db269dd896895b0bf56d2362f663496feae562b"),
            Release("1.8.1", "da44ec748222dcd0105ef975eed946da197d5bdf8bafb6aa92f5bc89da63fa25"),
            Release("1.8.2", "8f77b09d3bf7c795e969e9486f39c2c5e9c39d4ee07424be2bc594ece9642d83"),
            Release("1.9.0", "b4ce2265a7abece45e7cc896e98dbebe6cead56bcf805a3d23136d145f5445bf"),
        ),
        requirements=(
            "pytest<8",
            "pytest-asyncio<0.22",
            "typing-extensions",
        ),
    ),
    Series(
        "cachetools",
        (
            Release("5.0.0", "486471dfa8799eb7ec503a8059e263db000cdda20075ce5e48903087f79d5fd6"),
            Release("5.1.0", "8b3b8fa53f564762e5b221e9896798951e7f915513abf2ba072ce0f07f3f5a98"),
            Release("5.2.0", "6a94c6402995a99c3970cc7e4884bb60b4a8639938157eeed436098bf9831757"),
            Release("5.2.1", "5991bc0e08a1319bb618d3195ca5b6bc76646a49c21d55962977197b301cc1fe"),
            Release("5.3.0", "13dfddc7b8df938c21a940dfa6557ce6e94a2f1cdfa58eb90c805721d58f2c14"),
            Release("5.3.1", "dce83f2d9b4e1f732a8cd44af8e8fab2dbe46201467fc98b3ef8f269092bf62b"),
            Release("5.3.2", "086ee420196f7b2ab9ca2db2520aca326318b68fe5ba8bc4d49cca91add450f2"),
            Release("5.3.3", "ba29e2dfa0b8b556606f097407ed1aa62080ee108ab0dc5ec9d6a723a007d105"),
            Release("5.4.0", "b8adc2e7c07f105ced7bc56dbb6dfbe7c4a00acce20e2227b3f355be89bc6827"),
            Release("5.5.0", "2cc24fb4cbe39633fb7badd9db9ca6295d766d9c2995f245725a46715d050f2a"),
        ),
        requirements=("pytest",),
    ),
    Series(
        "pathspec",
        (
            Release("0.10.0", "01eecd304ba0e6eeed188ae5fa568e99ef10265af7fd9ab737d6412b4ee0ab85"),
            Release("0.10.1", "7ace6161b621d31e7902eb6b5ae148d12cfd23f4a249b9ffb6b9fee12084323d"),
            Release("0.10.2", "8f6bf73e5758fd365ef5d58ce09ac7c27d2833a8d7da51712eac6e27e35141b0"),
            Release("0.10.3", "56200de4077d9d0791465aa9095a01d421861e405b5096955051deefd697d6f6"),
            Release("0.11.0", "64d338d4e0914e91c1792321e6907b5a593f1ab1851de7fc269557a21b30ebbc"),
            Release("0.11.1", "2798de800fa92780e33acca925945e9a19a133b715067cf165b8866c15a31687"),
            Release("0.11.2", "e0d8d0ac2f12da61956eb2306b69f9469b42f4deb0f3cb6ed47b9cce9996ced3"),
            Release("0.12.0", "c57e16065a97b7beb175f13c84d27cb05f7b7315741c2fbd5de541042f4ea6e1"),
            Release("0.12.1", "a482d51503a1ab33b1c67a6c3813a26953dbdc71c31dacaef9a838c4e29f5712"),
            Release("1.0.0", "9ada63a23541746b0cf7d5672a39ea77eac31dd23a80470be90df83537512131"),
        ),
        requirements=(
            "pytest",
            "typing-extensions",
        ),
        path=".",
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One release as a commit, with what covgate keeps of it and what coverage.py says of the same data.

    Shape:  `report` is the file that `coverage json` wrote, `results` pytest's JUnit XML.
    """

    version: str
    sha: str
    stored: Stored
    report: Path
    results: Path


def measure(series: Series, folder: Path) -> tuple[Path, tuple[Measured, ...]]:
    """The repository, and its commits; each suite is run once, under covgate."""
    repository = folder / series.name
    repository.mkdir()
    run("git", "init", "--quiet", "--initial-branch=main", ".", cwd=repository)
    (repository / ".git/info/exclude").write_text(NOT_OURS)
    python = make_environment(series, folder / "venv")
    settings = folder / "outside.ini"
    settings.write_text(OUTSIDE)
    package = Package(series.name, series.releases[0], series.releases[-1], (), frozenset())
    done: list[Measured] = []
    for release in series.releases:
        sha = commit(package, release, repository)
        out = folder / f"out-{release.version}"
        done.append(measure_one(series, release, repository, sha=sha, out=out, python=python, settings=settings))
    return repository, tuple(done)


def make_environment(series: Series, venv: Path) -> Path:
    """A virtual environment with what the suites of all releases require; the package itself is found by its path."""
    tool = uv.find_uv_bin()
    run(tool, "venv", "--quiet", "--python", PYTHON, venv, cwd=venv.parent)
    python = venv / "bin/python"
    run(tool, "pip", "install", "--quiet", "--python", python, "coverage", *series.requirements, cwd=venv.parent)
    return python


def measure_one(
    series: Series, release: Release, repository: Path, *, sha: str, out: Path, python: Path, settings: Path
) -> Measured:
    """A release, measured by `covgate run` and told by `coverage json`."""
    results = Path(f"{out}.xml")
    variables = {**environment(), "PYTHONPATH": str(repository / series.path)}
    where = ("--repo", repository, "--base", sha, "--python", python, "--out", out, "--rerun", "never")
    command = (
        sys.executable,
        "-m",
        "covgate",
        "run",
        *where,
        "--no-publish",
        "--command",
        COMMAND.format(results=results),
    )
    told = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    succeed(told, codes=(0, 1, 3))
    report = Path(f"{out}.json")
    tool = (python, "-m", "coverage", "json", "--quiet", f"--rcfile={settings}", f"--data-file={out}/coverage.data")
    run(*tool, "-o", report, cwd=repository)
    shutil.rmtree(repository / ".covgate", ignore_errors=True)
    stored = stored_from((out / "snapshot.json.gz").read_bytes(), "snapshot.json.gz")
    return Measured(release.version, sha, stored, report, results)
