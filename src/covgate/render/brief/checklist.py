"""What a good test is."""

CHECKLIST = (
    "It tests one behaviour, and its name says which: `test_an_empty_cart_costs_nothing`.",
    "It arranges, acts and asserts, in this order and once each.",
    "Its body has no `if`, no loop and no `try`: other inputs are other tests, or parameters.",
    "It asserts what can be seen from outside (a result, a stored value, an error), not how the code got there.",
    "It gives the same result each time: no clock, no network, no randomness without a seed, no waiting.",
    "It stands alone: it passes by itself and in any order, and leaves nothing behind.",
    "What it mocks is at the edge of the project and has explicit return values.",
    "It fails when the behaviour breaks: break the code once and see.",
)
