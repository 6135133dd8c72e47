import os
from pathlib import Path

import pytest

from covgate.shell.container import FILE_COMMANDS, ContainerPhases, is_hidden, scrubbed, suite_user
from covgate.shell.processes import Untrusted

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")

SECRETS = [
    "INPUT_GITHUB-TOKEN",
    "GITHUB_TOKEN",
    "MY_TOKEN_FILE",
    "npm_token",
    "ACTIONS_RUNTIME_URL",
    "ACTIONS_RESULTS_URL",
    "ACTIONS_CACHE_URL",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "STATE_post",
    "GIT_CONFIG_VALUE_0",
    *FILE_COMMANDS,
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_never_reaches_the_suite_even_when_it_is_named(name: str) -> None:
    assert is_hidden(name)
    assert scrubbed({name: "secret"}, (name,)) == {}


def test_a_variable_reaches_the_suite_when_it_is_named() -> None:
    environment = {"DATABASE_URL": "postgres://db", "AWS_SECRET_ACCESS_KEY": "secret"}
    assert scrubbed(environment, ("DATABASE_URL",)) == {"DATABASE_URL": "postgres://db"}


def test_harmless_facts_reach_the_suite() -> None:
    environment = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "CI": "true",
        "GITHUB_SHA": "abc",
        "GITHUB_REF_NAME": "7/merge",
    }
    assert scrubbed(environment) == environment


def test_outside_the_image_there_are_no_phases(tmp_path: Path) -> None:
    assert ContainerPhases.found({}, tmp_path, tmp_path / "out") is None


@as_root
def test_the_suite_is_the_workspace_s_owner(tmp_path: Path) -> None:
    os.chown(tmp_path, 1001, 1002)
    assert suite_user(tmp_path, "/home") == Untrusted(1001, 1002, "/home")


@as_root
def test_the_suite_is_nobody_where_the_workspace_is_root_s(tmp_path: Path) -> None:
    assert suite_user(tmp_path, "/home").uid == 65534


@as_root
def test_the_suite_does_not_get_root_s_group(tmp_path: Path) -> None:
    os.chown(tmp_path, 1001, 0)
    assert suite_user(tmp_path, "/home").gid == 1001


def phases(tmp_path: Path, **environment: str) -> ContainerPhases:
    return ContainerPhases(
        environment, tmp_path, tmp_path / "out", Untrusted(1001, 1001, f"{tmp_path}/home"), tmp_path / "scratch"
    )


def test_the_suite_s_venv_stands_first_in_its_path(tmp_path: Path) -> None:
    environment = phases(tmp_path, PATH="/usr/bin").suite_environment()
    assert environment["PATH"] == f"{tmp_path}/home/venv/bin:/usr/bin"
    assert environment["VIRTUAL_ENV"] == f"{tmp_path}/home/venv"


def test_the_suite_s_home_is_not_the_runner_s(tmp_path: Path) -> None:
    assert phases(tmp_path, HOME="/github/home").suite_environment(("HOME",))["HOME"] == str(tmp_path / "home")


@as_root
def test_the_output_folder_is_given_to_the_workspace_s_owner(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/report.json").write_text("{}")
    os.chown(tmp_path, 1001, 1002)
    phases(tmp_path).hand_over()
    status = (tmp_path / "out/report.json").stat()
    assert (status.st_uid, status.st_gid) == (1001, 1002)


def test_nothing_is_handed_over_where_nothing_was_written(tmp_path: Path) -> None:
    phases(tmp_path).hand_over()
    assert list(tmp_path.iterdir()) == []
