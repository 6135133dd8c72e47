"""The suite where it runs: as it is on a terminal, apart in the action's container."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from covgate.errors import MeasurementError, SettingsError
from covgate.ports import KeptData, Measurement, Suite, SuiteOrder
from covgate.settings import Settings
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.container import ContainedSuite, ContainerPhases
from covgate.shell.output import RunOutput
from covgate.shell.subdirectory import InDirectory
from covgate.shell.suite.local import LocalSuite

DATA = "coverage.data"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HeardSuite:
    """ports.Suite whose output is passed on as somebody else's: it commands nothing on a runner.

    Shape:  `made` makes the suite from the function that it says its lines to; `kept` has its coverage data once it
            has ended.
    """

    made: Callable[[Say], Suite]
    output: RunOutput
    kept: list[KeptData]

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`; its coverage data are in the output folder then, whatever went wrong after it ended."""
        self.output.discard(DATA)
        self.output.progress("Running the suite")
        try:
            with self.output.foreign_output() as say:
                measurement = self.made(say).measure(order)
        except MeasurementError:
            if path := self._keep():
                self.output.tell(f"covgate: the suite's coverage is kept in {path}: `covgate report --data` reads it")
            raise
        if not order.keep_data:
            self._keep()
        return measurement

    def _keep(self) -> str:
        return self.output.keep(DATA, self.kept[-1].path) if self.kept else ""

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`."""
        self.output.progress("Reading the coverage that was given")
        with self.output.foreign_output() as say:
            return self.made(say).read(data, order)


@contextmanager
def stage(
    root: Path,
    project: Path,
    settings: Settings,
    *,
    phases: ContainerPhases | None,
    environment: Mapping[str, str],
    output: RunOutput,
    committed: Committed = NOTHING_COMMITTED,
) -> Iterator[Suite]:
    """The suite of the project in the directory `project`; its scratch folder is gone afterwards.

    Shape:  `committed` is what Git tracks, where coverage data that a change brings along must not count.
    """
    kept: list[KeptData] = []
    with tempfile.TemporaryDirectory(prefix="covgate-") as scratch:

        def made(say: Say) -> Suite:
            if phases is None:
                return LocalSuite(str(project), scratch, environment, say, keep=kept.append, committed=committed)
            allowed = phases.suite_environment(settings.suite.env)
            inner = LocalSuite(str(project), str(phases.scratch), allowed, say, phases.user, keep=kept.append)
            return ContainedSuite(phases, project, replace(inner, committed=committed), say)

        heard = HeardSuite(made, output, kept)
        try:
            yield heard if project == root else InDirectory(heard, project.relative_to(root).as_posix())
        finally:
            if phases:
                phases.hand_over()


def project_directory(root: Path, wanted: str) -> Path:
    """The project's directory within the repository.

    Errors: SettingsError where it is not there, or is reached through a link that leads out.
    """
    project = root / wanted
    if not project.is_dir() or not project.resolve().is_relative_to(root.resolve()):
        raise SettingsError("there is no such directory in the repository", where=f"working-directory: {wanted}")
    return root if project.resolve() == root.resolve() else project
