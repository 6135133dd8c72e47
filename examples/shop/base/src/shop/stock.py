"""How many of each article there are."""


class OutOfStock(Exception):
    """Fewer are there than were asked for."""


class Stock:
    """Counts by article."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = dict(counts)

    def take(self, article: str, quantity: int) -> None:
        there = self.counts.get(article, 0)
        if there < quantity:
            raise OutOfStock(f"{article}: {there} left")
        self.counts[article] = there - quantity

    def restock(self, article: str, quantity: int) -> None:
        self.counts[article] = self.counts.get(article, 0) + quantity
