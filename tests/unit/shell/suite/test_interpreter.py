import sys
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.shell.processes import Untrusted
from covgate.shell.suite.environment import suite_environment
from covgate.shell.suite.interpreter import find_python


def executable(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_active_environment_comes_first_then_the_repository_s_then_the_path_s(tmp_path: Path) -> None:
    root = tmp_path / "root"
    on_path = {"PATH": str(tmp_path / "bin")}
    assert find_python("", str(root), on_path) == sys.executable
    python3 = executable(tmp_path / "bin/python3")
    assert find_python("", str(root), on_path) == python3
    venv = executable(root / "venv/bin/python")
    assert find_python("", str(root), on_path) == venv
    dot_venv = executable(root / ".venv/bin/python")
    assert find_python("", str(root), on_path) == dot_venv
    active = executable(tmp_path / "active/bin/python")
    assert find_python("", str(root), {**on_path, "VIRTUAL_ENV": str(tmp_path / "active")}) == active


def test_a_component_s_own_environment_comes_before_that_of_the_project_around_it(tmp_path: Path) -> None:
    root, around = tmp_path / "api", tmp_path
    outer = executable(around / ".venv/bin/python")
    assert find_python("", str(root), {}, str(around)) == outer
    assert find_python(".venv", str(root), {}, str(around)) == outer
    inner = executable(root / "venv/bin/python")
    assert find_python("", str(root), {}, str(around)) == inner
    assert find_python("venv", str(root), {}, str(around)) == inner


def test_a_python_is_named_by_path_by_venv_by_command_or_by_version(tmp_path: Path) -> None:
    wanted = executable(tmp_path / "env/bin/python")
    by_version = executable(tmp_path / "bin/python3.13")
    environment = {"PATH": str(tmp_path / "bin")}
    assert find_python(wanted, "/", environment) == wanted
    assert find_python("env/bin/python", str(tmp_path), environment) == wanted
    assert find_python("env", str(tmp_path), environment) == wanted
    assert find_python("python3.13", "/", environment) == by_version
    assert find_python("3.13", "/", environment) == by_version


@pytest.mark.parametrize("wanted", ["3.99", "/no/such/python", "no-python"])
def test_a_python_that_is_not_there_is_an_error(wanted: str, tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="there is no"):
        find_python(wanted, str(tmp_path), {"PATH": str(tmp_path)})


def test_settings_of_other_runs_do_not_reach_the_suite() -> None:
    given = {
        "COVERAGE_PROCESS_START": "x",
        "COV_CORE_SOURCE": "x",
        "PYTEST_XDIST_WORKER": "gw0",
        "PYTEST_ADDOPTS": "-x",
    }
    environment = suite_environment({**given, "PATH": "/bin"}, "/usr/bin/python3")
    assert environment == {"PYTEST_ADDOPTS": "-x", "PATH": "/usr/bin:/bin"}


def test_the_suite_s_python_is_the_active_one(tmp_path: Path) -> None:
    python = executable(tmp_path / "venv/bin/python")
    (tmp_path / "venv/pyvenv.cfg").write_text("")
    environment = suite_environment({"PATH": "/bin", "VIRTUAL_ENV": "/other"}, python)
    assert environment == {"PATH": f"{tmp_path}/venv/bin:/bin", "VIRTUAL_ENV": f"{tmp_path}/venv"}


def test_an_untrusted_suite_sees_no_secrets_and_what_is_let_through() -> None:
    given = {"GITHUB_TOKEN": "s", "INPUT_GITHUB-TOKEN": "s", "AWS_SECRET": "s", "DATABASE_URL": "u", "LANG": "C"}
    user = Untrusted(1001, 1001, "/home/suite")
    environment = suite_environment(given, "/usr/bin/python3", ["DATABASE_URL", "GITHUB_TOKEN"], user)
    assert environment == {"DATABASE_URL": "u", "LANG": "C", "HOME": "/home/suite", "PATH": "/usr/bin:/bin:/usr/bin"}
