"""drop: the project's total may not fall; deleting covered code is no drop."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from covgate.judge.drops import Drift, drop_limit
from covgate.judge.example import LINES_ONLY, ORIGIN, a_deletion, a_file, a_rewriting, facts, some_lines
from covgate.judge.options import Points, about
from covgate.judge.rule import Example, Facts, Rule
from covgate.model.comparison import Known, Missing, SuiteDelta
from covgate.model.diff import ChangeKind, FileChange
from covgate.model.verdict import RuleResult, Status


@dataclass(frozen=True, slots=True)
class Drop:
    """How far the total may fall."""

    points: Points | None = field(
        default=None, metadata=about("By so many percentage points the project's total may fall below its base.")
    )
    of: tuple[Literal["line", "branch", "combined"], ...] = field(
        default=("line", "branch"), metadata=about("Which totals may not fall; branches only where they are measured.")
    )
    drift: Drift = field(
        default="auto",
        metadata=about(
            "Whether a fall in files that the change does not touch counts: `auto` where the change takes tests away, "
            "skips or edits them, `count` always, `show` never."
        ),
    )


def _check(options: Drop, facts: Facts) -> tuple[RuleResult, ...]:
    assert options.points is not None
    baseline = facts.comparison.baseline
    measures = tuple(name for name in options.of if name == "line" or _has_branches(facts)) or options.of
    answers = tuple(drop_limit(measure, options.points, facts, options.drift) for measure in measures)
    if isinstance(baseline, Missing):
        return (replace(answers[0], label="Project against the base", subject=""),)
    return answers


def _has_branches(facts: Facts) -> bool:
    """Whether branches were measured, and there are any: a project without one has none to lose."""
    head, baseline = facts.comparison.head, facts.comparison.baseline
    there = isinstance(baseline, Known) and baseline.snapshot.branch.total
    return head.origin.has_branches and bool(there or head.branch.total)


_LINES = Drop(points=Fraction(0), of=("line",))
_EMPTIED = a_rewriting(2, 5, 1, "tests/test_cart.py")
_ALL_COUNTS = replace(_LINES, drift="count")
_RENAMED = FileChange("src/shop/cart.py", ChangeKind.RENAMED, old_path="src/cart.py")
_FORKED = a_file(80, 100, 8, 10)

RULE = Rule(
    id="drop",
    summary="How far the project's total may fall below its base",
    options=Drop,
    check=_check,
    key="points",
    examples=(
        Example(
            "lines and branches may not fall",
            Drop(points=Fraction(0)),
            facts(a_file(80, 100, 7, 10), base=_FORKED, diff=(a_rewriting(1, 1, 1),)),
            (Status.PASSED, Status.FAILED),
            "1 branch short: 70.00 % of the branches covered, 80.00 % at the base",
        ),
        Example(
            "the least drop is one, and what is shown tells it",
            _ALL_COUNTS,
            facts(a_file(88871, 100000), base=a_file(88876, 100000)),
            (Status.FAILED,),
            "5 statements short: 88.871 % of the statements covered, 88.876 % at the base",
        ),
        Example(
            "an allowance",
            Drop(points=Fraction(1), of=("line",), drift="count"),
            facts(a_file(79, 100), base=a_file(80, 100)),
            (Status.PASSED,),
            "a drop of 1 point is allowed",
        ),
        Example(
            "more than the allowance",
            Drop(points=Fraction(1), of=("line",), drift="count"),
            facts(a_file(78, 100), base=a_file(80, 100)),
            (Status.FAILED,),
            "1 statement short: 78.00 %",
        ),
        Example(
            "deleting covered code is no drop",
            _LINES,
            facts(a_file(40, 50), base=a_file(90, 100), diff=(a_deletion(1, 50),)),
            (Status.PASSED,),
            "80.00 % at the base without the 50 covered statements that this change deletes",
        ),
        Example(
            "deleting covered code and the tests of other code is a drop",
            _LINES,
            facts(
                a_file(39, 50),
                base=a_file(90, 100),
                diff=(a_deletion(1, 50),),
                tests=SuiteDelta(removed=("tests/test_cart.py::test_total",)),
            ),
            (Status.FAILED,),
            "1 statement short",
        ),
        Example(
            "skipping a test is a drop of what it ran",
            _LINES,
            facts(a_file(89, 100), base=a_file(90, 100), tests=SuiteDelta(newly_skipped=("tests/test_cart.py::test",))),
            (Status.FAILED,),
            "1 statement short: 89.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "a fall in lines that nobody touched is shown, and no drop of this change",
            _LINES,
            facts(a_file(89, 100), base=a_file(90, 100)),
            (Status.PASSED,),
            "all that fell is in files that this change does not touch",
        ),
        Example(
            "a fall in lines that nobody touched, where that is asked for",
            _ALL_COUNTS,
            facts(a_file(89, 100), base=a_file(90, 100)),
            (Status.FAILED,),
            "1 statement short: 89.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "what fell in a file that the change touches is its doing, whichever lines it wrote",
            _LINES,
            facts(some_lines("...!!!!..."), base=some_lines(".........."), diff=(a_rewriting(3, 1, 1),)),
            (Status.FAILED,),
            "4 statements short: 60.00 % of the statements covered, 100.00 % at the base",
        ),
        Example(
            "a test that is emptied is no longer the test that it was",
            _LINES,
            facts(a_file(89, 100), base=a_file(90, 100), diff=(_EMPTIED,), changed_tests=(_EMPTIED.path,)),
            (Status.FAILED,),
            "1 statement short: 89.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "rewriting covered code without tests is a drop",
            _LINES,
            facts(some_lines("!" * 11, "." * 89), base=some_lines("!" * 10, "." * 90), diff=(a_rewriting(1, 20, 20),)),
            (Status.FAILED,),
            "1 statement short: 89.00 % of the statements covered, 90.00 % at the base",
        ),
        Example(
            "a renamed file takes nothing away",
            _ALL_COUNTS,
            facts(a_file(89, 100), base=a_file(90, 100, path="src/cart.py"), diff=(_RENAMED,)),
            (Status.FAILED,),
            "1 statement short",
        ),
        Example(
            "a deleted file takes all of it away",
            _LINES,
            facts(
                a_file(1, 1, path="src/b.py"),
                base=a_file(9, 9),
                diff=(FileChange("src/shop/cart.py", ChangeKind.DELETED),),
            ),
            (Status.NOT_APPLICABLE,),
            "nothing that the base measured is left",
        ),
        Example(
            "no baseline",
            Drop(points=Fraction(0)),
            facts(a_file(1, 2), base="the first run of this project"),
            (Status.NOT_APPLICABLE,),
            "the first run of this project",
        ),
        Example(
            "numbers of different measuring do not compare",
            _LINES,
            facts(a_file(1, 2), base=a_file(2, 2), base_origin=replace(ORIGIN, python="3.12")),
            (Status.NOT_APPLICABLE,),
            "the base was measured differently (Python 3.12 there and 3.14 here)",
        ),
        Example(
            "branches asked for and not measured",
            Drop(points=Fraction(0), of=("branch",)),
            facts(a_file(1, 2), base=a_file(1, 2), origin=LINES_ONLY),
            (Status.UNKNOWN,),
            "branches were not measured",
        ),
        Example("nothing measured", _LINES, facts(base=a_file(1, 2)), (Status.UNKNOWN,), "nothing was measured"),
    ),
)
