"""What a customer is about to buy."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Line:
    """So many of one article."""

    article: str
    price: Decimal
    quantity: int = 1

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


@dataclass
class Cart:
    """The lines of one customer's order."""

    lines: list[Line] = field(default_factory=list)

    def add(self, article: str, price: str, quantity: int = 1) -> None:
        if quantity < 1:
            raise ValueError("a line has at least one article")
        self.lines.append(Line(article, Decimal(price), quantity))

    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))
