"""The command line: what is parsed, what is printed, and the number that it ends with."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.scenario.shop import clean_environment, covgate, shop

from covgate import __version__
from covgate.cli import parsed
from covgate.errors import CovgateError, Interrupted, SettingsError


class Failing(Mapping[str, str]):
    """An environment in which looking anything up goes wrong."""

    def __init__(self, failure: BaseException) -> None:
        self.failure = failure

    def __getitem__(self, name: str) -> str:
        raise self.failure

    def __iter__(self) -> Iterator[str]:
        raise self.failure

    def __len__(self) -> int:
        return 1


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (SettingsError("x"), 2),
        (CovgateError("x"), 70),
        (KeyError("a bug"), 70),
        (Interrupted(15), 143),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_end_has_its_number_and_says_that_nothing_was_judged(failure: BaseException, code: int) -> None:
    ended = covgate("run", environment=Failing(failure))
    assert ended.code == code
    assert ended.err.endswith("  No gate was evaluated.\n")


def test_a_bug_comes_with_its_traceback_and_an_error_of_the_user_without() -> None:
    assert "Traceback" in covgate("run", environment=Failing(KeyError("a bug"))).err
    assert "Traceback" not in covgate("run", environment=Failing(SettingsError("x"))).err


def test_without_a_command_the_help_is_shown() -> None:
    ended = covgate(environment={})
    assert (ended.code, ended.out.startswith("usage: covgate"), "exit codes:" in ended.out) == (0, True, True)


def test_options_stand_for_settings() -> None:
    options = parsed(["run", "--base", "main", "--timeout", "5m", "--no-publish"])
    assert (options.setting_base, options.setting_timeout, options.no_publish, options.from_data) == (
        "main",
        "5m",
        True,
        False,
    )
    assert parsed(["report", "--data", "a.xml", "b.xml"]).data == ["a.xml", "b.xml"]


def test_an_option_is_not_guessed_from_its_beginning() -> None:
    with pytest.raises(SettingsError, match="does not take `--time`"):
        parsed(["run", "--time", "5m"])


def test_the_program_and_the_module_are_the_same() -> None:
    for command in ([sys.executable, "-m", "covgate"], [str(Path(sys.executable).parent / "covgate")]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"covgate {__version__}\n"


def test_a_terminal_that_knows_no_unicode_gets_an_error_all_the_same(tmp_path: Path) -> None:
    environment = {**clean_environment(), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "covgate", "run", "--repo", str(tmp_path / "größe")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "There is no such directory." in done.stderr) == (5, True)


def test_a_signal_ends_the_suite_and_the_run(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    hang = "import os, threading\n\n\ndef test_hang():\n    print('\\nsuite', os.getpid(), flush=True)\n"
    project.add({"tests/test_hang.py": f"{hang}    threading.Event().wait()\n"})
    options = ["--repo", str(project.root), "--python", sys.executable, "--command", "pytest -s"]
    command = [sys.executable, "-m", "covgate", "run", *options]
    environment = {**clean_environment(), **project.environment}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        suite = next(int(line.split()[1]) for line in run.stdout if line.startswith("suite "))
        run.terminate()
        _, err = run.communicate(timeout=60)
    assert run.returncode == 143
    assert "the run was cancelled (signal 15)" in err
    with pytest.raises(ProcessLookupError):
        os.kill(suite, 0)
