from decimal import Decimal

import pytest

from shop.payments.gateway import Gateway, GatewayError


def test_a_charge_has_a_number():
    assert Gateway().charge("4111", Decimal("5")) == "payment-1"


def test_charging_nothing_is_refused():
    with pytest.raises(GatewayError, match="nothing"):
        Gateway().charge("4111", Decimal(0))
