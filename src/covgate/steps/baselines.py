"""The base's numbers: looked for before the suite runs, settled once the head's are known."""

from covgate.compare import comparable
from covgate.model.comparison import Baseline, Known, Missing
from covgate.ports import Measurement, Ports
from covgate.steps.rerun import Rerun, rerun, rerun_notes


def found_or_run(found: Baseline, plan: Rerun, ports: Ports) -> Baseline:
    """What is stored of the base, else what its suite covers there, run in front of the head's.

    In this order nothing that the head's suite does can reach the base's.
    """
    return rerun(found, plan, ports) if isinstance(found, Missing) else found


def baseline_notes(baseline: Baseline, plan: Rerun) -> tuple[str, ...]:
    """What the reader must know of how the baseline was come by: the suite's run on the base, what was passed over."""
    remarks = baseline.remarks if isinstance(baseline, Known) else ()
    return (*rerun_notes(baseline, plan), *remarks)


def settled(found: Baseline, measurement: Measurement, plan: Rerun, ports: Ports) -> Baseline:
    """The baseline to compare with: what was found where it compares with the head, else the base run now.

    Shape:  `found` as `found_or_run` answers it. After a suite that did not end well the base is not run: no number of
            the head's is good enough to be compared.
    """
    checked = comparable(found, measurement.snapshot)
    if checked is found or not isinstance(checked, Missing) or measurement.result.broken:
        return checked
    if isinstance(found, Known) and found.source == "rerun":
        return checked
    return comparable(rerun(checked, plan, ports), measurement.snapshot)
