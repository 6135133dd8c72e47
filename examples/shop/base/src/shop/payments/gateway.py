"""The bank's side, as far as the shop knows it."""

from decimal import Decimal


class GatewayError(Exception):
    """The bank said no, or said nothing."""


class Gateway:
    """Remembers what it was asked to move."""

    def __init__(self) -> None:
        self.moved: list[tuple[str, Decimal]] = []

    def charge(self, card: str, amount: Decimal) -> str:
        if amount <= 0:
            raise GatewayError("nothing to charge")
        self.moved.append((card, amount))
        return f"payment-{len(self.moved)}"
