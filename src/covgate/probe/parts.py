"""One pass over many files as several at once, in forked processes: analysing is nothing but computing."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

FEWEST_FILES = 25
MOST_PROCESSES = 8
REFUSED = 7
"""How a process ends whose work raised an exception; it is raised again where everybody can see it."""

Work = Callable[[Sequence[str]], Any]


class LostPartError(Exception):
    """A process ended without an answer for its files: killed, or exited from within."""


@dataclass(frozen=True)
class _Child:
    """A process at work on `part`, and the pipe on which it answers."""

    part: Sequence[str]
    process: int
    pipe: int


def in_parts(paths: Sequence[str], work: Work, work_forked: Work) -> list[Any]:
    """What `work` here, and `work_forked` in other processes, return for the parts of `paths`, in no particular order.

    Shape:  what they return has to be the same after a journey through JSON. Few files, or one processor, are one part
            for `work`; no files are none. A process that cannot be started leaves its part to `work`, too.
    Errors: those of `work`; LostPartError where a process dies, since its files must not silently be missing.
    """
    if not paths:
        return []
    count = max(1, min(processors(), len(paths) // FEWEST_FILES))
    first, *others = [paths[start::count] for start in range(count)]
    children: list[_Child] = []
    try:
        left: list[Sequence[str]] = [first]
        for part in others:
            try:
                children.append(_started(part, work_forked))
            except OSError:  # no more processes, memory or pipes allowed
                left.append(part)
        done = [work(part) for part in left]
        while children:
            child = children.pop()
            done.append(_finished(child, work))
    finally:
        for child in children:
            _ended(child)
    return done


def processors() -> int:
    """How many processes are worth having: one where threads run, whose locks a forked process would wait for."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


def _started(part: Sequence[str], work: Work) -> _Child:
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return _Child(part, process, reading)
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "w", encoding="ascii") as answer:
            answer.write(json.dumps(work(part)))
        status = 0
    except Exception:  # noqa: BLE001  # whatever it is, it comes again where it is told
        status = REFUSED
    finally:
        os._exit(status)


def _finished(child: _Child, work: Work) -> Any:
    with os.fdopen(child.pipe, encoding="ascii") as file:
        text = file.read()
    _, status = os.waitpid(child.process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == REFUSED:
        return work(child.part)
    if status or not text:
        raise LostPartError(f"a process that read {len(child.part)} of the files ended early (status {status})")
    return json.loads(text)


def _ended(child: _Child) -> None:
    """Nobody waits for this one any more."""
    os.close(child.pipe)
    os.kill(child.process, signal.SIGKILL)
    os.waitpid(child.process, 0)
