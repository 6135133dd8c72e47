import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.model.snapshot import Origin, Snapshot
from covgate.model.suite import NOT_RUN
from covgate.ports import Measurement, SuiteOrder
from covgate.shell.container import (
    AS_ROOT,
    ContainedSuite,
    ContainerPhases,
    introduce,
    scrubbed,
    suite_user,
)
from covgate.shell.processes import Untrusted
from covgate.shell.secret_names import FILE_COMMANDS, is_secret
from covgate.shell.suite_python import LARGEST_PROJECT_FILE

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
    assert is_secret(name)
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
@pytest.mark.parametrize("path", ["out/report.json", ".git/objects/ab/cd"])
def test_what_was_written_in_the_workspace_is_given_to_its_owner(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("{}")
    os.chown(tmp_path, 1001, 1002)
    phases(tmp_path).hand_over()
    assert {(step.stat().st_uid, step.stat().st_gid) for step in tmp_path.rglob("*")} == {(1001, 1002)}


@as_root
def test_a_folder_that_became_a_link_out_of_the_workspace_is_given_to_nobody(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "elsewhere/out").mkdir(parents=True)
    (tmp_path / "workspace/build").symlink_to(tmp_path / "elsewhere")
    os.chown(tmp_path / "workspace", 1001, 1002)
    user = Untrusted(1001, 1001, "/home")
    ContainerPhases({}, tmp_path / "workspace", tmp_path / "workspace/build/out", user, tmp_path).hand_over()
    assert (tmp_path / "elsewhere/out").stat().st_uid == 0


def test_a_suite_that_is_root_by_wish_is_called_so_and_keeps_its_home(tmp_path: Path) -> None:
    own = phases(tmp_path)
    assert own.run_by("owner") is own
    root = own.run_by("root")
    assert (root.user, root.as_root) == (Untrusted(0, 0, own.user.home), True)
    environment = root.suite_environment()
    assert (environment["USER"], environment["LOGNAME"], environment["HOME"]) == ("root", "root", own.user.home)


@as_root
@pytest.mark.parametrize("path", ["shop/__pycache__/a.pyc", "temp/covgate-cache/uv/a"])
def test_what_a_suite_that_was_root_wrote_is_given_to_the_workspace_s_owner(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("{}")
    os.chown(tmp_path, 1001, 1002)
    own = phases(tmp_path, RUNNER_TEMP=str(tmp_path / "temp"))
    own.hand_over()
    assert (tmp_path / path).stat().st_uid == 0
    own.run_by("root").hand_over()
    assert ((tmp_path / path).stat().st_uid, (tmp_path / path).stat().st_gid) == (1001, 1002)


def test_nothing_is_handed_over_where_nothing_was_written(tmp_path: Path) -> None:
    phases(tmp_path).hand_over()
    assert list(tmp_path.iterdir()) == []


def test_a_user_without_a_name_gets_one_and_root_keeps_its_own(tmp_path: Path) -> None:
    users = tmp_path / "passwd"
    introduce(Untrusted(987654, 1002, "/suite"), users)
    introduce(Untrusted(0, 0, "/suite"), users)
    assert users.read_text() == "suite:x:987654:1002::/suite:/bin/sh\n"


MEASUREMENT = Measurement(Snapshot((), Origin("coverage.py")), NOT_RUN)


@dataclass
class SuiteOnPaper:
    """Remembers what it was asked, and writes to the runner's file as a hostile suite does."""

    env_file: Path
    orders: list[SuiteOrder] = field(default_factory=list)

    def measure(self, order: SuiteOrder) -> Measurement:
        self.orders.append(order)
        self.env_file.write_text("LD_PRELOAD=evil.so")
        return MEASUREMENT

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        assert data
        self.orders.append(order)
        return MEASUREMENT


@pytest.fixture
def contained(tmp_path: Path) -> ContainedSuite:
    """A suite in a place like the container's, where `uv` only writes down how it was called."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "uv").write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/calls\n')
    (programs / "uv").chmod(0o755)
    env_file = tmp_path / "set_env"
    env_file.write_text("")
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_ENV": str(env_file)}
    place = ContainerPhases(environment, tmp_path, tmp_path / "out", Untrusted(0, 0, f"{tmp_path}/home"), tmp_path)
    (tmp_path / "requirements.txt").write_text("shop-sdk\n")
    return ContainedSuite(place, tmp_path, SuiteOnPaper(env_file), lambda _: None)


def calls(contained: ContainedSuite) -> list[str]:
    return (contained.phases.workspace / "calls").read_text().splitlines()


@as_root
def test_the_suite_runs_with_an_interpreter_made_for_it_and_its_writing_is_undone(contained: ContainedSuite) -> None:
    assert contained.measure(SuiteOrder(install="auto")) is MEASUREMENT
    assert isinstance(contained.inner, SuiteOnPaper)
    assert contained.inner.orders == [SuiteOrder(python=str(contained.phases.venv / "bin/python"))]
    assert contained.inner.env_file.read_text() == ""
    assert calls(contained) == [
        f"venv --quiet --python /usr/local/bin/python3 {contained.phases.venv}",
        "pip install --quiet -r requirements.txt",
        "pip install --quiet coverage>=7.2",
    ]


@as_root
def test_a_suite_that_ran_as_root_is_told_in_the_log_and_in_the_report(contained: ContainedSuite) -> None:
    said: list[str] = []
    suite = replace(contained, phases=contained.phases.run_by("root"), say=said.append)
    assert suite.measure(SuiteOrder(install="auto")).snapshot.notes == (AS_ROOT,)
    assert [line for line in said if "runs as root" in line] == said[:1]


@as_root
def test_for_data_made_earlier_nothing_of_the_project_is_installed(contained: ContainedSuite) -> None:
    contained.read(["coverage.json"], SuiteOrder(install="auto", python="3.12"))
    assert calls(contained) == [
        f"venv --quiet --python 3.12 {contained.phases.venv}",
        "pip install --quiet coverage>=7.2",
    ]


@as_root
def test_people_s_own_lines_are_run_instead_in_a_venv_that_has_pip(contained: ContainedSuite) -> None:
    contained.measure(SuiteOrder(install="uv one\nuv two"))
    assert calls(contained)[0].startswith("venv --quiet --seed")
    assert calls(contained)[1:3] == ["one", "two"]


@as_root
def test_an_installation_that_fails_is_told_with_its_last_lines_and_the_way_out(contained: ContainedSuite) -> None:
    with pytest.raises(MeasurementError) as caught:
        contained.measure(SuiteOrder(install="echo no compiler here >&2\n\nfalse\necho not reached"))
    assert caught.value.what.endswith("ended with exit code 1\nno compiler here")
    assert "install:" in caught.value.hint


@as_root
def test_an_installation_that_hangs_is_ended(contained: ContainedSuite) -> None:
    with pytest.raises(MeasurementError, match="took longer than 1 s"):
        contained.measure(SuiteOrder(install="exec sleep 600", timeout_seconds=1))


@as_root
def test_links_and_very_large_files_do_not_say_what_to_install(contained: ContainedSuite) -> None:
    workspace = contained.phases.workspace
    (workspace / "requirements.txt").write_text("#" * (LARGEST_PROJECT_FILE + 1))
    (workspace / "pyproject.toml").symlink_to("/etc/hostname")
    contained.measure(SuiteOrder(install="auto"))
    assert calls(contained)[1] == "pip install --quiet coverage>=7.2"


def test_each_component_s_suite_has_an_interpreter_of_its_own(tmp_path: Path) -> None:
    place = phases(tmp_path)
    assert place.apart("") == place
    venvs = {place.apart(name).venv for name in ("", "a/b", "a-b", "a", ".")}
    assert len(venvs) == 5
    assert {venv.parent for venv in venvs} == {place.venv.parent}
    inner = place.apart("a/b")
    assert inner.suite_environment()["VIRTUAL_ENV"] == str(inner.venv)
