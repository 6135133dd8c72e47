"""What was sold in a month."""

from collections import Counter


def best_sellers(articles: list[str], most: int = 3) -> list[str]:
    """The articles sold most often."""
    counted = Counter(articles)
    return [article for article, _ in counted.most_common(most)]
