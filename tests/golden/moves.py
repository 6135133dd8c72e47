"""Faces of the report that tell what moved since the baseline; the comparison and the verdict are the real ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.golden.values import BASE, HEAD, LINKS, ORIGIN, POLICY, PULL_REQUEST

from covgate.compare import compare
from covgate.judge import Facts, Thresholds, judge
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.drop import Drop
from covgate.judge.rules.groups_drop import GroupDrop
from covgate.model.comparison import Known
from covgate.model.diff import ChangeKind, Diff, FileChange, Hunk
from covgate.model.lines import LineSet
from covgate.model.report import Report
from covgate.model.snapshot import FileCoverage, LeftOut, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.rank import rank

HOSTILE = "@everyone <img src=x> ](http://x) | \n ::error::"
THRESHOLDS = Thresholds(
    (
        ("diff.line", DiffLine(Fraction(90))),
        ("drop", Drop(points=Fraction(0))),
        ("groups.drop", (GroupDrop(name="critical", paths=("src/shop/payments",), drop=Fraction(0)),)),
    )
)


def source(path: str, size: int, *missed: tuple[int, int]) -> FileCoverage:
    """A file of so many statements, one a line."""
    lines = LineSet(((1, size),))
    return FileCoverage(path, lines, lines - LineSet.spanning(missed))


CART = source("src/shop/cart.py", 91, (60, 76))
REFUND = source("src/shop/payments/refund.py", 77, (70, 71))
ORDERS = source("src/shop/orders.py", 400, (306, 400))
PRICES = source("src/shop/prices.py", 48)
EXPORT = source("src/shop/legacy/export.py", 120, (118, 119))
SHOP = (CART, REFUND, ORDERS, PRICES, EXPORT)
WRITTEN = FileChange(CART.path, ChangeKind.MODIFIED, (Hunk(40, 4, 40, 6),))
CART_NOW = source(CART.path, 93, (62, 78))
EDITED_TESTS = FileChange("tests/test_cart.py", ChangeKind.MODIFIED, (Hunk(10, 0, 11, 12),))
NEW_TESTS = replace(EDITED_TESTS, path="tests/test_prices.py", kind=ChangeKind.ADDED)
DELETED = (
    FileChange(EXPORT.path, ChangeKind.DELETED, (Hunk(1, 150, 0, 0),)),
    FileChange("tests/test_export.py", ChangeKind.DELETED, (Hunk(1, 90, 0, 0),)),
)
TESTS = tuple(f"tests/test_cart.py::test_total[{n}]" for n in range(40))
EXPORT_TESTS = tuple(f"tests/test_export.py::test_{name}" for name in ("csv", "empty", "header", "round_trip"))
LOST = (
    source(ORDERS.path, 400, (12, 15), (306, 400)),
    source(PRICES.path, 48, (30, 31)),
    source(REFUND.path, 77, (33, 33), (70, 71)),
)


def suite(*names: str, seconds: float = 12.4, cases: tuple[TestCase, ...] = ()) -> SuiteResult:
    """A suite that passed."""
    told = (*(TestCase(name, Outcome.PASSED, 0.1) for name in names), *cases)
    return SuiteResult(Ending.PASSED, "All tests passed.", "pytest -q", 0, seconds, told, counted=True)


TESTED = suite(*TESTS, *EXPORT_TESTS)


@dataclass(frozen=True)
class Story:
    """What was, what was done, and what is."""

    now: Iterable[FileCoverage]
    changes: tuple[FileChange, ...] = (WRITTEN,)
    before: tuple[FileCoverage, ...] = SHOP
    tests_before: SuiteResult = TESTED
    tests: SuiteResult = TESTED
    thresholds: Thresholds = THRESHOLDS

    def known(self) -> Known:
        """The baseline."""
        return Known(Snapshot(_sorted(self.before), ORIGIN), BASE.sha, "data branch", suite=self.tests_before)

    def told(self, change: Callable[[Known], Known] = lambda known: known) -> Report:
        """The report; `change` does something to the baseline first."""
        diff = Diff(BASE, HEAD, tuple(sorted(self.changes, key=lambda one: one.path)))
        outside = "outside what is measured (src/shop)"
        tests = (one.path for one in diff.files if one.path.startswith("tests/") and one.added)
        head = Snapshot(_sorted(self.now), ORIGIN, left_out=tuple(LeftOut(path, outside) for path in tests))
        comparison = compare(diff, head, change(self.known()), self.tests)
        verdict = judge(self.thresholds, Facts(comparison, self.tests, date(2026, 7, 1)))
        gaps = rank(comparison, verdict)
        return Report(verdict, comparison, self.tests, gaps, POLICY, "0.1.0", LINKS, pull_request=PULL_REQUEST)


def _sorted(files: Iterable[FileCoverage]) -> tuple[FileCoverage, ...]:
    return tuple(sorted(files, key=lambda file: file.path))


def with_baseline() -> Report:
    """All green, and nothing moved but what the change wrote."""
    return Story((CART_NOW, REFUND, ORDERS, PRICES, EXPORT)).told()


def lost_elsewhere() -> Report:
    """Lines that nobody touched lost their cover, and no test is gone: shown, and no failure."""
    return Story((CART_NOW, *LOST, EXPORT), (WRITTEN, NEW_TESTS)).told()


def drop_failed() -> Report:
    """A module is deleted with its tests, which were the only ones of lines elsewhere."""
    return Story((CART_NOW, *LOST), (WRITTEN, *DELETED), tests=suite(*TESTS)).told()


def deleted_files() -> Report:
    """The same, and the lines elsewhere have other tests: the total falls by arithmetic alone."""
    return Story((CART_NOW, REFUND, ORDERS, PRICES), (WRITTEN, *DELETED), tests=suite(*TESTS)).told()


def older_baseline() -> Report:
    """The base itself was never measured; other commits wrote untested lines since the baseline."""
    theirs = FileChange(ORDERS.path, ChangeKind.MODIFIED, (Hunk(300, 0, 301, 20),))
    orders = source(ORDERS.path, 420, (301, 320), (326, 420))
    story = Story((CART_NOW, REFUND, orders, PRICES, EXPORT))
    sha = "0fedcba98765432100fedcba9876543210fedcba"
    return story.told(lambda known: replace(known, sha=sha, behind=3, since=(WRITTEN, theirs)))


def tests_changed() -> Report:
    """Tests came, went, were moved, skipped and slow; lines elsewhere gained cover by them."""
    changes = (
        WRITTEN,
        EDITED_TESTS,
        FileChange("tests/test_returns.py", ChangeKind.ADDED, (Hunk(0, 0, 1, 40),)),
        FileChange("tests/unit/test_prices.py", ChangeKind.RENAMED, old_path="tests/test_prices.py"),
    )
    before = suite(*TESTS, "tests/test_cart.py::test_old", "tests/test_prices.py::test_vat", "tests/test_sync.py::test")
    now = suite(
        *TESTS,
        "tests/test_cart.py::test_coupon",
        "tests/unit/test_prices.py::test_vat",
        *(f"tests/test_returns.py::test_return[{n}]" for n in range(6)),
        cases=(
            TestCase("tests/test_sync.py::test", Outcome.PASSED, 2.34),
            TestCase("tests/test_cart.py::test_live", Outcome.SKIPPED, 0.0, "no network"),
        ),
    )
    orders = source(ORDERS.path, 400, (310, 400))
    before = replace(before, cases=(*before.cases, TestCase("tests/test_cart.py::test_live", Outcome.PASSED, 0.2)))
    return Story((CART_NOW, REFUND, orders, PRICES, EXPORT), changes, tests_before=before, tests=now).told()


def hostile_moves() -> Report:
    """Names that would like to be something else."""
    path, test = f"src/{HOSTILE}.py", f"tests/test_{HOSTILE}.py"
    tests = suite(*TESTS)
    before = suite(*TESTS, f"{test}::test[{HOSTILE}]")
    changes = (WRITTEN, FileChange(test, ChangeKind.MODIFIED, (Hunk(1, 3, 0, 0),)))
    files = (CART_NOW, source(path, 20, (3, 4), (9, 9)))
    vanished = source(f"src/gone {HOSTILE}.py", 4)
    thresholds = Thresholds((("drop", Drop(points=Fraction(0))),))
    return Story(files, changes, (CART, source(path, 20), vanished), before, tests, thresholds).told()


MOVES = (
    with_baseline,
    lost_elsewhere,
    drop_failed,
    deleted_files,
    older_baseline,
    tests_changed,
    hostile_moves,
)
