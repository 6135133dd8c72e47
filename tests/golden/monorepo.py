"""A repository of several components, as a report tells of it."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from tests.golden.values import File, comparison, gap, report, rules, suite

from covgate.compare.narrowing import narrowed
from covgate.judge import Facts, judge
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.total_line import TotalLine
from covgate.judge.thresholds import Thresholds
from covgate.model.comparison import Comparison, Known
from covgate.model.component import ComponentReport, ComponentRoot, ComponentRoots, Counts
from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.suite import Outcome, SuiteResult, TestCase
from covgate.model.verdict import Conclusion, Verdict
from covgate.steps.suites import united_result

API = File(
    "services/api/api/orders.py",
    120,
    changed=((10, 29),),
    missed=((90, 110),),
    forks=((12, ""), (14, "")),
    missed_before=24,
)
JOBS = File(
    "services/worker/worker/jobs.py",
    80,
    changed=((12, 21),),
    missed=((18, 21), (60, 75)),
    forks=((16, "`if job.retries` never False"),),
    missed_before=15,
)
PAGE = File("apps/admin/page.py", 60, missed=((40, 60),), missed_before=21)
FRONT = File("apps/front/front.py", 8, changed=((1, 8),))
TOOLS = File("tools/release.py", 30, changed=((4, 5),), missed=((20, 30),), missed_before=11)
FILES = (API, JOBS, PAGE, FRONT, TOOLS)
ASKED = {
    "api": Thresholds((("diff.line", DiffLine(Fraction(90))), ("total.line", TotalLine(Fraction(75))))),
    "worker": Thresholds((("diff.line", DiffLine(Fraction(80))), ("total.line", TotalLine(Fraction(70))))),
    "front": Thresholds((("diff.line", DiffLine(Fraction(95))),)),
}
ROOTS = ComponentRoots(
    (
        ComponentRoot("api", "services/api", "services/api"),
        ComponentRoot("worker", "services/worker", "services/worker"),
        ComponentRoot("admin", "apps/admin", "apps/admin"),
        ComponentRoot("front", "apps/front", "apps/front", added=True),
    )
)
LEFT_OVER = suite(40, 0)
WORKER_SUITE = SuiteResult(
    LEFT_OVER.ending,
    "All tests passed.",
    "python -m unittest",
    0,
    3.1,
    tuple(TestCase(f"test_jobs.JobTest.test_{n}", Outcome.PASSED, 0.1) for n in range(12)),
    counted=True,
)


def part(name: str, of: Comparison, own: SuiteResult | None = None) -> ComponentReport:
    """A component's part of the answer, judged as a run does."""
    root = next(root for root in ROOTS.roots if root.name == name)
    mine = narrowed(of, name, ROOTS)
    asked = ASKED.get(name)
    before = mine.baseline.snapshot if isinstance(mine.baseline, Known) else None
    verdict = Verdict(Conclusion.PASSED, ())
    if asked:
        verdict = judge(asked, Facts(mine, own or LEFT_OVER, dt.date(2026, 8, 1)))
    return ComponentReport(
        name,
        root.path,
        verdict,
        Counts(mine.head.line, mine.head.branch),
        Counts(before.line, before.branch) if before else None,
        Counts(mine.coverage.line, mine.coverage.branch),
        mine.coverage.reason,
        own,
        root.added,
    )


def with_components(files: tuple[File, ...], worker: SuiteResult = WORKER_SUITE) -> Report:
    """The report of these files, with all components and a suite of the worker's own."""
    of = comparison(files)
    parts = tuple(part(name, of, worker if name == "worker" else None) for name in ("api", "worker", "admin", "front"))
    whole = report(of, rules(of, "75", "70"), tests=united_result((("", LEFT_OVER), ("worker", worker))))
    conclusions = [whole.verdict.conclusion, *(one.verdict.conclusion for one in parts)]
    worst = next(one for one in (Conclusion.ERROR, Conclusion.FAILED, Conclusion.PASSED) if one in conclusions)
    return replace(whole, verdict=replace(whole.verdict, conclusion=worst), components=parts)


def components() -> Report:
    """One component of four falls short; the whole does not."""
    told = with_components(FILES)
    words = "4 of 10 changed statements never run", "`if job.retries` never False"
    retry = gap(JOBS.path, "retry", ((18, 21),), 10, words=words, after=Ratio(10, 10), passes=True)
    return replace(told, gaps=(retry,), enough=1)


def components_passed() -> Report:
    """All of them pass."""
    jobs = replace(JOBS, missed=((60, 75),), forks=((16, ""),))
    return with_components((API, jobs, PAGE, FRONT, TOOLS))


def component_suite_failed() -> Report:
    """The suite of one component fails; the others keep their verdicts."""
    broken = TestCase("test_jobs.JobTest.test_retry", Outcome.FAILED, 0.1, "AssertionError: 3 != 4")
    failed = suite(11, 0, (broken,))
    return with_components(FILES, replace(failed, words="1 of 12 tests failed.", command="python -m unittest"))
