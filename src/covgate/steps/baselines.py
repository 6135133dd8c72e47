"""The base's numbers: settled once the head's are known."""

from covgate.model.comparison import Baseline
from covgate.ports import Measurement, Ports, SuiteOrder


def settled(found: Baseline, measurement: Measurement, order: SuiteOrder, ports: Ports) -> Baseline:  # noqa: ARG001  # not yet
    """The baseline to compare with."""
    return found
