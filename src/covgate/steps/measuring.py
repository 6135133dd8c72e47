"""The suite's coverage, or that of reports made earlier."""

from dataclasses import replace

from covgate.compare import verify_shards, verify_sources
from covgate.ports import Measurement, Ports
from covgate.steps.asking import Asked
from covgate.steps.suites import run_suites


def measured(data: tuple[str, ...], asked: Asked, ports: Ports) -> Measurement:
    """Coverage of the very files that the change was read from.

    Shape:  `data` are reports made earlier, none where the suites are to be run.
    Errors: MeasurementError.
    """
    if data:
        read = ports.suite.read(data, asked.order)
        remarks = verify_shards(read.shards, read.snapshot, asked.order.changed)
        return replace(read, snapshot=replace(read.snapshot, notes=(*read.snapshot.notes, *remarks)))
    measurement = run_suites(asked.order, ports.suite)
    verify_sources(asked.fingerprints, measurement.snapshot)
    return measurement
