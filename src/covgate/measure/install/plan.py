"""The plan for a repository: its set-up recognised, and what to run for it."""

from collections.abc import Mapping

from covgate.measure.addopts import PYTEST_FILES
from covgate.measure.install import set_ups
from covgate.measure.install.project import PROJECT_FILES, project_of
from covgate.measure.install.purposes import REQUIREMENTS
from covgate.measure.install.set_up import InstallPlan, SetUp
from covgate.registry import collect

FOLDERS = ("requirements", "tests", "test")
"""Folders beside the top one in which requirements files lie."""


def all_set_ups() -> tuple[SetUp, ...]:
    """The recognised set-ups, the most exact first."""
    return tuple(sorted(collect(set_ups, "SET_UP"), key=lambda set_up: set_up.rank))


def is_wanted(path: str) -> bool:
    """Whether a plan depends on this file, by its path in the repository."""
    locks = {set_up.lock for set_up in all_set_ups()}
    return path in {*PROJECT_FILES, *PYTEST_FILES, *locks} - {""} or REQUIREMENTS.fullmatch(path) is not None


def install_plan(texts: Mapping[str, str], folder: str) -> InstallPlan:
    """The plan for a repository.

    Shape:  `texts` are the repository's files of which `is_wanted` is true, by path; `folder` is where the plan's own
            files will be when its steps are run.
    Errors: MeasurementError where one of the files cannot be read.
    """
    project = project_of(texts)
    return next(set_up for set_up in all_set_ups() if set_up.recognises(project)).plan(project, folder)
