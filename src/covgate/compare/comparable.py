"""Whether a baseline's numbers compare with the head's."""

from covgate.model.comparison import Baseline, Missing
from covgate.model.origin import origin_difference
from covgate.model.snapshot import Snapshot


def comparable(baseline: Baseline, head: Snapshot) -> Baseline:
    """The baseline, or the reason why the head's numbers do not compare with its.

    Errors: none. What does not compare is missing from here on, so that nothing is computed from it anywhere.
    """
    if isinstance(baseline, Missing):
        return baseline
    difference = origin_difference(baseline.snapshot.origin, head.origin)
    return Missing(difference) if difference else baseline
