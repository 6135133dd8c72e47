"""Gaps of the project → what to test, in which order, and what it buys."""

from covgate.rank.plan.engine import PlanOptions, plan

__all__ = ["PlanOptions", "plan"]
