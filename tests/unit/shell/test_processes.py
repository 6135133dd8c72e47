import os
import signal
import sys
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.shell.processes import TAIL_LINES, Finished, Untrusted, run


def python(code: str, *, timeout_seconds: float = 60, lines: list[str] | None = None, cwd: str = "/") -> Finished:
    said = (lines if lines is not None else []).append
    return run([sys.executable, "-c", code], cwd=cwd, env={"A": "1"}, timeout_seconds=timeout_seconds, on_line=said)


def test_output_of_both_streams_comes_line_by_line_and_its_tail_is_kept() -> None:
    lines: list[str] = []
    code = "import sys\nfor n in range(300): print(n, flush=True)\nprint('oh', file=sys.stderr)\nprint('end', end='')"
    finished = python(code, lines=lines)
    assert (finished.exit_code, finished.signal, finished.status) == (0, None, 0)
    assert lines[:2] == ["0", "1"]
    assert lines[-2:] == ["oh", "end"]
    assert finished.tail.split("\n") == lines[-TAIL_LINES:]


def test_directory_and_environment_are_those_that_were_given(tmp_path: Path) -> None:
    finished = python("import os; print(os.getcwd(), os.environ.get('A'), os.environ.get('HOME'))", cwd=str(tmp_path))
    assert finished.tail == f"{tmp_path} 1 None"


def test_output_that_is_no_text_is_shown_as_well_as_can_be() -> None:
    assert python("import sys; sys.stdout.buffer.write(b'\\xff\\r\\n')").tail == "�"


def test_a_line_without_end_is_cut_and_not_kept_in_memory() -> None:
    lines: list[str] = []
    python("import sys; sys.stdout.write('x' * 1_000_000)", lines=lines)
    assert sum(map(len, lines)) == 1_000_000
    assert len(lines) > 1


def test_a_signal_is_told_apart_from_an_exit_code() -> None:
    finished = python("import os; os.kill(os.getpid(), 9)")
    assert (finished.exit_code, finished.signal, finished.status) == (None, 9, -9)


def test_what_takes_too_long_is_asked_to_stop_first() -> None:
    finished = python(
        # A shell's background job ignores the signal until it says otherwise.
        "import signal, threading\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try:\n    print('on', flush=True)\n    threading.Event().wait()\n"
        "except KeyboardInterrupt:\n    print('asked', flush=True)",
        timeout_seconds=2,
    )
    assert finished.timed_out
    assert finished.tail == "on\nasked"


def test_what_does_not_listen_is_killed() -> None:
    code = "import signal, threading\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\nthreading.Event().wait()"
    finished = python(code, timeout_seconds=1)
    assert (finished.timed_out, finished.signal) == (True, signal.SIGKILL)


def test_a_daemon_that_holds_the_output_open_does_not_hold_us() -> None:
    code = (
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', "
        "'import time; time.sleep(600)'], start_new_session=True)\nprint('done')"
    )
    assert python(code).tail == "done"


FLOOD = "import os\nwhile True: os.write(1, b'y\\n' * 32768)"


class Patience:
    """Takes lines, and loses patience after far more of them than a second brings."""

    def __init__(self) -> None:
        self.left = 30_000_000

    def __call__(self, _line: str) -> None:
        self.left -= 1
        assert self.left, "the flood was never stopped"


def test_a_flood_of_output_does_not_stop_the_clock() -> None:
    finished = run([sys.executable, "-c", FLOOD], cwd="/", env={}, timeout_seconds=1, on_line=Patience())
    assert finished.timed_out


def test_a_daemon_that_floods_the_output_does_not_hold_us() -> None:
    code = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {FLOOD!r}], start_new_session=True)"
    finished = run([sys.executable, "-c", code], cwd="/", env={}, timeout_seconds=60, on_line=Patience())
    assert (finished.exit_code, finished.timed_out) == (0, False)


def test_a_program_that_closes_its_output_is_waited_for() -> None:
    assert python("import os, sys, time\nos.close(1); os.close(2)\nos._exit(3)").exit_code == 3


def test_a_program_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MeasurementError, match="command not found: /no/such"):
        run(["/no/such"], cwd="/", env={}, timeout_seconds=1)


def test_a_directory_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="the directory to run it in is gone"):
        run([sys.executable, "-c", ""], cwd=str(tmp_path / "gone"), env={}, timeout_seconds=1)


def test_a_file_that_is_no_program_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("x")
    with pytest.raises(MeasurementError, match="cannot be started: Permission denied"):
        run([str(path)], cwd="/", env={}, timeout_seconds=1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_an_untrusted_program_is_another_user_without_groups() -> None:
    user = Untrusted(65534, 65534, "/nonexistent")
    script = 'echo "$(id -u) $(id -g) $(id -G)"'
    finished = run(["/bin/sh", "-c", script], cwd="/", env={"PATH": os.defpath}, timeout_seconds=30, user=user)
    assert finished.tail == "65534 65534 65534"
