"""What the trusted phases do about the one between them: end its processes, and undo what it wrote for the runner."""

import ctypes
import os
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from covgate.errors import Interrupted, MeasurementError

PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 36, 38
END_DEADLINE_SECONDS = 10.0


def stop_on_signals() -> None:
    """Makes SIGINT and SIGTERM raise Interrupted in the main thread, once.

    Source: a first process has no default action for SIGTERM; the runner sends SIGINT, 7.5 s later SIGTERM, then kills.
            A second signal must not break the clearing up that the first one started.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)


def interrupt(number: int, _frame: FrameType | None) -> None:
    """Ends the run; further signals are not heard."""
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    raise Interrupted(number)


def guard_memory() -> None:
    """Closes this process's memory and environment to others, its children's way to more rights, and adopts orphans.

    Errors: MeasurementError where the kernel refuses: the suite must not run beside an open secret.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((PR_SET_DUMPABLE, 0), (PR_SET_NO_NEW_PRIVS, 1), (PR_SET_CHILD_SUBREAPER, 1)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            raise MeasurementError(f"the kernel refused prctl({option}): {os.strerror(ctypes.get_errno())}")


def end_processes(deadline_seconds: float = END_DEADLINE_SECONDS) -> None:
    """Kills and reaps everything that the suite left running.

    Shape:  as the container's first process, all other processes of the container; else all descendants of this one.
    Errors: MeasurementError where one survives the deadline.
    """
    deadline = time.monotonic() + deadline_seconds
    while any((kill_rest(), reap())):
        if time.monotonic() > deadline:
            raise MeasurementError("a process that the suite left behind cannot be ended")
        time.sleep(0.005)


def kill_rest() -> bool:
    """Sends SIGKILL to the processes that must not outlive the suite; False where there is none."""
    try:
        if os.getpid() == 1:
            os.kill(-1, signal.SIGKILL)
            return True
    except ProcessLookupError:
        return False
    return kill_descendants()


def kill_descendants() -> bool:
    """Sends SIGKILL to all descendants; False where there is none."""
    found = False
    for process in descendants(os.getpid()):
        found = True
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return found


def descendants(ancestor: int) -> Iterator[int]:
    """The processes that descend from `ancestor`; without those that have ended and wait to be reaped by others."""
    children: dict[int, list[int]] = {}
    for process, parent in parents():
        children.setdefault(parent, []).append(process)
    pending = [ancestor]
    while pending:
        found = children.get(pending.pop(), [])
        yield from found
        pending.extend(found)


def parents() -> Iterator[tuple[int, int]]:
    """Each process and its parent."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue
            yield int(folder.name), int(fields[1])


def reap() -> bool:
    """Takes leave of the ended children; True while there are others."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was before the suite ran.

    Shape:  `content` is None where there was none.
    """

    path: Path
    content: bytes | None
    mode: int = 0
    uid: int = 0
    gid: int = 0

    @classmethod
    def of(cls, path: Path) -> "KeptFile":
        """Remembers a file."""
        try:
            status = path.lstat()
            return cls(path, path.read_bytes(), stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid)
        except FileNotFoundError:
            return cls(path, None)

    def restore(self) -> None:
        """Puts the file back as a new one: a link or a pipe under its name, or a second name for it, gets nothing."""
        remove(self.path)
        if self.content is None:
            return
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self.content)
            os.fchown(descriptor, self.uid, self.gid)
            os.fchmod(descriptor, self.mode)


def remove(path: Path) -> None:
    """Removes whatever has this name, following nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def give(folder: Path, uid: int, gid: int) -> None:
    """Makes what this process owns in a folder the property of another user, following no link."""
    for directory, names, files in os.walk(folder):
        for name in (".", *names, *files):
            path = Path(directory, name)
            if path.lstat().st_uid == os.geteuid():
                os.chown(path, uid, gid, follow_symlinks=False)
