import os
import subprocess
import sys
from pathlib import Path

import pytest

from covgate.shell.phases import KeptFile


def run_apart(code: str) -> "subprocess.CompletedProcess[str]":
    """Runs code in a process of its own: these functions change the process that calls them."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)


DAEMON = """
import os, subprocess
from covgate.shell.phases import descendants, end_processes, guard_memory
guard_memory()
subprocess.run(["sh", "-c", "setsid sleep 600 >/dev/null 2>&1 &"])
assert list(descendants(os.getpid())), "the daemon should have been adopted"
end_processes()
print(list(descendants(os.getpid())))
"""


def test_a_daemon_that_the_suite_left_behind_is_ended() -> None:
    done = run_apart(DAEMON)
    assert done.stdout == "[]\n", done.stderr


def test_ending_nothing_is_quick_and_harmless() -> None:
    done = run_apart("from covgate.shell.phases import end_processes\nend_processes()\nprint('alive')")
    assert done.stdout == "alive\n", done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_is_told_by_its_exit_status_and_a_second_one_is_not_heard(name: str) -> None:
    code = f"""
import os, signal
from covgate.errors import Interrupted
from covgate.shell.phases import stop_on_signals
stop_on_signals()
try:
    os.kill(os.getpid(), signal.{name})
except Interrupted as stopped:
    os.kill(os.getpid(), signal.SIGTERM)
    raise SystemExit(stopped.exit_status)
"""
    assert run_apart(code).returncode == {"SIGINT": 130, "SIGTERM": 143}[name]


def test_guarded_memory_cannot_be_dumped_and_children_get_no_more_rights() -> None:
    code = """
import ctypes
from covgate.shell.phases import guard_memory
guard_memory()
libc = ctypes.CDLL(None)
print(libc.prctl(3, 0, 0, 0, 0), libc.prctl(39, 0, 0, 0, 0))
"""
    assert run_apart(code).stdout == "0 1\n"


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    path = tmp_path / "set_env"
    path.write_text("EARLIER=1\n")
    return path


def test_what_the_suite_appended_is_undone(env_file: Path) -> None:
    kept = KeptFile.of(env_file)
    env_file.write_text("EARLIER=1\nLD_PRELOAD=evil.so\n")
    kept.restore()
    assert env_file.read_text() == "EARLIER=1\n"


def test_a_link_under_the_file_s_name_is_replaced_and_its_target_left_alone(env_file: Path, tmp_path: Path) -> None:
    kept = KeptFile.of(env_file)
    (tmp_path / "precious").write_text("precious")
    env_file.unlink()
    env_file.symlink_to(tmp_path / "precious")
    kept.restore()
    assert (tmp_path / "precious").read_text() == "precious"
    assert env_file.read_text() == "EARLIER=1\n"
    assert not env_file.is_symlink()


def test_a_second_name_for_the_file_gets_nothing_of_what_is_written_later(env_file: Path, tmp_path: Path) -> None:
    kept = KeptFile.of(env_file)
    (tmp_path / "other").hardlink_to(env_file)
    kept.restore()
    env_file.write_text("verdict=passed\n")
    assert (tmp_path / "other").read_text() == "EARLIER=1\n"


def test_a_folder_or_a_pipe_under_the_file_s_name_is_replaced(env_file: Path, tmp_path: Path) -> None:
    kept, pipe = KeptFile.of(env_file), KeptFile.of(tmp_path / "pipe")
    env_file.unlink()
    env_file.mkdir()
    os.mkfifo(tmp_path / "pipe")
    kept.restore()
    pipe.restore()
    assert env_file.read_text() == "EARLIER=1\n"
    assert not (tmp_path / "pipe").exists()


def test_the_file_keeps_its_mode(env_file: Path) -> None:
    env_file.chmod(0o640)
    kept = KeptFile.of(env_file)
    env_file.unlink()
    kept.restore()
    assert env_file.stat().st_mode & 0o777 == 0o640
