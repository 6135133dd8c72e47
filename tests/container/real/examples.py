"""Releases of real packages that differ in how they say what their tests need."""

from dataclasses import dataclass
from pathlib import Path

from tests.scenario.real_packages.packages import Package, Release


@dataclass(frozen=True, slots=True)
class Example:
    """A package that is installed and measured without any configuration.

    Shape:  `module` is a file of it to which the change adds a function that no test calls; `chosen` is what covgate
            says that it installs; `passed` and `percent` are what its suite reaches at least. `added` are files that
            the release lacks, by path.
    """

    package: Package
    module: str
    chosen: str
    passed: int
    percent: int
    added: tuple[tuple[str, Path], ...] = ()


def released(name: str, version: str, sha256: str) -> Package:
    """A package in one release."""
    release = Release(version, sha256)
    return Package(name, release, release, source=(), kinds=frozenset())


EXAMPLES = (
    Example(
        released("attrs", "26.1.0", "d03ceb89cb322a8fd706d4fb91940737b6642aa36998fe130a9bc96c985eff32"),
        "src/attr/converters.py",
        "uv.lock, group tests, the project",
        passed=900,
        percent=85,
    ),
    # The release has no poetry.lock: Poetry made this one from its pyproject.toml, for Python 3.10 and newer and
    # without the group for the documentation.
    Example(
        released("cleo", "2.1.0", "0b2c880b5d13660a7ea651001fb4acb527696c01f15c9ee650f377aa543fd523"),
        "src/cleo/color.py",
        "group dev, the project, in the versions of poetry.lock",
        passed=250,
        percent=80,
        added=(("poetry.lock", Path(__file__).with_name("cleo.poetry.lock")),),
    ),
    Example(
        released("python-dotenv", "1.2.4", "f0d53e69935a851c0dcc78f3ab7aaccd8cabef0b92382b576b824212902873c0"),
        "src/dotenv/variables.py",
        "requirements.txt, what tox.ini lists, the project",
        passed=150,
        percent=80,
    ),
    Example(
        released("pathspec", "1.0.0", "9ada63a23541746b0cf7d5672a39ea77eac31dd23a80470be90df83537512131"),
        "pathspec/util.py",
        "the project with extras tests",
        passed=100,
        percent=70,
    ),
    Example(
        released("platformdirs", "4.14.5", "32e9921db7385aa8169bee4fe9501923e5715ba9fb7ea3b9c69b0d8e0639f7a1"),
        "src/platformdirs/_xdg.py",
        "group test, the project",
        passed=100,
        percent=70,
    ),
    Example(
        released("parso", "0.8.7", "eaaac4c9fdd5e9e8852dc778d2d7405897ec510f2a298071453e5e3a07914bb1"),
        "parso/utils.py",
        "the project with extras testing",
        passed=500,
        percent=80,
    ),
)
