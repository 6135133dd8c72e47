"""The layer that a file belongs to, by the name of its module or of a directory."""

from posixpath import splitext

from covgate.model.plan import FileGap
from covgate.rank.signal import Answer, Evidence, Signal


def of_file(gap: FileGap, evidence: Evidence) -> Answer:
    """The layer's place in the configured order, 0 first; the name nearest to the file decides."""
    names = list(reversed([*gap.path.split("/")[:-1], splitext(gap.path.rpartition("/")[2])[0]]))
    found = next((name for name in names if name in evidence.layers), None)
    return None if found is None else (evidence.layers.index(found), f"layer `{found}`")


SIGNAL = Signal("layer", "the layer by the name of module or directory, in the order of `gaps.layers`", of_file=of_file)
