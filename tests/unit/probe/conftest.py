import gc
import os
import sys
import unittest
import warnings
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest


@pytest.fixture(autouse=True)
def _suite_process() -> Iterator[None]:
    """The probe has a process to itself: here, what it changes in it is put back."""
    before = Path.cwd(), sys.path[:], sys.argv[:], dict(os.environ), unittest.TextTestRunner.resultclass
    measuring = getattr(coverage.process_startup, "coverage", None)
    with warnings.catch_warnings():
        yield
    os.chdir(before[0])
    sys.path[:], sys.argv[:] = before[1], before[2]
    os.environ.clear()
    os.environ.update(before[3])
    unittest.TextTestRunner.resultclass = before[4]
    gc.enable()
    if measuring is not None:
        # A process that coverage's start-up file measures gives that up as soon as somebody makes another Coverage.
        measuring._auto_save = True
