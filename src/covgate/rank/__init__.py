"""Comparison × Verdict, and Snapshot × Evidence → what to test next."""

from covgate.rank.order import rank
from covgate.rank.passing import enough
from covgate.rank.project import RankOptions, rank_project
from covgate.rank.signal import Evidence

__all__ = ["Evidence", "RankOptions", "enough", "rank", "rank_project"]
