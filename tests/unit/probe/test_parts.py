import os
import subprocess
import sys
from pathlib import Path

import pytest

from covgate.probe import parts

# Processes of their own: one of pytest-xdist has threads and is never forked.
FORKED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import parts
parts.processors = lambda: 4

def here(paths):
    return [os.getpid(), list(paths)]

def killed(paths):
    os.kill(os.getpid(), signal.SIGKILL)

def exited(paths):
    os._exit(0)

def refused(paths):
    raise ValueError("only where it was forked")

def no_process():
    raise BlockingIOError("no more processes")

work = {"works": here, "killed": killed, "exited": exited, "refused": refused, "unstarted": here}[sys.argv[2]]
if sys.argv[2] == "unstarted":
    os.fork = no_process
try:
    found = parts.in_parts([str(n) for n in range(100)], here, work)
except parts.LostPartError:
    print("lost")
else:
    assert sorted(int(n) for _, names in found for n in names) == list(range(100))
    print(len({process for process, _ in found}))
try:
    os.waitpid(-1, 0)
    print("a process is left")
except ChildProcessError:
    pass
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")


def found(how: str) -> str:
    """How many processes answered, or that a part was lost."""
    command = [sys.executable, "-c", FORKED, str(Path(parts.__file__).parent), how]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def unexpected(_: object) -> None:
    raise AssertionError("no other process is worth it")


def test_no_files_are_no_part() -> None:
    assert parts.in_parts([], list, unexpected) == []


def test_few_files_are_one_part_here() -> None:
    assert parts.in_parts(["a", "b"], list, unexpected) == [["a", "b"]]


def test_as_many_processes_as_processors_are_worth_having() -> None:
    assert 1 <= parts.processors() <= max(1, os.cpu_count() or 1)


@on_linux
def test_many_files_are_divided_among_processes() -> None:
    assert found("works") == "4"


@on_linux
@pytest.mark.parametrize("how", ["killed", "exited"])
def test_a_process_that_dies_is_an_error_and_not_an_answer_without_its_files(how: str) -> None:
    assert found(how) == "lost"


@on_linux
def test_what_a_process_could_not_do_is_done_here_where_its_exception_is_seen() -> None:
    assert found("refused") == "1"


@on_linux
def test_where_no_process_can_be_started_everything_is_done_here() -> None:
    assert found("unstarted") == "1"
