"""A project below the repository's root: its suite knows its own paths, everything else the repository's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from covgate.model.snapshot import LeftOut, Snapshot
from covgate.ports import Measurement, SuiteOrder, TreeSuite


@dataclass(frozen=True, slots=True)
class InDirectory:
    """ports.Suite for a project in `directory`, told in the repository's paths.

    Shape:  `directory` is relative to the repository's root, with forward slashes and none at its end; `inner` is a
            suite whose root is that directory. Changed files elsewhere in the repository are left out.
    """

    inner: TreeSuite
    directory: str

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`."""
        return self._outwards(self.inner.measure(self._inwards(order)), order)

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`; `data` are named as seen from the project."""
        return self._outwards(self.inner.read(data, self._inwards(order)), order)

    def _inwards(self, order: SuiteOrder) -> SuiteOrder:
        inside = tuple(path.removeprefix(self._prefix) for path in order.changed if path.startswith(self._prefix))
        return replace(order, changed=inside)

    def _outwards(self, measurement: Measurement, order: SuiteOrder) -> Measurement:
        reason = f"outside the working directory `{self.directory}`"
        elsewhere = tuple(LeftOut(path, reason) for path in order.changed if not path.startswith(self._prefix))
        snapshot = moved(measurement.snapshot, self.directory)
        return replace(measurement, snapshot=replace(snapshot, left_out=(*snapshot.left_out, *elsewhere)))

    @property
    def _prefix(self) -> str:
        return f"{self.directory}/"


def moved(snapshot: Snapshot, directory: str) -> Snapshot:
    """The snapshot with every path below `directory`."""
    return replace(
        snapshot,
        files=tuple(replace(file, path=f"{directory}/{file.path}") for file in snapshot.files),
        unmeasured=tuple(replace(file, path=f"{directory}/{file.path}") for file in snapshot.unmeasured),
        left_out=tuple(replace(file, path=f"{directory}/{file.path}") for file in snapshot.left_out),
        mapped=tuple(replace(pair, path=f"{directory}/{pair.path}") for pair in snapshot.mapped),
    )
