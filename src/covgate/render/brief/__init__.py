"""plan.md: a brief that a person or a coding assistant can be handed as it is."""

from covgate.render.brief.document import brief

__all__ = ["brief"]
