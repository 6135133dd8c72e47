"""The base's suite, run on its own files: with a fresh home in the container, with the project's Python elsewhere."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.measure.sources import default_source
from covgate.ports import BaseTree, Measurement, SuiteOrder
from covgate.shell.container import ContainedSuite, ContainerPhases
from covgate.shell.output import RunOutput
from covgate.shell.phases import give, remove
from covgate.shell.subdirectory import moved
from covgate.shell.suite.interpreter import find_python
from covgate.shell.suite.local import LocalSuite, find_python_files

CACHE_KEPT_BY_WORKFLOWS = "RUNNER_TEMP"


@dataclass(frozen=True, slots=True)
class BaseSuite:
    """Runs the suite of a base's files.

    Shape:  `project` is the head's project, `directory` where it is in the repository, "" for the root; `phases` are
            None outside of the container; `around` is where the project is that this is a component of, "" for none.
    """

    project: Path
    directory: str
    scratch: str
    environment: Mapping[str, str]
    phases: ContainerPhases | None
    output: RunOutput
    around: str = ""

    def measure(self, tree: BaseTree, order: SuiteOrder) -> Measurement:
        """As `Suite.measure_base`."""
        place = Path(tree.path, self.directory)
        if not place.is_dir():
            raise MeasurementError("the base does not have the project's directory", where=self.directory)
        self.output.progress("Running the suite on the base")
        try:
            with self.output.foreign_output() as say:
                measurement = self._measured(Path(tree.path), place, order, say)
        except OSError as error:  # a full disk, most often, which the head's suite may have filled
            raise MeasurementError(f"there is no place to run it in: {error.strerror}") from error
        if not self.directory:
            return measurement
        return replace(measurement, snapshot=moved(measurement.snapshot, self.directory))

    def _measured(self, tree: Path, place: Path, order: SuiteOrder, say: Callable[[str], None]) -> Measurement:
        if self.phases is None:
            python = find_python(order.python, str(self.project), self.environment, self.around)
            suite = LocalSuite(str(place), self.scratch, sources_first(self.environment, place), say)
            return suite.measure(replace(order, python=python))
        with base_phases(self.phases, tree) as there:
            allowed = there.suite_environment(order.env)
            inner = LocalSuite(str(place), str(there.scratch), allowed, say, there.user)
            return ContainedSuite(there, place, inner, say).measure(order)


def sources_first(environment: Mapping[str, str], place: Path) -> dict[str, str]:
    """The environment in which the base's packages come before those of the head, which may be installed there."""
    names = default_source(find_python_files(str(place)))
    roots = sorted({str(place / "src") if name.partition("/")[0] == "src" else str(place) for name in names})
    found = [*roots, *filter(None, [environment.get("PYTHONPATH", "")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(found)} if found else dict(environment)


@contextmanager
def base_phases(phases: ContainerPhases, tree: Path) -> Iterator[ContainerPhases]:
    """The container's phases for the base's suite: a home of its own, and no cache that a change could have filled.

    Shape:  `tree` is given to the suite's user now, when nothing of the head's is running any more. What either suite
            leaves where everybody may write is gone before the other one runs.
    """
    user = phases.user
    clear(phases.shared, user.uid)
    home = Path(tempfile.mkdtemp(prefix="base-", dir=phases.scratch))
    for folder in (home, tree):
        give(folder, user.uid, user.gid)
    tree.parent.chmod(0o755)
    given = {name: value for name, value in phases.environment.items() if name != CACHE_KEPT_BY_WORKFLOWS}
    try:
        yield replace(phases, environment=given, user=replace(user, home=str(home)))
    finally:
        clear(phases.shared, user.uid)


def clear(folders: tuple[Path, ...], uid: int) -> None:
    """Removes what a user has in folders that everybody may write to; not root's, which is covgate's own as well."""
    for folder in filter(Path.is_dir, folders if uid else ()):
        for place in folder.iterdir():
            if place.lstat().st_uid == uid:
                remove(place)
