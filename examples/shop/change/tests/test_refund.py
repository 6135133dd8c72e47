from decimal import Decimal

from shop.payments.gateway import Gateway
from shop.payments.refund import refund


def test_a_refund_reaches_the_bank():
    assert refund(Gateway(), "4111", Decimal("5"))
