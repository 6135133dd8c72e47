"""Runs other people's programs: streamed, limited in time, and gone when it is over."""

import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from covgate.errors import MeasurementError

TAIL_LINES = 200
LONGEST_LINE = 64 * 1024
MOST_AT_ONCE = 1024 * 1024
"""As much as a pipe may hold. Whoever writes faster than it is read never leaves the pipe empty, and the clock must be
looked at all the same."""
GRACE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Untrusted:
    """Whom a program is run as that must not reach what covgate holds.

    Shape:  `groups` of the program are none but `gid`; `home` is a directory that this user may write.
    """

    uid: int
    gid: int
    home: str


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended.

    Shape:  `exit_code` is None where a signal ended it, `signal` None where it exited by itself; `tail` are the last
            lines of its output, both streams as one.
    Units:  wall-clock seconds.
    """

    exit_code: int | None
    signal: int | None
    seconds: float
    tail: str
    timed_out: bool = False

    @property
    def status(self) -> int:
        """The exit code, or the signal's number as a negative one."""
        return self.exit_code if self.exit_code is not None else -(self.signal or 0)


def run(
    argv: Sequence[str],
    *,
    cwd: str,
    env: Mapping[str, str],
    timeout_seconds: float,
    on_line: Callable[[str], None] | None = None,
    user: Untrusted | None = None,
) -> Finished:
    """Runs a program in a session of its own and waits for it.

    Shape:  `on_line` gets each line of output without its end, as it comes.
    Errors: MeasurementError where the program cannot be started. What remains of its process group is killed on every
            way out, so that nothing it started outlives it.
    """
    started = time.monotonic()
    process = _start(argv, cwd, env, user)
    lines = _Lines(on_line)
    try:
        timed_out = not _follow(process, lines, started + timeout_seconds)
        if timed_out:
            _end_gently(process, lines)
    finally:
        _kill_group(process)
        process.wait()
        if process.stdout:
            process.stdout.close()
    lines.finish()
    status = process.returncode
    return Finished(
        exit_code=status if status >= 0 else None,
        signal=-status if status < 0 else None,
        seconds=time.monotonic() - started,
        tail=lines.tail,
        timed_out=timed_out,
    )


def _start(argv: Sequence[str], cwd: str, env: Mapping[str, str], user: Untrusted | None) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(argv),
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=() if user else None,
        )
    except FileNotFoundError as error:
        if not os.path.isdir(cwd):  # noqa: PTH112  # a path is all that this module has
            raise MeasurementError("the directory to run it in is gone", where=cwd) from error
        raise MeasurementError(
            f"command not found: {argv[0]}", hint="Name the command in `suite.command`, or install what it needs."
        ) from error
    except OSError as error:
        raise MeasurementError(f"{argv[0]} cannot be started: {error.strerror or error}") from error


class _Lines:
    """Collects output: hands lines on, and keeps the last of them."""

    def __init__(self, on_line: Callable[[str], None] | None) -> None:
        self._on_line = on_line
        self._rest = b""
        self._kept: deque[str] = deque(maxlen=TAIL_LINES)

    def feed(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(b"\n")
        for line in whole:
            self._emit(line)
        if len(self._rest) > LONGEST_LINE:
            self.finish()

    def finish(self) -> None:
        if self._rest:
            self._emit(self._rest)
            self._rest = b""

    def _emit(self, raw: bytes) -> None:
        line = raw.decode("utf-8", "replace").rstrip("\r")
        self._kept.append(line)
        if self._on_line:
            self._on_line(line)

    @property
    def tail(self) -> str:
        return "\n".join(self._kept)


def _follow(process: subprocess.Popen[bytes], lines: _Lines, deadline: float) -> bool:
    """Reads output until the program ends; False where the deadline came first.

    The program's own end counts, not the pipe's: a daemon that it left behind holds the pipe open for ever.
    """
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            ended = process.poll() is not None
            closed = bool(selector.select(0 if ended else min(left, 0.1))) and not _drain(process, lines)
            if ended:
                return True
            if closed:
                return _wait(process, deadline)
    return False


def _drain(process: subprocess.Popen[bytes], lines: _Lines) -> bool:
    """Takes the output that is there, `MOST_AT_ONCE` at most; False at its end."""
    assert process.stdout is not None
    left = MOST_AT_ONCE
    while left > 0:
        try:
            data = os.read(process.stdout.fileno(), min(left, 65536))
        except BlockingIOError:
            return True
        if not data:
            return False
        left -= len(data)
        lines.feed(data)
    return True


def _wait(process: subprocess.Popen[bytes], deadline: float) -> bool:
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _end_gently(process: subprocess.Popen[bytes], lines: _Lines) -> None:
    """Asks as Ctrl-C does, so that a test runner reports and coverage is saved; then as `kill` does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        _signal_group(process, number)
        if _follow(process, lines, time.monotonic() + GRACE_SECONDS):
            return


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        # Nobody is left in it, or only processes of another user: there is nothing more that can be done here.
        if process.poll() is None:
            process.send_signal(number)
