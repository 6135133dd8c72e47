"""Starts the suite under coverage: `python <this file> <rcfile> [-m] <script or module> <arguments>`.

`coverage run` gives the program the `sys.path[0]`, `sys.argv` and `__main__` that Python itself would. What stands here
happens before it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from coverage import version_info
from coverage.cmdline import main
from coverage.inorout import InOrOut

OUTCOMES = "COVGATE_OUTCOMES"
COLLECTORS = Path(__file__).resolve().parent / "collectors"


def prepare(rcfile: str) -> None:
    """Lets the runner find its collector, and old versions of coverage their configuration in subprocesses."""
    # At the end: pytest-xdist hands `sys.path` on to its workers, and nothing there may come before the repository's.
    sys.path.append(str(COLLECTORS))
    if version_info < (7, 10):
        os.environ["COVERAGE_PROCESS_START"] = rcfile
    _pass_over_names_that_cannot_be_recorded()
    if os.environ.get(OUTCOMES):
        _collect_from_unittest(os.environ[OUTCOMES])


def _pass_over_names_that_cannot_be_recorded() -> None:
    """A file below `source` whose name is not UTF-8 breaks coverage while it saves: SQLite takes no such text."""
    original = InOrOut.find_possibly_unexecuted_files

    def found(self: InOrOut) -> Iterator[tuple[str, str | None]]:
        for path, plugin in original(self):
            if path.isascii() or path == path.encode("utf-8", "replace").decode("utf-8"):
                yield path, plugin

    InOrOut.find_possibly_unexecuted_files = found  # type: ignore[method-assign]  # coverage has no setting for it


def _collect_from_unittest(path: str) -> None:
    """Runs of TextTestRunner are written down, of whatever program; pytest does not use it."""
    spec = importlib.util.spec_from_file_location("_covgate_unittest", COLLECTORS / "covgate_unittest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install(path)


if __name__ == "__main__":
    prepare(sys.argv[1])
    sys.exit(main(["run", f"--rcfile={sys.argv[1]}", *sys.argv[2:]]))
