"""Report → text."""

from covgate.render.delivery import Deliverables, deliverables

__all__ = ["Deliverables", "deliverables"]
