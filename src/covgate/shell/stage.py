"""The suite where it runs: as it is on a terminal, apart in the action's container."""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from covgate.errors import MeasurementError, SettingsError
from covgate.ports import BaseTree, KeptData, Measurement, Suite, SuiteOrder, TreeSuite
from covgate.settings import Settings
from covgate.shell.base_suite import BaseSuite
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.container import ContainedSuite, ContainerPhases
from covgate.shell.output import RunOutput
from covgate.shell.subdirectory import InDirectory
from covgate.shell.suite.local import LocalSuite

DATA = "coverage.data"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HeardSuite:
    """A suite whose output is passed on as somebody else's: it commands nothing on a runner.

    Shape:  `made` makes the suite from the function that it says its lines to; `kept` has its coverage data once it
            has ended; `component` is whose suite it is, "" for the whole's.
    """

    made: Callable[[Say], TreeSuite]
    output: RunOutput
    kept: list[KeptData]
    component: str = ""

    @property
    def data(self) -> str:
        """What the file with its coverage data is called."""
        return f"coverage.{re.sub(r'[^A-Za-z0-9_.-]+', '-', self.component)[:64]}.data" if self.component else DATA

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`; its coverage data are in the output folder then, whatever went wrong after it ended."""
        for name in {DATA, self.data}:  # the suite of the whole is run last
            self.output.discard(name)
        self.output.progress(f"Running the suite of {self.component}" if self.component else "Running the suite")
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
        return self.output.keep(self.data, self.kept[-1].path) if self.kept else ""

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`."""
        self.output.progress("Reading the coverage that was given")
        with self.output.foreign_output() as say:
            return self.made(say).read(data, order)


@dataclass(frozen=True, slots=True)
class SuitesByDirectory:
    """ports.Suite for a repository of several suites: each order goes to that of its own directory.

    Shape:  `suite_of` makes the suite that an order is for, `base_of` that of the base's files.
    """

    suite_of: Callable[[SuiteOrder], TreeSuite]
    base_of: Callable[[SuiteOrder], BaseSuite]

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`."""
        return self.suite_of(order).measure(order)

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`."""
        return self.suite_of(order).read(data, order)

    def measure_base(self, tree: BaseTree, order: SuiteOrder) -> Measurement:
        """As `Suite.measure_base`."""
        return self.base_of(order).measure(tree, order)


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
    """The suite of the project in the directory `project`, and those of components in theirs.

    Shape:  the scratch folder is gone afterwards; `committed` is what Git tracks, where coverage data that a change
            brings along must not count.
    """
    with tempfile.TemporaryDirectory(prefix="covgate-") as scratch:

        def heard(order: SuiteOrder) -> TreeSuite:
            kept: list[KeptData] = []
            own, names = order.component, order.env if order.component else settings.suite.env
            place = project_directory(root, order.directory, f"components: {own}") if own else project
            there = phases.apart(order.directory) if phases else None

            def made(say: Say) -> TreeSuite:
                if there is None:
                    local = LocalSuite(str(place), scratch, environment, say, keep=kept.append, committed=committed)
                    return replace(local, around=str(project) if own else "")
                allowed = there.suite_environment(names)
                inner = LocalSuite(str(place), str(there.scratch), allowed, say, there.user, keep=kept.append)
                return ContainedSuite(there, place, replace(inner, committed=committed), say)

            suite = HeardSuite(made, output, kept, own)
            return suite if place == root else InDirectory(suite, place.relative_to(root).as_posix())

        def on_base(order: SuiteOrder) -> BaseSuite:
            inside = "" if project == root else project.relative_to(root).as_posix()
            if order.component:
                inside = "" if order.directory == "." else order.directory
            there = phases.apart(order.directory) if phases else None
            around = str(project) if order.component else ""
            return BaseSuite(root / inside, inside, scratch, environment, there, output, around)

        try:
            yield SuitesByDirectory(heard, on_base)
        finally:
            if phases:
                phases.hand_over()


def project_directory(root: Path, wanted: str, asked: str = "") -> Path:
    """The project's directory within the repository; `asked` is what to say of who wants it.

    Errors: SettingsError where it is not there, or is reached through a link that leads out.
    """
    project = root / wanted
    if not project.is_dir() or not project.resolve().is_relative_to(root.resolve()):
        raise SettingsError(
            "there is no such directory in the repository", where=asked or f"working-directory: {wanted}"
        )
    return root if project.resolve() == root.resolve() else project
