"""pytest plugin: writes down outcomes as they come, and keeps a second coverage from starting inside the first.

Loaded with `-p`, in pytest 6 to 9, in the controller and the workers of pytest-xdist. It must warn of nothing: suites
turn warnings into errors. PYTEST_DONT_REWRITE: for the same reason, and for want of asserts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from typing import Any

import pytest

OUTCOMES = "COVGATE_OUTCOMES"
LONGEST_MESSAGE = 300


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(early_config: Any) -> Generator[None, None, None]:
    """pytest-cov starts here when the repository's own options say `--cov`; covgate's coverage is running already."""
    if getattr(early_config.known_args_namespace, "cov_source", None):
        early_config.known_args_namespace.cov_source = []
    if os.environ.get("PYTEST_XDIST_WORKER"):
        _measure_worker()
    yield


def _measure_worker() -> None:
    """Starts coverage in a worker of pytest-xdist, unless its start-up file did: old versions have none."""
    if os.environ.get("COVERAGE_PROCESS_CONFIG") or os.environ.get("COVERAGE_PROCESS_START"):
        import coverage  # noqa: PLC0415  # nobody else needs it

        if coverage.Coverage.current() is None:
            coverage.process_startup()


def pytest_configure(config: Any) -> None:
    """Outcomes of all workers arrive in the controller, so that only it writes."""
    path = os.environ.get(OUTCOMES)
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(path), "covgate-outcomes")


class Outcomes:
    """Writes a line of JSON for each report, at once: a suite that dies has told all that was known."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115, PTH123  # stays open as long as the session

    def pytest_collectreport(self, report: Any) -> None:
        """A file that could not be collected; under pytest-xdist each worker reports it."""
        if report.outcome == "failed":
            self._write(report.nodeid, "collect", "failed", 0.0, message(report))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One phase of one test."""
        told = message(report) if report.outcome != "passed" else ""
        self._write(report.nodeid, report.when, report.outcome, getattr(report, "duration", 0.0), told)

    def pytest_unconfigure(self) -> None:
        """The session is over."""
        self._file.close()

    def _write(self, name: str, when: str, outcome: str, seconds: float, told: str) -> None:
        line = {"name": name, "when": when, "outcome": outcome, "seconds": round(seconds, 6), "message": told}
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def message(report: Any) -> str:
    """The first line of what went wrong, or the reason of a skip."""
    expected: str | None = getattr(report, "wasxfail", None)
    if expected is not None:
        return ("expected failure: " + expected).rstrip(": ")[:LONGEST_MESSAGE]
    told = report.longrepr
    if isinstance(told, tuple):  # path, line, reason of a skip
        return str(told[2]).replace("Skipped: ", "", 1)[:LONGEST_MESSAGE]
    crash = getattr(told, "reprcrash", None)
    text = crash.message if crash is not None else str(told or "")
    return _first_line(text)[:LONGEST_MESSAGE]


def _first_line(text: str) -> str:
    """The first line that says something; of a failed collection's traceback the one that pytest marks as the error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line[1:].strip() for line in lines if line.startswith("E ")]
    return (errors or lines or [""])[0]
