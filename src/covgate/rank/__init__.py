"""Comparison × Verdict → what to test next."""

from covgate.rank.order import rank

__all__ = ["rank"]
