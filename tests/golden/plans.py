"""Reports with the whole project's gaps and a plan."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from covgate.model.gap import Reading
from covgate.model.lines import LineSet
from covgate.model.plan import FileGap, FunctionGap
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.snapshot import FileCoverage
from covgate.model.sources import Sources
from covgate.rank.plan import PlanOptions, plan

CART_SOURCE = "\n".join(
    [
        *(f"PRICE_{n} = {n}" for n in range(1, 40)),
        "def total(self, coupon):",
        "    amount = sum(self.prices)",
        "    if coupon:",
        "        # once only",
        "        amount -= coupon.worth",
        "        coupon.used = True",
        "    return amount",
    ]
)
SOURCES = {
    "src/shop/__init__.py": "",
    "src/shop/cart.py": CART_SOURCE,
    "src/shop/orders.py": "from shop import cart\n",
    "src/shop/payments/refund.py": "from shop.orders import Order\n",
    "tests/conftest.py": "from pytest import fixture\n\n@fixture\ndef cart(): ...\n\n@fixture\ndef gateway(): ...\n",
    "tests/test_cart.py": "from shop.cart import Cart\n",
    "tests/payments/test_gateway.py": "from shop.payments.gateway import Gateway\n",
}
WORDS = {
    "src/shop/orders.py": ("changed 14 times in 90 days", "6 modules import it"),
    "src/shop/cart.py": ("changed in this pull request", "changed 3 times in 90 days"),
    "src/shop/payments/refund.py": ("in the group `critical`",),
}


def with_plan(report: Report, files: Mapping[str, str] | None = None, target: int = 90) -> Report:
    """The report with gaps of every file that misses something, the most missed first, and the plan for them."""
    sources = Sources({path: text.encode() for path, text in (SOURCES if files is None else files).items()})
    lacking = [file for file in report.comparison.head.files if file.missed]
    gaps = tuple(map(_gap, sorted(lacking, key=lambda file: (-len(file.missed), file.path))))
    options = PlanOptions(target=Fraction(target), target_of=_target_of, command=_command)
    made = plan(gaps, report.comparison.head, options, sources)
    return replace(report, project_gaps=gaps, plan=made)


def _target_of(path: str) -> Fraction | None:
    return Fraction(95) if "/payments/" in path else None


def _command(paths: tuple[str, ...]) -> str:
    return f"pytest -n auto {' '.join(paths)}"


def _gap(file: FileCoverage) -> FileGap:
    readings = tuple(Reading(f"signal_{n}", 1.0, words) for n, words in enumerate(WORDS.get(file.path, ())))
    names = ("Cart.total", "Cart.add", "")
    parts = [LineSet((pair,)) for pair in file.missed.ranges]
    functions = tuple(
        _function(file, names[min(n, 2)] if n + 1 < len(parts) or n == 0 else "", part) for n, part in enumerate(parts)
    )
    return FileGap(file.path, file.line, file.branch, file.missed, functions, readings, changed=bool(readings))


def _function(file: FileCoverage, name: str, missed: LineSet) -> FunctionGap:
    start = max(1, missed.ranges[0][0] - 4)
    partial = tuple(arc for branch in file.branches if branch.line == start + 2 for arc in branch.missed if arc.words)
    of = Ratio(4, len(missed) + 4)
    readings = (Reading("complexity", 7.0, "complexity 7"),) if name else ()
    return FunctionGap(name, start, missed, missed, of, partial, readings)
