"""The lock files hold all that pyproject.toml asks for, with hashes, and name no index."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)
NAMED = re.compile(r"^[A-Za-z0-9._-]+")


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, str]:
    return dict(PIN.findall(lock(name)))


def asked_for(requirements: list[str]) -> set[str]:
    names = (NAMED.match(line) for line in requirements if not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in names if match}


def test_the_runtime_lock_covers_the_dependencies() -> None:
    assert asked_for(PYPROJECT["project"]["dependencies"]) <= set(pinned("covgate.txt"))


def test_the_development_lock_covers_the_dependencies_and_the_dev_group() -> None:
    wanted = [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["dependency-groups"]["dev"],
        *PYPROJECT["build-system"]["requires"],
    ]
    assert asked_for(wanted) <= set(pinned("dev.txt"))


def test_the_image_lock_covers_what_the_image_needs() -> None:
    wanted = (ROOT / "requirements/image.in").read_text(encoding="utf-8").splitlines()
    assert asked_for(wanted) | asked_for(PYPROJECT["build-system"]["requires"]) <= set(pinned("image.txt"))


@pytest.mark.parametrize("name", ["covgate.txt", "image.txt"])
def test_what_is_developed_with_is_what_is_shipped(name: str) -> None:
    assert pinned(name).items() <= pinned("dev.txt").items()


@pytest.mark.parametrize("name", ["covgate.txt", "image.txt", "dev.txt"])
def test_every_pin_has_hashes_and_no_index_is_named(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", lock(name).strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links", lock(name))
