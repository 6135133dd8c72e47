"""Why a file or a function of the project is worth a test: what the signals say, the telling things first."""

from collections.abc import Iterable

from covgate.model.gap import Reading
from covgate.render.prose import Prose, joined, spans

TOLD_BY_NUMBERS = frozenset({"percentage", "missed_statements"})
"""Signals whose words only repeat what stands beside them."""
_FIRST = ("unmeasured", "group", "changed", "complexity", "churn", "fan_in", "exclusions", "layer", "public",
          "missed_branches", "size")  # fmt: skip


def reasons(readings: Iterable[Reading], most: int | None = None, besides: frozenset[str] = TOLD_BY_NUMBERS) -> Prose:
    """The first reasons in words, but for the signals of `besides`; () where there are none."""
    readings = [one for one in readings if one.words and one.signal not in besides]
    sized = any(one.signal == "unmeasured" for one in readings)  # whose words tell the size, too
    told = [one for one in readings if not (sized and one.signal == "size")]
    told.sort(key=lambda one: _FIRST.index(one.signal) if one.signal in _FIRST else len(_FIRST))
    return joined((spans(one.words) for one in told[:most]), "; ")
