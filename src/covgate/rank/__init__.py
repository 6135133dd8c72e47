"""Comparison × Verdict → what to test next."""

from covgate.rank.order import rank
from covgate.rank.passing import enough

__all__ = ["enough", "rank"]
