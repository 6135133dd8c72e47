import pytest

from shop.stock import OutOfStock, Stock


def test_taking_leaves_fewer():
    stock = Stock({"tea": 3})
    stock.take("tea", 2)
    assert stock.counts == {"tea": 1}


def test_nobody_takes_more_than_there_is():
    with pytest.raises(OutOfStock, match="1 left"):
        Stock({"tea": 1}).take("tea", 2)
