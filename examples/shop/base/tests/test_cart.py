from decimal import Decimal

import pytest

from shop.cart import Cart


def test_the_total_counts_every_article():
    cart = Cart()
    cart.add("tea", "4.50", 2)
    cart.add("cup", "7.00")
    assert cart.total() == Decimal("16.00")


def test_a_line_without_articles_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Cart().add("tea", "4.50", 0)
